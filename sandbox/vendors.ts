import { randomBytes, randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Database, Db } from '../city/database/database'
import { lost } from '../city/database/errors'
import type { Cashiers, VendorNews, VendorState } from '../city/ports'
import { instant, secondsAfter } from '../city/words'
import type { CashierInvocation, CashierKind } from '../contract/wire/types.gen'
import type { SandboxClock } from './clock'
import type { Faults } from './faults'
import type { Shared } from './shared'
import { keyPair, sign, verify } from './signing-keys'
import { own, type SandboxTables } from './tables'

export type VendorOrder = Selectable<SandboxTables['vendor_orders']>

/** The mini-program's id that signed parameters are for. */
export const wechatAppId = 'wx0sandbox0city000'

export type Vendors = Cashiers & {
  /** The citizen pays; a closed order refuses unless forced (the vendor's own mistake). */
  pay(reference: string, options?: { force?: boolean }): Promise<VendorState>
  /** The vendor is not done for `seconds`, then it is paid or not. */
  ponder(reference: string, seconds: number, then: 'SUCCESS' | 'NOTPAY'): Promise<void>
  /** Pending orders and delayed notifications whose time has come. */
  sweep(): Promise<void>
  /** Has a refund of this payment go through now, whatever holds it up. */
  hurry(reference: string): void
}

/** How long a payment takes that crosses its closing. */
const CROSSING_SECONDS = 12

type Delivery = { at: Date; cityId: string; vendor: CashierKind; body: string }

