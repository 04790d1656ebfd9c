import { createIdentity, type Hosts } from '../../city/identity/identity'
import type { KnownVerification, VerificationOutcome } from '../../city/ports'
import { createAlipayServer } from '../../sandbox/vendor-servers/alipay'
import { createMemoryBooks } from '../../sandbox/vendor-servers/books'
import type { Decision } from '../../sandbox/vendor-servers/identities'
import { createMisbehaviours, type Misbehaviour } from '../../sandbox/vendor-servers/misbehaviours'
import { makeKeyPair } from '../../sandbox/vendor-servers/signing'
import { createWechatPayServer } from '../../sandbox/vendor-servers/wechat-pay'

/** The city's verification against the hosts' servers, over real HTTP: what they answer to a question decides, and nothing else. */

const [ours, vendor] = [makeKeyPair(), makeKeyPair()]
const misbehaviours = createMisbehaviours()
const parts = { books: createMemoryBooks(), misbehaviours, now: () => new Date() }
const program = { appId: 'wx0sandbox0city000', secret: 'an app secret' }
const servers = {
  wechat: createWechatPayServer({
    ...parts,
    merchant: {
      ...{ appId: program.appId, appSecret: program.secret, merchantId: '1900000009', serial: 'AB' },
      ...{ publicKey: ours.publicKey, apiV3Key: '0'.repeat(32) },
    },
    keyId: 'K',
    privateKey: vendor.privateKey,
  }),
  alipay: createAlipayServer({
    ...parts,
    app: { appId: '2021002100000001', merchantId: '2088101000000001', publicKey: ours.publicKey },
    privateKey: vendor.privateKey,
  }),
}
let hosts: Hosts = {}
beforeAll(async () => {
  const baseUrl = await servers.wechat.app.listen({ port: 0, host: '127.0.0.1' })
  const gateway = `${await servers.alipay.app.listen({ port: 0, host: '127.0.0.1' })}/gateway.do`
  const alipay = { appId: '2021002100000001', privateKey: ours.privateKey, vendorPublicKey: vendor.publicKey }
  hosts = {
    wechat: { ...program, baseUrl, timeoutMs: 500, verifies: true },
    alipay: { ...alipay, gateway, timeoutMs: 500, bizCode: 'FACE' },
  }
})
afterAll(async () => {
  for (const { app } of Object.values(servers)) {
    app.server.closeAllConnections()
    await app.close()
  }
})

type Host = keyof typeof servers
const subjects = { wechat: `wechat/o${'A'.repeat(27)}`, alipay: 'alipay/2088000000000001' }
const identity = (more: Hosts = {}) => createIdentity(() => ({ ...hosts, ...more }))
const document = { name: '李建国', idNumber: '330102199003078515' }
let begun = 0

async function begin(host: Host, of = identity()) {
  begun += 1
  const asked = { cityId: '330100', subject: subjects[host], level: 'real-name' as const, reference: `ve${begun}` }
  const answer = await of.beginVerification({ ...asked, ...document })
  if (answer === null) throw new Error('not here')
  const known: KnownVerification = { ...asked, vendorNumber: answer.vendorNumber, secret: answer.secret }
  return { answer, known, decide: (end: Decision) => servers[host].identities.decide(answer.vendorNumber, end) }
}

test('what the phone opens is the host’s own, and the document goes to the host alone', async () => {
  const wechat = await begin('wechat')
  expect(wechat.answer.invocation).toEqual({ kind: 'wechat', verifyId: wechat.answer.vendorNumber })
  const alipay = await begin('alipay')
  expect(alipay.answer.invocation).toMatchObject({ kind: 'alipay', certifyId: alipay.answer.vendorNumber })
  const url = 'url' in alipay.answer.invocation ? new URL(alipay.answer.invocation.url) : null
  expect(url?.searchParams.get('method')).toBe('alipay.user.certify.open.certify')
  expect(url?.searchParams.get('sign')).toMatch(/^[\w+/=]{300,}$/)
  for (const { answer } of [wechat, alipay])
    expect(JSON.stringify(answer)).not.toMatch(/330102199003078515|李建国|MzMwMTAy/)
  expect(servers.wechat.identities.find(wechat.answer.vendorNumber)).toMatchObject({
    ...{ name: document.name, number: document.idNumber, openId: subjects.wechat.slice(7) },
  })
})

