import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { writeCity } from '../../city/catalogue/rows'
import { type Database, openDatabase } from '../../city/database/database'
import type { Manifest, Payment } from '../../contract/wire/types.gen'
import { startLegacyBiller } from '../../sandbox/legacy-biller'
import { hangzhou } from '../../sandbox/seed/hangzhou'
import { createAlipayServer } from '../../sandbox/vendor-servers/alipay'
import { createMemoryBooks } from '../../sandbox/vendor-servers/books'
import { createMisbehaviours } from '../../sandbox/vendor-servers/misbehaviours'
import { makeKeyPair } from '../../sandbox/vendor-servers/signing'
import { createWechatPayServer } from '../../sandbox/vendor-servers/wechat-pay'
import { ask } from '../support/booking'
import { signIn } from '../support/citizen'
import { testDatabase } from '../support/sandbox'

/** A city's own start, as a process of its own, against its hosts, vendors and an old biller over real HTTP. */

const root = path.join(__dirname, '..', '..')
type Env = Record<string, string>

const [merchant, wechatPay, app, alipayItself] = [makeKeyPair(), makeKeyPair(), makeKeyPair(), makeKeyPair()]
const cityKey = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
const [appSecret, apiV3Key] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')]
const base64Of = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '')
const misbehaviours = createMisbehaviours()
const parts = () => ({ books: createMemoryBooks(), misbehaviours, now: () => new Date() })
const wechat = createWechatPayServer({
  ...parts(),
  merchant: {
    ...{ appId: 'wx0sandbox0city000', appSecret, merchantId: '1900000009', serial: 'AB12', apiV3Key },
    publicKey: merchant.publicKey,
  },
  keyId: 'PUB_KEY_ID_01',
  privateKey: wechatPay.privateKey,
})
const alipay = createAlipayServer({
  ...parts(),
  app: { appId: '2021002100000001', merchantId: '2088101000000001', publicKey: app.publicKey },
  privateKey: alipayItself.privateKey,
})

let env: Env
let database: Database
let biller: Awaited<ReturnType<typeof startLegacyBiller>>
let release: () => Promise<void>
beforeAll(async () => {
  const lent = await testDatabase()
  release = lent.release
  database = await openDatabase(lent.databaseUrl, lent.schema)
  biller = await startLegacyBiller({})
  const wechatAddress = await wechat.app.listen({ port: 0, host: '127.0.0.1' })
  const gateway = await alipay.app.listen({ port: 0, host: '127.0.0.1' })
  const port = String(await freePort())
  env = {
    DATABASE_URL: lent.databaseUrl,
    CITY_SCHEMA: lent.schema,
    PORT: port,
    WATCH_PORT: '0',
    PUBLIC_ADDRESS: `http://127.0.0.1:${port}`,
    CITY_KEY_330100: cityKey,
    WECHAT_APP_ID: 'wx0sandbox0city000',
    WECHAT_APP_SECRET: appSecret,
    WECHAT_API_ADDRESS: wechatAddress,
    WECHAT_PAY_ADDRESS: wechatAddress,
    WECHAT_PAY_MERCHANT_ID_330100: '1900000009',
    WECHAT_PAY_SERIAL_330100: 'AB12',
    WECHAT_PAY_PRIVATE_KEY_330100: merchant.privateKey.replaceAll('\n', '\\n'),
    WECHAT_PAY_API_V3_KEY_330100: apiV3Key,
    WECHAT_PAY_PUBLIC_KEY_ID_330100: 'PUB_KEY_ID_01',
    WECHAT_PAY_PUBLIC_KEY_330100: wechatPay.publicKey,
    ALIPAY_GATEWAY: `${gateway}/gateway.do`,
    ALIPAY_APP_ID: '2021002100000001',
    ALIPAY_PRIVATE_KEY: base64Of(app.privateKey),
    ALIPAY_PUBLIC_KEY: base64Of(alipayItself.publicKey),
    ALIPAY_MERCHANT_ID_330100: '2088101000000001',
  }
}, 100_000)
afterAll(async () => {
  for (const server of [wechat.app, alipay.app]) {
    server.server.closeAllConnections()
    await server.close()
  }
  await biller.close()
  await database.close()
  await release()
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** `tsx city/main.ts` with nothing set but this. */
function run(settings: Env) {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', 'city/main.ts'], { cwd: root, env: { PATH, ...settings } })
  const output = { text: '', errors: '' }
  child.stdout.on('data', (chunk) => {
    output.text += chunk
  })
  child.stderr.on('data', (chunk) => {
    output.errors += chunk
  })
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, output, exit }
}

/** One that serves. */
async function start(settings: Env) {
  const { child, output, exit } = run(settings)
  running.push(child)
  const served = await until(() => {
    if (child.exitCode !== null) throw new Error(output.errors + output.text)
    return output.text.split('\n').find((line) => line.includes('the cities are served'))
  })
  const { address, watchAddress }: { address: string; watchAddress: string } = JSON.parse(served)
  const stop = () => {
    child.kill('SIGTERM')
    return exit
  }
  return { address, watchAddress, output, stop }
}
const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

async function until<T>(look: () => T | undefined | Promise<T | undefined>, ms = 30_000): Promise<T> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(100)) {
    const found = await look()
    if (found !== undefined) return found
  }
  throw new Error('it did not happen in time')
}