/** Plays WeChat Pay, Alipay and the till: their own books, their notifications by HTTP, their bad days. */
export function createVendors(
  database: Database,
  clock: SandboxClock,
  faults: Faults,
  shared: Shared,
  deliverTo: (cityId: string, vendor: CashierKind) => string,
): Vendors {
  let waiting: Delivery[] = []

  const read = (db: Db, reference: string) =>
    own(db).selectFrom('vendor_orders').selectAll().where('reference', '=', reference).executeTakeFirstOrThrow()

  async function change(db: Db, order: VendorOrder, patch: Partial<VendorOrder>): Promise<void> {
    await own(db)
      .updateTable('vendor_orders')
      .set({ ...patch, version: order.version + 1 })
      .where('reference', '=', order.reference)
      .where('version', '=', order.version)
      .returning('version')
      .executeTakeFirstOrThrow(lost)
  }

  /** Only here orders of one number are changed: one after the other. */
  const locked = <T>(reference: string, work: (db: Db, order: VendorOrder) => Promise<T>): Promise<T> =>
    database.transaction(async (trx) =>
      work(
        trx,
        await own(trx)
          .selectFrom('vendor_orders')
          .selectAll()
          .where('reference', '=', reference)
          .forUpdate()
          .executeTakeFirstOrThrow(),
      ),
    )

  async function announce(order: VendorOrder, state: VendorState, paidAt: Date | null): Promise<void> {
    const place = { cityId: order.city_id }
    if (faults.isOn('unknown-result', place) || (await faults.take('notification-lost', place))) return
    const news = (which: VendorState, id: string) =>
      JSON.stringify({
        id,
        reference: order.reference,
        state: which,
        ...(which === 'SUCCESS' && paidAt ? { paidAt: instant(paidAt) } : {}),
      })
    const late = (await faults.take('notification-late', place)) !== null
    const at = late ? secondsAfter(clock.now(), 20) : clock.now()
    const push = (body: string) => waiting.push({ at, cityId: order.city_id, vendor: order.vendor, body })
    const body = news(state, randomUUID())
    push(body)
    if (await faults.take('notification-repeated', place)) {
      push(body)
      push(news(state, randomUUID()))
    }
    // What was so before, told after what is so now.
    if (late) push(news('USERPAYING', randomUUID()))
  }

  async function deliver({ cityId, vendor, body }: Delivery): Promise<void> {
    const timestamp = String(Math.floor(clock.now().getTime() / 1000))
    const nonce = randomBytes(12).toString('hex')
    await fetch(deliverTo(cityId, vendor), {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Wechatpay-Timestamp': timestamp,
        'Wechatpay-Nonce': nonce,
        'Wechatpay-Signature': sign(`${timestamp}\n${nonce}\n${body}\n`, keyPair('vendor')),
      },
      body,
    }).catch(() => undefined)
  }

  async function deliverDue(): Promise<void> {
    const now = clock.now()
    const due = waiting.filter(({ at }) => at <= now)
    waiting = waiting.filter(({ at }) => at > now)
    for (const each of due) await deliver(each)
  }

  const newsOf = (order: VendorOrder): VendorNews => {
    const unsure = order.state === 'NOTPAY' || order.state === 'USERPAYING' || order.state === 'SUCCESS'
    return unsure && faults.isOn('unknown-result', { cityId: order.city_id })
      ? { reference: order.reference, state: 'USERPAYING', paidAt: null }
      : { reference: order.reference, state: order.state, paidAt: order.paid_at }
  }

  /** What becomes of an order; the city is told once it stands, never before. */
  async function settle(reference: string, decide: (order: VendorOrder) => VendorState): Promise<VendorState> {
    const settled = await locked(reference, async (db, order) => {
      const state = decide(order)
      if (state === order.state) return { order, state, paidAt: null }
      const paidAt = state === 'SUCCESS' ? clock.now() : null
      await change(db, order, { state, paid_at: paidAt, pending_until: null, pending_state: null })
      return { order, state, paidAt }
    })
    if (settled.paidAt) await announce(settled.order, settled.state, settled.paidAt)
    return settled.state
  }

  return {
    async prepay(db, order) {
      await own(db)
        .insertInto('vendor_orders')
        .values({
          ...order,
          state: 'NOTPAY',
          vendor_number: order.vendor === 'alipay' ? tradeNumber(clock.now()) : `wx${randomBytes(16).toString('hex')}`,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    async invocation(db, reference) {
      const order = await read(db, reference)
      if (order.vendor === 'alipay') return { kind: 'alipay', tradeNO: order.vendor_number }
      if (order.vendor === 'till')
        return { kind: 'till', url: `${new URL(deliverTo('', 'till')).origin}/till/${order.payment_id}` }
      return wechatInvocation(order.vendor_number, new Date())
    },

    query: async (db, reference) => newsOf(await read(db, reference)),

    async close(db, reference) {
      const order = await own(db)
        .selectFrom('vendor_orders')
        .selectAll()
        .where('reference', '=', reference)
        .forUpdate()
        .executeTakeFirstOrThrow()
      const news = newsOf(order)
      if (news.state !== 'NOTPAY') return news
      // The citizen confirms in the cashier at this very moment.
      if (await faults.take('closing-crossed', { cityId: order.city_id })) {
        const pending_until = secondsAfter(clock.now(), CROSSING_SECONDS)
        await change(db, order, { state: 'USERPAYING', pending_until, pending_state: 'SUCCESS' })
        return { ...news, state: 'USERPAYING' }
      }
      await change(db, order, { state: 'CLOSED' })
      return { ...news, state: 'CLOSED' }
    },

    async refund(db, { cityId, reference, amountFen }) {
      if (faults.isOn('refund-pending', { cityId }) && shared.get(`refund-now/${reference}`) === undefined)
        return 'processing'
      if (faults.isOn('refund-failed', { cityId })) return 'failed'
      const order = await own(db)
        .selectFrom('vendor_orders')
        .selectAll()
        .where('reference', '=', reference)
        .forUpdate()
        .executeTakeFirstOrThrow()
      await change(db, order, { refunded_fen: order.refunded_fen + amountFen })
      return 'succeeded'
    },

    // Of those, what the city has not taken in: the others would be read again every time.
    takenUntil: async (db, until) => {
      const rows = await own(db)
        .selectFrom('vendor_orders as v')
        .innerJoin('payments as p', 'p.id', 'v.payment_id')
        .select('v.reference')
        .where('v.state', '=', 'SUCCESS')
        .where('v.paid_at', '<=', until)
        .where('p.state', 'in', ['closed', 'failed'])
        .limit(200)
        .execute()
      return rows.map(({ reference }) => reference)
    },

    hurry: (reference) => shared.set(`refund-now/${reference}`, 'yes'),

    async pay(reference, options = {}) {
      const state = await settle(reference, (order) => {
        const open = order.state === 'NOTPAY' || order.state === 'USERPAYING'
        return open || (options.force && order.state === 'CLOSED') ? 'SUCCESS' : order.state
      })
      setImmediate(() => void deliverDue())
      return state
    },

    ponder: (reference, seconds, then) =>
      locked(reference, async (db, order) => {
        if (order.state !== 'NOTPAY') return
        await change(db, order, {
          state: 'USERPAYING',
          pending_until: secondsAfter(clock.now(), seconds),
          pending_state: then,
        })
      }),

    async sweep() {
      const due = await own(database.db)
        .selectFrom('vendor_orders')
        .select('reference')
        .where('state', '=', 'USERPAYING')
        .where('pending_until', '<=', clock.now())
        .execute()
      for (const { reference } of due) {
        await settle(reference, ({ state, pending_state: then }) => (state === 'USERPAYING' && then ? then : state))
      }
      await deliverDue()
    },

    isGenuine({ timestamp, nonce, signature, body }) {
      try {
        return verify(`${timestamp}\n${nonce}\n${body}\n`, signature, keyPair('vendor'))
      } catch {
        return false
      }
    },
  }
}

/**
 * The five fields of `wx.requestPayment`, signed as WeChat Pay's API v3 says (JSAPI/小程序调起支付): appId, timeStamp, nonceStr and
 * package, each with a line feed, SHA256withRSA by the merchant's key, Base64.
 */
function wechatInvocation(prepayId: string, at: Date): CashierInvocation {
  const timeStamp = String(Math.floor(at.getTime() / 1000))
  const nonceStr = randomBytes(16).toString('hex')
  const text = `prepay_id=${prepayId}`
  const paySign = sign(`${wechatAppId}\n${timeStamp}\n${nonceStr}\n${text}\n`, keyPair('merchant'))
  return { kind: 'wechat', timeStamp, nonceStr, package: text, signType: 'RSA', paySign }
}

/** An Alipay trade number: the day, then digits. */
const tradeNumber = (now: Date): string =>
  instant(now).slice(0, 10).replaceAll('-', '') +
  (BigInt(`0x${randomBytes(9).toString('hex')}`) % 10n ** 20n).toString().padStart(20, '0')
