import { randomUUID } from 'node:crypto'
import type { BookedAgreement, BookedOrder, BookedRefund, Books, Page, Twist } from './books'
import type { Misbehaviour, Misbehaviours } from './misbehaviours'

/** What both vendors are made of; each speaks its own protocol around it. */
export type VendorParts = { books: Books; misbehaviours: Misbehaviours; now: () => Date }

export type Refusal =
  | 'absent'
  | 'different'
  | 'paid'
  | 'paying'
  | 'closed'
  | 'unpaid'
  | 'too-much'
  | 'expired'
  | 'no-money'
  | 'no-agreement'
  | 'above-limit'

type OrderFacts = Pick<BookedOrder, 'reference' | 'amountFen' | 'subject' | 'payer' | 'expiresAt' | 'notifyUrl'>
type CollectionFacts = OrderFacts & { agreement: string; maxFen: number }
type AgreementFacts = Pick<BookedAgreement, 'reference' | 'payer' | 'subject' | 'notifyUrl' | 'signUntil'>
type RefundFacts = Pick<BookedRefund, 'refundReference' | 'amountFen' | 'reason' | 'notifyUrl'> & {
  totalFen: number | null
}

/** How long a payment takes that crosses its closing, and how late a late notification is. */
const CROSSING_MS = 12_000
const LATE_MS = 20_000
const STUCK_MS = 3600_000

const twists: Twist[] = [
  'repeated',
  'replayed',
  'old',
  'early',
  'wrong-amount',
  'wrong-currency',
  'wrong-merchant',
  'wrong-app',
  'wrong-key',
]

const after = (at: Date, ms: number) => new Date(at.getTime() + ms)