const statusOf = async (url: string, init?: RequestInit) => (await fetch(url, init)).status

const without = (...names: string[]): Env =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)))

const secrets = () => [
  ...[cityKey, appSecret, apiV3Key, new URL(env.DATABASE_URL ?? '').password || cityKey],
  ...[merchant, app].map(({ privateKey }) => base64Of(privateKey).slice(60, 100)),
]
const expectNoSecret = ({ text, errors }: { text: string; errors: string }) => {
  for (const secret of secrets()) expect(text + errors).not.toContain(secret)
}

test.each<[string, () => Env, RegExp[]]>([
  ['nothing', () => ({}), [/^Not set: CITY_KEY_<adcode>, DATABASE_URL, PUBLIC_ADDRESS\n$/]],
  [
    'half of it',
    () => ({
      ...without('DATABASE_URL', 'WECHAT_APP_SECRET', 'WECHAT_PAY_SERIAL_330100', 'ALIPAY_PUBLIC_KEY'),
      CITY_KEY_510100: cityKey,
      ALIPAY_PRIVATE_KEY: `${appSecret}!`,
      WECHAT_PAY_API_V3_KEY_330100: apiV3Key.slice(1),
      PUBLIC_ADDRESS: 'http://city.example',
      PORT: '70000',
      WECHAT_VERIFIES: 'maybe',
      ALIPAY_VERIFIES_330100: 'by face',
    }),
    [
      /^Not set: ALIPAY_PUBLIC_KEY_330100, ALIPAY_PUBLIC_KEY_510100, DATABASE_URL, WECHAT_APP_SECRET_330100, WECHAT_APP_SECRET_510100, WECHAT_PAY_SERIAL_330100\. Not valid: [^\n]+\n$/,
      /CITY_KEY_(330100|510100) is the key of/,
      /ALIPAY_PRIVATE_KEY is no private RSA key/,
      /WECHAT_PAY_API_V3_KEY_330100 has not 32 characters/,
      /PUBLIC_ADDRESS is no https:\/\/ address/,
      /PORT is no port/,
      /WECHAT_VERIFIES is neither yes nor no/,
      /ALIPAY_VERIFIES_330100 is no biz_code/,
    ],
  ],
])('a start with %s set says all that is wrong in one line, and no secret', async (_name, settings, said) => {
  const { output, exit } = run(settings())
  expect(await exit).toBe(1)
  for (const each of said) expect(output.errors).toMatch(each)
  expect(output.text).toBe('')
  expectNoSecret(output)
})