test('WeChat is asked by the digest of its document’s own example', async () => {
  const example = { name: '张三', idNumber: '310101199801011234' }
  const person = { cityId: '330100', subject: subjects.wechat, level: 'face' as const, reference: 've00' }
  const answer = await identity().beginVerification({ ...person, ...example })
  expect(answer?.secret).toBe('3c241f7ff324977aeb91f173bb2a7b06569e6fd784d5573db34a636d8671108b')
})

test.each<[Host, Decision, VerificationOutcome]>([
  ['wechat', 'open', 'open'],
  ['wechat', 'passed', 'verified'],
  ['wechat', 'cancelled', 'cancelled'],
  ['wechat', 'number-differs', 'refused'],
  ['wechat', 'face-differs', 'other-person'],
  ['wechat', 'too-slow', 'timed-out'],
  ['alipay', 'open', 'open'],
  ['alipay', 'passed', 'verified'],
  // Alipay does not tell them from what is not over: the city's own time ends them.
  ['alipay', 'cancelled', 'open'],
  ['alipay', 'too-slow', 'open'],
  ['alipay', 'number-differs', 'refused'],
  ['alipay', 'face-differs', 'refused'],
])('%s: %s is %s', async (host, decision, outcome) => {
  const { known, decide } = await begin(host)
  decide(decision)
  expect(await identity().queryVerification(known)).toBe(outcome)
  // Asked again it is the same.
  expect(await identity().queryVerification(known)).toBe(outcome)
})

test.each<[Host, Misbehaviour, string]>([
  ['wechat', 'timeout', 'timeout'],
  ['wechat', 'busy', 'busy'],
  ['wechat', 'system-error', 'busy'],
  ['wechat', 'answer-lost', 'connection'],
  ['alipay', 'timeout', 'timeout'],
  ['alipay', 'busy', 'busy'],
  ['alipay', 'system-error', 'system'],
  ['alipay', 'answer-lost', 'connection'],
  ['alipay', 'bad-signature', 'unverified'],
  ['alipay', 'no-signature', 'unverified'],
  ['alipay', 'answer-appended', 'unverified'],
  ['alipay', 'other-order', 'unverified'],
])('%s, %s: nothing is known, and the next question finds out', async (host, misbehaviour, because) => {
  const { known, decide } = await begin(host)
  decide('passed')
  misbehaviours.order(misbehaviour)
  await expect(identity().queryVerification(known)).rejects.toMatchObject({ name: 'VendorUnavailable', because })
  expect(await identity().queryVerification(known)).toBe('verified')
})

test('WeChat answers about no other person, request or document', async () => {
  const { known, decide } = await begin('wechat')
  decide('passed')
  const other = await begin('wechat')
  for (const wrong of [
    { subject: `wechat/o${'B'.repeat(27)}` },
    { reference: other.known.reference },
    { vendorNumber: other.known.vendorNumber },
    { secret: '0'.repeat(64) },
  ])
    await expect(identity().queryVerification({ ...known, ...wrong })).rejects.toMatchObject({ name: 'VendorRefused' })
  expect(await identity().queryVerification(other.known)).toBe('open')
})

test('a token that WeChat replaced meanwhile is asked for anew', async () => {
  const { known, decide } = await begin('wechat')
  decide('passed')
  misbehaviours.order('token-expired')
  expect(await identity().queryVerification(known)).toBe('verified')
})

test('no error says a name or a number, and wrong keys are not the citizen’s fault', async () => {
  const { wechat, alipay } = hosts
  if (!wechat || !alipay) throw new Error('no hosts')
  const wrong = identity({
    wechat: { ...wechat, secret: 'another' },
    alipay: { ...alipay, privateKey: makeKeyPair().privateKey },
  })
  for (const host of ['wechat', 'alipay'] as const) {
    const error = await begin(host, wrong).catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ name: 'VendorRefused', reason: 'credentials' })
    expect(`${error} ${JSON.stringify(error)}`).not.toMatch(/330102|李建国/)
  }
})

test('a city that no host has given leave verifies nobody', async () => {
  const { wechat, alipay } = hosts
  if (!wechat || !alipay) throw new Error('no hosts')
  const { verifies: _, ...signsIn } = wechat
  const { bizCode: __, ...pays } = alipay
  for (const more of [{ wechat: signsIn, alipay: pays }, {}])
    for (const host of ['wechat', 'alipay'] as const) {
      const of = createIdentity(() => more)
      const person = {
        cityId: '330100',
        subject: subjects[host],
        level: 'face' as const,
        reference: 've0',
        ...document,
      }
      expect(await of.beginVerification(person)).toBeNull()
    }
})