/** The rules of a vendor's orders and refunds, without a protocol. */
export function createLedger(
  { books, misbehaviours, now }: VendorParts,
  numbers: { opening(): string; paid(): string },
) {
  type News = { refundReference: string | null }

  /** Works on a page that is up to date, then posts what it has become. */
  async function work<Result>(reference: string, change: (page: Page, tell: (news: News) => void) => Result) {
    const told: { order: BookedOrder; refundReference: string | null }[] = []
    const result = await books.open(reference, (page) => {
      told.length = 0
      const tell = ({ refundReference }: News) => page.order && told.push({ order: page.order, refundReference })
      settle(page, tell)
      return change(page, tell)
    })
    for (const { order, refundReference } of told) await post(order, refundReference)
    return result
  }

  function settle({ order, refunds }: Page, tell: (news: News) => void): void {
    if (order === null) return
    if (order.state === 'USERPAYING' && order.decidedAt !== null && order.decidedAt <= now()) {
      if (order.decided === 'SUCCESS') markPaid(order, tell)
      else order.state = 'NOTPAY'
      order.decidedAt = order.decided = null
    }
    for (const refund of refunds) {
      if (!isDone(order, refund)) continue
      refund.state = misbehaviours.isIn('refunds-fail', order) ? 'ABNORMAL' : 'SUCCESS'
      if (refund.state === 'SUCCESS') tell({ refundReference: refund.refundReference })
    }
  }

  const isDone = (order: BookedOrder, { state, doneAt }: BookedRefund): boolean =>
    state === 'PROCESSING' && doneAt <= now() && !misbehaviours.isIn('refunds-held', order)

  function markPaid(order: BookedOrder, tell: (news: News) => void): void {
    order.state = 'SUCCESS'
    order.paidAt = now()
    order.decidedAt = order.decided = null
    tell({ refundReference: null })
  }

  async function post(order: BookedOrder, refundReference: string | null): Promise<void> {
    const take = (name: Misbehaviour) => misbehaviours.takeFor(name, order)
    if (misbehaviours.isIn('undecided', order) || (await take('notification-lost'))) return
    const at = (await take('notification-late')) ? after(now(), LATE_MS) : now()
    let twist: Twist | null = null
    for (const each of twists) if (twist === null && (await take(`notification-${each}`))) twist = each
    const letter = { id: randomUUID(), reference: order.reference, refundReference, at, attempt: 0, twist }
    for (let times = twist === 'repeated' ? 3 : 1; times > 0; times -= 1) await books.post(letter)
  }

  /** What the vendor says of a page: not even whether it is paid while it is undecided. */
  function shown(page: Page): Page {
    const { order, refunds } = structuredClone(page)
    if (order !== null && order.state !== 'CLOSED' && misbehaviours.isIn('undecided', order)) {
      Object.assign(order, { state: 'USERPAYING', paidAt: null })
    }
    return { reference: page.reference, order, refunds }
  }

  function whyNotCollected(
    { expiresAt, payer, amountFen, ...order }: OrderFacts,
    agreement: BookedAgreement | null,
    maxFen: number,
  ): Refusal | null {
    if (expiresAt <= now()) return 'expired'
    if (agreement?.state !== 'active' || agreement.payer !== payer) return 'no-agreement'
    if (amountFen > maxFen) return 'above-limit'
    return misbehaviours.isIn('no-money', order) ? 'no-money' : null
  }

  return {
    look: (reference: string) => work(reference, shown),

    create: (facts: OrderFacts) =>
      work(facts.reference, (page): BookedOrder | Refusal => {
        const { order } = page
        if (order === null) {
          if (facts.expiresAt <= now()) return 'expired'
          page.order = {
            ...facts,
            openingNumber: numbers.opening(),
            number: numbers.paid(),
            state: 'NOTPAY',
            openedAt: now(),
            paidAt: null,
            decidedAt: null,
            decided: null,
          }
          return page.order
        }
        if (order.state === 'SUCCESS') return 'paid'
        if (order.state === 'CLOSED') return 'closed'
        return order.amountFen === facts.amountFen && order.payer === facts.payer ? order : 'different'
      }),

    /** Money is taken under an agreement, or the reference is spent. */
    async collect({ agreement, maxFen, ...facts }: CollectionFacts) {
      const told: BookedOrder[] = []
      const outcome = await books.openUnder(agreement, facts.reference, (page, signed): BookedOrder | Refusal => {
        told.length = 0
        if (page.order !== null) return page.order.amountFen === facts.amountFen ? page.order : 'different'
        const refusal = whyNotCollected(facts, signed, maxFen)
        const [openingNumber, number, openedAt] = [numbers.opening(), numbers.paid(), now()]
        const order: BookedOrder = {
          ...facts,
          ...{ openingNumber, number, openedAt, paidAt: null, decidedAt: null, decided: null },
          state: refusal === null ? 'NOTPAY' : 'CLOSED',
        }
        page.order = order
        if (refusal !== null) return refusal
        markPaid(order, () => told.push(order))
        return shown(page).order ?? order
      })
      for (const order of told) await post(order, null)
      return outcome
    },

    /** The payer is to sign; one that is known stays as it is. */
    agreement: (facts: AgreementFacts) =>
      books.agree(facts.reference, (known) => known ?? { ...facts, state: 'signing' }),

    /** As it is now; null where there is none. */
    async agreed(reference: string): Promise<BookedAgreement | null> {
      const known = await books.agreement(reference)
      return known?.state === 'signing' && known.signUntil <= now() ? { ...known, state: 'ended' } : known
    },

    /** The payer signs, or somebody ends it. One that has ended stays so. */
    settleAgreement: (reference: string, state: 'active' | 'ended') =>
      books.agree(reference, (known) =>
        known === null || known.state === 'ended' || (state === 'active' && known.signUntil <= now())
          ? known
          : { ...known, state },
      ),

    /** The citizen pays; an order that is closed or late refuses, unless `force` plays the vendor's own mistake. */
    pay: (reference: string, { force = false } = {}) =>
      work(reference, ({ order }, tell): BookedOrder['state'] | Refusal => {
        if (order === null) return 'absent'
        if (order.state === 'SUCCESS') return 'paid'
        if (!force && order.state === 'CLOSED') return 'closed'
        if (!force && order.expiresAt <= now()) return 'expired'
        markPaid(order, tell)
        return order.state
      }),

    /** The vendor is undecided for some seconds. */
    ponder: (reference: string, seconds: number, then: 'SUCCESS' | 'NOTPAY') =>
      work(reference, ({ order }) => {
        if (order?.state !== 'NOTPAY') return
        order.state = 'USERPAYING'
        order.decided = then
        order.decidedAt = after(now(), seconds * 1000)
      }),

    async close(reference: string) {
      const known = await work(reference, ({ order }) => structuredClone(order))
      // The citizen confirms in the cashier at this very moment.
      const crosses = known?.state === 'NOTPAY' && (await misbehaviours.takeFor('closing-crossed', known))
      return work(reference, ({ order }): 'closed-now' | Refusal => {
        if (order === null) return 'absent'
        if (order.state === 'SUCCESS' && !misbehaviours.isIn('undecided', order)) return 'paid'
        if (order.state === 'CLOSED') return 'closed'
        if (order.state === 'USERPAYING' || misbehaviours.isIn('undecided', order)) return 'paying'
        if (crosses) {
          Object.assign(order, { state: 'USERPAYING', decided: 'SUCCESS', decidedAt: after(now(), CROSSING_MS) })
          return 'paying'
        }
        order.state = 'CLOSED'
        return 'closed-now'
      })
    },

    refund: (reference: string, { totalFen, ...facts }: RefundFacts) =>
      work(
        reference,
        (page): { order: BookedOrder; refund: BookedRefund; isDone: boolean; refundedFen: number } | Refusal => {
          const { order, refunds } = page
          if (order === null) return 'absent'
          if (order.state !== 'SUCCESS') return 'unpaid'
          const known = refunds.find(({ refundReference }) => refundReference === facts.refundReference)
          const refundedFen = refunds.reduce((sum, { amountFen }) => sum + amountFen, 0)
          if (known) {
            // Whoever asks again has seen to what was wrong with it.
            if (known.state === 'ABNORMAL') known.state = 'PROCESSING'
            return known.amountFen === facts.amountFen
              ? { order, refund: known, isDone: false, refundedFen }
              : 'different'
          }
          if (totalFen !== null && totalFen !== order.amountFen) return 'different'
          if (facts.amountFen <= 0 || refundedFen + facts.amountFen > order.amountFen) return 'too-much'
          const doneAt = misbehaviours.take('refund-stuck') ? after(now(), STUCK_MS) : now()
          const refund: BookedRefund = {
            ...facts,
            number: numbers.paid(),
            state: 'PROCESSING',
            requestedAt: now(),
            doneAt,
          }
          refunds.push(refund)
          return { order, refund, isDone: isDone(order, refund), refundedFen: refundedFen + facts.amountFen }
        },
      ),

    /** Settles what time has decided. */
    async sweep(): Promise<void> {
      for (const reference of await books.undecided(now())) await work(reference, () => undefined)
    },

    /** All that has to do with a day (`2026-11-23`, Shanghai). */
    pagesOf(day: string) {
      const from = new Date(`${day}T00:00:00+08:00`)
      return books.between(from, after(from, 24 * 3600_000))
    },
  }
}

export type Ledger = ReturnType<typeof createLedger>