test('the first start makes the tables; a city is served once its rows are there, and nothing else is', async () => {
  const city = await start(env)
  expect(await statusOf(`${city.watchAddress}/readyz`)).toBe(200)
  expect(await statusOf(`${city.address}/330100/manifest`)).toBe(404)
  const billers = hangzhou.billers.map(({ asleep, ...awake }) => awake)
  const notices = hangzhou.notices.filter(({ whileAsleep }) => whileAsleep === undefined)
  await database.transaction((trx) => writeCity(trx, { ...hangzhou, billers, notices }, 1))
  await until(async () => ((await statusOf(`${city.address}/330100/manifest`)) === 200 ? true : undefined))
  for (const route of ['/control', '/control/clock', '/control/?token=x', '/till/1', '/docs', '/330100/faults'])
    expect([route, await statusOf(`${city.address}${route}`)]).toEqual([route, 404])
  expect(await statusOf(`${city.address}/330100/notifications/till`, { method: 'POST' })).toBe(404)
  const body = { host: 'preview', code: 'preview-li' }
  expect((await ask(`${city.address}/330100`, { method: 'POST', path: '/sessions', body })).status).toBe(401)
  expect(await city.stop()).toBe(0)

  const ofHangzhou = Object.keys(env).filter((name) => name.endsWith('_330100'))
  const unset = run({ ...without(...ofHangzhou), CITY_KEY_510100: cityKey })
  expect(await unset.exit).toBe(1)
  expect(unset.output.errors).toBe('Not set for cities of the catalogue: CITY_KEY_330100\n')
}, 60_000)

test('a person signs in by WeChat or Alipay, pays an old system’s bill by the real protocol, and it is credited', async () => {
  const city = await start({ ...env, BILLERS_330100: `hz-water=${biller.url}` })
  const base = `${city.address}/330100`
  expect((await ask<Manifest>(base, { path: '/manifest' })).body.cityId).toBe('330100')
  for (const [host, code, vendor, number, payer] of [
    ['wechat', 'wx-li-1', wechat, '86005555', /^o[\w-]{27}$/],
    ['alipay', 'ali-li-1', alipay, '86006666', /^2088\d{12}$/],
  ] as const) {
    const bill = { period: '202611', lateFeeFen: 0, usage: '12', issued: '20261101', due: '20261225', booked: [] }
    biller.accounts.set(number, {
      ...{ number, holder: '欧阳修', address: '西湖区文三路20号', phone: '' },
      bills: [{ ...bill, billNo: `202611/${number}`, fen: 123_450 }],
    })
    const citizen = await signIn(base, code, host)
    const bills = await citizen.billsOf('hz-water', number)
    const { status, body } = await citizen.pay(bills, { cashier: host })
    expect([status, body.cashier?.kind, bills[0]?.amountFen]).toEqual([201, host, 123_450])
    const { id, reference } = body.payment
    expect((await vendor.ledger.look(reference)).order).toMatchObject({
      amountFen: 123_450,
      payer: expect.stringMatching(payer),
      notifyUrl: `${env.PUBLIC_ADDRESS}/330100/notifications/${host}`,
    })
    await vendor.ledger.pay(reference)
    await vendor.sweep()
    const credited = async () => {
      const payment: Payment = await citizen.payment(id)
      return payment.state === 'credited' ? payment : undefined
    }
    expect(await until(credited)).toMatchObject({ amountFen: 123_450 })
    expect(biller.accounts.get(number)?.bills[0]?.booked.map(({ fen }) => fen)).toEqual([123_450])
    expect(`${city.output.text}${city.output.errors}`).not.toContain((await vendor.ledger.look(reference)).order?.payer)
  }

  const again = (code: string) =>
    ask<{ retryAfterSeconds?: number }>(base, { method: 'POST', path: '/sessions', body: { host: 'wechat', code } })
  expect((await again('wx-li-1')).problem?.code).toBe('sign-in-failed')
  misbehaviours.order('busy')
  const busy = await again('wx-li-2')
  expect([busy.status, busy.problem?.code, busy.body.retryAfterSeconds]).toEqual([503, 'unavailable', 60])
  expect((await again('wx-li-2')).status).toBe(201)
  expectNoSecret(city.output)
  expect(await city.stop()).toBe(0)
}, 120_000)
