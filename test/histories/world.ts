import type { Cashier, VendorOrder } from '../../city/cashiers/cashier'
import { type RefusalReason, VendorRefused, VendorUnavailable } from '../../city/cashiers/errors'
import type { BillerAccount, Billers, Cashiers, Identity, Queues } from '../../city/ports'
import { dayOf } from '../../city/words'

/** The world around a city, in memory: billers and vendors that are late, refuse and fall silent by a history's own dice. */

export type Order = {
  reference: string
  amountFen: number
  state: VendorOrder['state']
  paidAt: Date | null
  /** While it makes up its mind: until when, and what it then becomes. */
  pending: { until: number; becomes: VendorOrder['state'] } | null
  refunds: Map<string, number>
}
export type Bill = { billerId: string; number: string; id: string; amountFen: number; paidFen: number; version: number }
export type Booked = { reference: string; billId: string; amountFen: number }

export type World = {
  readonly billers: Billers
  readonly cashiers: Cashiers
  readonly identity: Identity
  readonly queues: Queues
  readonly bills: Bill[]
  readonly booked: Booked[]
  readonly orders: Map<string, Order>
  /** Nothing is late, silent or refused any more. */
  heal(): void
}

const holder = { holder: '王建国', address: { zh: '西湖区文三路20号', en: '20 Wensan Road, Xihu' } }
const saysNo = (reason: RefusalReason) => new VendorRefused(reason, reason, '')
const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export function createWorld(random: (below: number) => number): World {
  const bills: Bill[] = []
  const booked: Booked[] = []
  const refused = new Set<string>()
  const orders = new Map<string, Order>()
  let isWell = false
  let isDeaf = false
  const chance = (percent: number) => !isWell && random(100) < percent

  /** Somebody over a network: late, and sometimes never heard. */
  async function asked(): Promise<void> {
    await later(random(isWell ? 50 : 1500))
    if (chance(5)) throw new Error('not answering')
  }

  function orderOf(reference: string): Order {
    const order = orders.get(reference)
    if (order === undefined) throw saysNo('no-such-order')
    if (order.pending && order.pending.until <= Date.now()) {
      order.state = order.pending.becomes
      if (order.state === 'SUCCESS') order.paidAt = new Date(order.pending.until)
      order.pending = null
    }
    return order
  }
  const billers: Billers = {
    closedUntil: async () => null,
    async lookUp({ billerId, number }): Promise<BillerAccount> {
      await asked()
      const own = bills.filter((bill) => bill.billerId === billerId && bill.number === number)
      return {
        ...holder,
        isHolder: true,
        bills: own.map(({ id, amountFen, paidFen, version }) => ({
          id,
          version: String(version),
          kind: 'electricity',
          title: { zh: '账单', en: 'Bill' },
          lines: [],
          amountFen,
          paidFen,
          issuedOn: '2026-11-01',
          ...(paidFen === amountFen ? { settledAt: new Date('2026-11-23T02:05:00Z') } : {}),
        })),
      }
    },
    async credit({ reference, bills: paid }) {
      await asked()
      if (chance(20)) return paid.map(() => 'open' as const)
      return paid.map(({ billId, amountFen }) => {
        if (booked.some((each) => each.reference === reference && each.billId === billId)) return 'taken'
        const bill = bills.find(({ id }) => id === billId)
        const key = `${reference} ${billId}`
        if (refused.has(key) || !bill || bill.paidFen + amountFen > bill.amountFen || chance(10)) {
          refused.add(key)
          return 'refused'
        }
        bill.paidFen += amountFen
        bill.version += 1
        booked.push({ reference, billId, amountFen })
        return 'taken'
      })
    },
    paper: async () => 'issued',
  }

  const answerOf = ({ reference, state, amountFen, paidAt }: Order): VendorOrder => ({
    reference,
    state,
    amountFen,
    currency: 'CNY',
    paidAt,
    vendorNumber: null,
  })
  const none = { vendorNumber: null, refundedAt: null }
  async function heard(): Promise<void> {
    await asked().catch(() => {
      throw new VendorUnavailable('connection', 'no answer')
    })
    // What it was asked for may have been done all the same.
    if (chance(3)) isDeaf = true
  }
  /** The vendor does it, and the answer gets lost now and then. */
  async function done<T>(work: () => T): Promise<T> {
    await heard()
    const answer = work()
    if (!isDeaf) return answer
    isDeaf = false
    throw new VendorUnavailable('connection', 'no answer')
  }
  const cashier: Cashier = {
    kind: 'alipay',
    open: ({ reference, amountFen }) =>
      done(() => {
        const order = orders.get(reference)
        if (order?.state === 'CLOSED') throw saysNo('order-closed')
        if (order?.state === 'SUCCESS') throw saysNo('order-paid')
        if (!order)
          orders.set(reference, {
            reference,
            amountFen,
            state: 'NOTPAY',
            paidAt: null,
            pending: null,
            refunds: new Map(),
          })
        return { kind: 'alipay', tradeNO: reference }
      }),
    query: (reference) => done(() => answerOf(orderOf(reference))),
    close: (reference) =>
      done(() => {
        const order = orderOf(reference)
        if (order.state === 'NOTPAY') order.state = 'CLOSED'
        return answerOf(order)
      }),
    refund: ({ reference, refundReference, amountFen }) =>
      done(() => {
        const { refunds } = orderOf(reference)
        if (!refunds.has(refundReference)) {
          if (chance(30)) return { ...none, reference, refundReference, amountFen, state: 'processing' }
          refunds.set(refundReference, amountFen)
        }
        return { ...none, reference, refundReference, amountFen, state: 'success' }
      }),
    queryRefund: ({ reference, refundReference }) =>
      done(() => {
        const amountFen = orderOf(reference).refunds.get(refundReference)
        if (amountFen === undefined) throw saysNo('no-such-refund')
        return { ...none, reference, refundReference, amountFen, state: 'success' }
      }),
    statement: (day) =>
      done(() =>
        [...orders.values()].flatMap(({ reference, amountFen, paidAt }) =>
          paidAt && dayOf(paidAt) === day
            ? [{ kind: 'paid', reference, refundReference: null, vendorNumber: '', amountFen, at: paidAt } as const]
            : [],
        ),
      ),
    notification: async () => {
      throw new Error('no letter is written here')
    },
    reply: () => ({ status: 200, contentType: 'text/plain', body: 'success' }),
  }

  const codes = new Set<string>()
  const identity: Identity = {
    async signIn({ code }) {
      await later(random(100))
      const who = /^ali-(\w+)-/.exec(code)?.[1]
      if (who === undefined || codes.has(code)) return null
      codes.add(code)
      return { subject: who, name: '王建国', phone: '13800000001' }
    },
    welcome: async () => undefined,
    beginVerification: async () => null,
    queryVerification: async () => 'open',
  }
  const queues: Queues = { waiting: () => null, join: () => 0, position: () => null }
  return {
    billers,
    cashiers: { of: (_city, kind) => (kind === 'alipay' ? cashier : null) },
    identity,
    queues,
    bills,
    booked,
    orders,
    heal() {
      isWell = true
    },
  }
}
