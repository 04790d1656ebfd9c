import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { Cashier, CashierKind } from '../city/cashiers/cashier'
import { createCashiers } from '../city/cashiers/cashiers'
import { invocation } from '../city/cashiers/wechat-signature'
import type { Database } from '../city/database/database'
import { takenNotifications } from '../city/payments/notifications'
import type { Cashiers } from '../city/ports'
import { dayOf } from '../city/words'
import type { SigningInvocation } from '../contract/wire/types.gen'
import type { SandboxClock } from './clock'
import type { Faults } from './faults'
import { cities } from './seed/cities'
import type { Shared } from './shared'
import { own } from './tables'
import { type VendorKeys, vendorKeys } from './vendor-keys'
import { createAlipayServer } from './vendor-servers/alipay'
import type { BookedOrder } from './vendor-servers/books'
import { cityOfOrder, createDatabaseBooks } from './vendor-servers/database-books'
import { createDirectVendor } from './vendor-servers/direct'
import type { Ledger } from './vendor-servers/ledger'
import type { Misbehaviour, Misbehaviours } from './vendor-servers/misbehaviours'
import { createWechatPayServer } from './vendor-servers/wechat-pay'

/** The mini-programs that pay here. */
export const wechatAppId = 'wx0sandbox0city000'
const alipayAppId = '2021004126660001'
const wechatMerchant = { merchantId: '1900000001', serial: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1' }
const wechatKeyId = 'PUB_KEY_ID_0119000000012026112300000000000001'
const alipayMerchantId = '2088000000000156'

export type Vendors = {
  cashiers: Cashiers
  /** The citizen pays; a closed order refuses unless forced (the vendor's own mistake). */
  pay(reference: string, options?: { force?: boolean }): Promise<BookedOrder['state']>
  /** The vendor is not done for `seconds`, then it is paid or not. */
  ponder(reference: string, seconds: number, then: 'SUCCESS' | 'NOTPAY'): Promise<void>
  /** What the vendor knows of an order: its state, as it says it. */
  stateOf(reference: string): Promise<BookedOrder['state']>
  /** At the host the payer signs an agreement, or ends one. */
  settleAgreement(kind: CashierKind, reference: string, state: 'active' | 'ended'): Promise<void>
  /** Pending orders and notifications whose time has come. */
  sweep(): Promise<void>
  /** Has a refund of this payment go through now, whatever holds it up. */
  hurry(reference: string): void
  /** The public key of the merchant at WeChat Pay, PEM. */
  merchantKey(): string
  /** Makes keys and listens. */
  start(): Promise<void>
  close(): Promise<void>
}

type Vendor = { ledger: Ledger; sweep(): Promise<void> }

type World = {
  database: Database
  clock: SandboxClock
  faults: Faults
  shared: Shared
  notifyUrl(cityId: string, kind: CashierKind): string
}

/**
 * Plays WeChat Pay, Alipay and the till, with books in the sandbox's database. With `protocol` WeChat Pay and Alipay are servers of their own,
 * which the city's real adapters call with keys that the sandbox makes; `simulated` leaves the protocol out.
 */
export function createVendors(world: World, mode: 'simulated' | 'protocol'): Vendors {
  const { database, clock, faults, shared } = world
  const vendors = new Map<CashierKind, Vendor>()
  const servers: { close(): Promise<unknown> }[] = []
  let cashiers: Cashiers = { of: () => null }
  let merchantKey = ''
  const parts = (kind: CashierKind) => ({
    books: createDatabaseBooks(database, kind),
    misbehaviours: misbehavioursOf(faults, shared),
    now: clock.now,
  })
  const taken = (cityId: string, kind: CashierKind) => takenNotifications(database, cityId, kind)

  function startDirect(kind: CashierKind, keys: VendorKeys): Cashiers {
    const vendor = createDirectVendor({
      ...parts(kind),
      kind,
      numbers: { opening: () => openingNumber(kind, clock.now()), paid: () => digits(28) },
      invocation: async (number, reference) => {
        if (kind === 'alipay') return { kind, tradeNO: number }
        if (kind === 'wechat') return invocation(wechatAppId, number, keys.wechatMerchant.privateKey)
        return {
          kind,
          url: `${new URL(world.notifyUrl('', kind)).origin}/till/${await paymentOf(database, reference)}`,
        }
      },
      signing: (reference) => signingOf(kind, reference, world.notifyUrl('', kind)),
      maxFen: mostAtOnce[kind],
      secret: keys.till,
    })
    vendors.set(kind, vendor)
    const made = new Map<string, Cashier>()
    return {
      of(cityId, requested) {
        if (requested !== kind) return null
        const cashier = made.get(cityId) ?? vendor.cashierFor(world.notifyUrl(cityId, kind), taken(cityId, kind))
        made.set(cityId, cashier)
        return cashier
      },
    }
  }

  async function startServers(keys: VendorKeys): Promise<Cashiers> {
    const wechat = createWechatPayServer({
      ...parts('wechat'),
      merchant: {
        ...wechatMerchant,
        appId: wechatAppId,
        publicKey: keys.wechatMerchant.publicKey,
        apiV3Key: keys.apiV3Key,
      },
      keyId: wechatKeyId,
      privateKey: keys.wechat.privateKey,
    })
    const alipay = createAlipayServer({
      ...parts('alipay'),
      app: { appId: alipayAppId, merchantId: alipayMerchantId, publicKey: keys.alipayApp.publicKey },
      privateKey: keys.alipay.privateKey,
    })
    vendors.set('wechat', wechat).set('alipay', alipay)
    servers.push(wechat.app, alipay.app)
    const [wechatUrl, alipayUrl] = [await listen(wechat.app), await listen(alipay.app)]
    const real = createCashiers({
      merchantsOf: () => ({
        wechat: {
          ...wechatMerchant,
          baseUrl: wechatUrl,
          appId: wechatAppId,
          privateKey: keys.wechatMerchant.privateKey,
          apiV3Key: keys.apiV3Key,
          vendorKeys: { [wechatKeyId]: keys.wechat.publicKey },
        },
        alipay: {
          gateway: `${alipayUrl}/gateway.do`,
          appId: alipayAppId,
          merchantId: alipayMerchantId,
          privateKey: keys.alipayApp.privateKey,
          vendorPublicKey: keys.alipay.publicKey,
        },
      }),
      notifyUrl: world.notifyUrl,
      taken,
      now: clock.now,
    })
    return { of: (cityId, kind) => withPayerIds(real.of(cityId, kind)) }
  }

  async function vendorOf(reference: string): Promise<Ledger | undefined> {
    const row = await own(database.db)
      .selectFrom('vendor_orders')
      .select('vendor')
      .where('reference', '=', reference)
      .executeTakeFirst()
    return row && vendors.get(row.vendor)?.ledger
  }

  /** Nobody waits for the post, but who asks for it has all of it. */
  let posting: Promise<unknown> = Promise.resolve()
  function post(): Promise<unknown> {
    const before = posting
    posting = Promise.all([...vendors.values()].map((vendor) => vendor.sweep())).catch(() => undefined)
    return Promise.all([before, posting])
  }

  return {
    cashiers: { of: (cityId, kind) => cashiers.of(cityId, kind) },

    async start() {
      const keys = await vendorKeys(database, shared)
      merchantKey = keys.wechatMerchant.publicKey
      const kinds: CashierKind[] = mode === 'protocol' ? ['till'] : ['till', 'wechat', 'alipay']
      const all = kinds.map((kind) => startDirect(kind, keys))
      if (mode === 'protocol') all.push(await startServers(keys))
      cashiers = {
        of: (cityId, kind) => all.map((each) => each.of(cityId, kind)).find((found) => found !== null) ?? null,
      }
    },

    merchantKey: () => merchantKey,

    async close() {
      for (const server of servers) await server.close()
    },

    async pay(reference, options) {
      const outcome = await (await vendorOf(reference))?.pay(reference, options)
      void post()
      return outcome === 'SUCCESS' || outcome === 'paid' ? 'SUCCESS' : 'CLOSED'
    },

    ponder: async (reference, seconds, then) => (await vendorOf(reference))?.ponder(reference, seconds, then),

    async stateOf(reference) {
      const page = await (await vendorOf(reference))?.look(reference)
      return page?.order?.state ?? 'NOTPAY'
    },

    settleAgreement: async (kind, reference, state) => {
      await vendors.get(kind)?.ledger.settleAgreement(reference, state)
    },

    sweep: () => post().then(() => undefined),

    hurry: (reference) => shared.set(hurried(reference), 'yes'),
  }
}

/** Alipay's 周期扣款: ¥100 at once. */
const mostAtOnce: Record<CashierKind, number> = { wechat: 100_000, alipay: 10_000, till: 100_000 }

/** What the app gets to open WeChat’s own signing program, see https://pay.weixin.qq.com/wiki/doc/api/wxpay_v2/papay/chapter3_3.shtml. */
function signingOf(kind: CashierKind, reference: string, notifyUrl: string): SigningInvocation {
  if (kind === 'alipay') return { kind, signStr: `biz_content=${encodeURIComponent(reference)}` }
  if (kind === 'till') return { kind, url: `${new URL(notifyUrl).origin}/till/agreements/${reference}` }
  const extraData = { appid: wechatAppId, mch_id: wechatMerchant.merchantId, contract_code: reference }
  return { kind, appId: 'wx0sandbox0sign000', path: 'pages/index/index', extraData }
}

const hurried = (reference: string) => `refund-now/${reference}`

/** The faults that a person switches on, as what a vendor does with a city's orders. */
function misbehavioursOf(faults: Faults, shared: Shared): Misbehaviours {
  const known = ['notification-lost', 'notification-late', 'notification-repeated', 'closing-crossed'] as const
  const isKnown = (name: Misbehaviour): name is (typeof known)[number] => known.some((each) => each === name)
  return {
    take: () => false,
    takeFor: async (name, order) => isKnown(name) && (await faults.take(name, { cityId: cityOfOrder(order) })) !== null,
    isIn(trouble, order) {
      const isOn = (name: 'unknown-result' | 'refund-failed' | 'refund-pending' | 'no-money') =>
        faults.isOn(name, { cityId: cityOfOrder(order) })
      if (trouble === 'undecided') return isOn('unknown-result')
      if (trouble === 'refunds-fail') return isOn('refund-failed')
      if (trouble === 'no-money') return isOn('no-money')
      return isOn('refund-pending') && shared.get(hurried(order.reference)) === undefined
    },
  }
}

const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('')

/** WeChat's prepay id, Alipay's trade number: the day, then digits. */
const openingNumber = (kind: CashierKind, now: Date): string =>
  kind === 'alipay' ? dayOf(now).replaceAll('-', '') + digits(20) : `wx${randomBytes(16).toString('hex')}`

async function paymentOf({ db }: Database, reference: string): Promise<string> {
  const { id } = await db
    .selectFrom('payments')
    .select('id')
    .where(
      'city_id',
      'in',
      cities.map((city) => city.id),
    )
    .where('reference', '=', reference)
    .executeTakeFirstOrThrow()
  return id
}

const listen = (app: { listen(where: { port: number; host: string }): Promise<string> }) =>
  app.listen({ port: 0, host: '127.0.0.1' })

/** The sandbox's people have subjects of any text; the vendors know an openid of 28 characters and a user id of 2088 and 12 digits. */
function withPayerIds(cashier: Cashier | null): Cashier | null {
  if (cashier === null) return null
  return { ...cashier, open: (request) => cashier.open({ ...request, payer: payerId(cashier.kind, request.payer) }) }
}

function payerId(kind: CashierKind, subject: string): string {
  const hash = createHash('sha256').update(subject).digest()
  return kind === 'alipay'
    ? `2088${String(hash.readBigUInt64BE() % 10n ** 12n).padStart(12, '0')}`
    : `o${hash.toString('base64url').slice(0, 27)}`
}
