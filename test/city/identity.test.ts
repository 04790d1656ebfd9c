import { alipayUserId } from '../../city/identity/alipay'
import { createIdentity } from '../../city/identity/identity'
import { createAlipayServer } from '../../sandbox/vendor-servers/alipay'
import { createMemoryBooks } from '../../sandbox/vendor-servers/books'
import { createMisbehaviours, type Misbehaviour } from '../../sandbox/vendor-servers/misbehaviours'
import { makeKeyPair } from '../../sandbox/vendor-servers/signing'
import { createWechatPayServer } from '../../sandbox/vendor-servers/wechat-pay'

/** The city's sign-in against the hosts' servers, over real HTTP. */

const [ours, vendor] = [makeKeyPair(), makeKeyPair()]
const misbehaviours = createMisbehaviours()
const parts = { books: createMemoryBooks(), misbehaviours, now: () => new Date() }
const program = { appId: 'wx0sandbox0city000', secret: 'an app secret' }
const wechatServer = createWechatPayServer({
  ...parts,
  merchant: {
    ...{ appId: program.appId, appSecret: program.secret, merchantId: '1900000009', serial: 'AB' },
    ...{ publicKey: ours.publicKey, apiV3Key: '0'.repeat(32) },
  },
  keyId: 'K',
  privateKey: vendor.privateKey,
})
const app = { appId: '2021002100000001', merchantId: '2088101000000001', publicKey: ours.publicKey }
const alipayServer = createAlipayServer({ ...parts, app, privateKey: vendor.privateKey })
const alipay = { appId: app.appId, privateKey: ours.privateKey, vendorPublicKey: vendor.publicKey, timeoutMs: 300 }

let gateway = ''
let baseUrl = ''
beforeAll(async () => {
  baseUrl = await wechatServer.app.listen({ port: 0, host: '127.0.0.1' })
  gateway = `${await alipayServer.app.listen({ port: 0, host: '127.0.0.1' })}/gateway.do`
})
afterAll(async () => {
  for (const { app } of [wechatServer, alipayServer]) {
    app.server.closeAllConnections()
    await app.close()
  }
})

const signIn = (host: 'wechat' | 'alipay' | 'preview', code: string, secret = program.secret) =>
  createIdentity(() => ({
    wechat: { ...program, secret, baseUrl, timeoutMs: 300 },
    alipay: { ...alipay, gateway },
  })).signIn({ cityId: '330100', host, code })

test.each([
  ['wechat', 'wx', /^wechat\/o[\w-]{27}$/],
  ['alipay', 'ali', /^alipay\/2088\d{12}$/],
] as const)(
  '%s: a person has one subject, each code is good once, an unknown one is nobody',
  async (host, kind, subject) => {
    const first = await signIn(host, `${kind}-li-1`)
    expect(first).toEqual({ subject: expect.stringMatching(subject), name: '', phone: '' })
    expect(await signIn(host, `${kind}-li-2`)).toEqual(first)
    expect(await signIn(host, `${kind}-wang-1`)).not.toEqual(first)
    expect(await signIn(host, `${kind}-li-1`)).toBeNull()
    expect(await signIn(host, 'made-up')).toBeNull()
  },
)

test.each<['wechat' | 'alipay', string, Misbehaviour, string]>([
  ['wechat', 'wx-a-1', 'timeout', 'timeout'],
  ['wechat', 'wx-a-1', 'busy', 'busy'],
  ['wechat', 'wx-a-1', 'system-error', 'busy'],
  ['alipay', 'ali-a-1', 'timeout', 'timeout'],
  ['alipay', 'ali-a-1', 'busy', 'busy'],
  ['alipay', 'ali-a-1', 'system-error', 'system'],
  ['alipay', 'ali-a-1', 'bad-signature', 'unverified'],
  ['alipay', 'ali-a-2', 'no-signature', 'unverified'],
  ['alipay', 'ali-a-3', 'answer-appended', 'unverified'],
])('%s %s: %s is no answer, neither a person nor nobody', async (host, code, misbehaviour, because) => {
  misbehaviours.order(misbehaviour)
  await expect(signIn(host, code)).rejects.toMatchObject({ name: 'VendorUnavailable', because })
})

test('what concerns the city’s own set-up is not taken for a bad code', async () => {
  await expect(signIn('wechat', 'wx-b-1', 'another secret')).rejects.toMatchObject({ reason: 'credentials' })
  const stranger = alipayUserId({ ...alipay, gateway, privateKey: makeKeyPair().privateKey })
  await expect(stranger('ali-b-1')).rejects.toMatchObject({ reason: 'credentials' })
})

test('a host that the city has no program at is nobody’s', async () => {
  expect(await signIn('preview', 'preview-li')).toBeNull()
  const identity = createIdentity(() => ({}))
  expect(await identity.signIn({ cityId: '330100', host: 'wechat', code: 'wx-li-9' })).toBeNull()
})
