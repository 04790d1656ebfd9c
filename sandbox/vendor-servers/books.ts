/** An order in a vendor's book; amounts are fen. */
export type BookedOrder = {
  reference: string
  amountFen: number
  subject: string
  payer: string
  expiresAt: Date
  notifyUrl: string
  /** What the host's cashier is opened with. */
  openingNumber: string
  /** The transaction's number, given when it is paid. */
  number: string
  state: 'NOTPAY' | 'USERPAYING' | 'SUCCESS' | 'CLOSED'
  openedAt: Date
  paidAt: Date | null
  /** An undecided order becomes `decided` at `decidedAt`. */
  decidedAt: Date | null
  decided: 'SUCCESS' | 'NOTPAY' | null
}

export type BookedRefund = {
  refundReference: string
  amountFen: number
  reason: string
  notifyUrl: string
  number: string
  state: 'PROCESSING' | 'SUCCESS' | 'ABNORMAL'
  requestedAt: Date
  /** Until then it is on its way. */
  doneAt: Date
}

/** All that a vendor knows under one reference. */
export type Page = { reference: string; order: BookedOrder | null; refunds: BookedRefund[] }

/** What a payer signs at the host, for money to be collected. */
export type BookedAgreement = {
  reference: string
  payer: string
  subject: string
  notifyUrl: string
  state: 'signing' | 'active' | 'ended'
  signUntil: Date
}

/** A notification on its way; it is written and signed when it is sent. */
export type Letter = {
  id: string
  reference: string
  refundReference: string | null
  at: Date
  attempt: number
  twist: Twist | null
}

/** What is wrong with a letter. */
export type Twist =
  | 'repeated'
  | 'replayed'
  | 'old'
  | 'early'
  | 'wrong-amount'
  | 'wrong-currency'
  | 'wrong-merchant'
  | 'wrong-app'
  | 'wrong-key'

/** Where a vendor keeps what it knows. */
export interface Books {
  /** Has `work` read and change a page; works on one reference wait for each other. A throw changes nothing. */
  open<Result>(reference: string, work: (page: Page) => Result): Promise<Result>
  /** The same with an agreement, which nobody changes meanwhile; null where there is none. */
  openUnder<Result>(
    agreement: string,
    reference: string,
    work: (page: Page, agreement: BookedAgreement | null) => Result,
  ): Promise<Result>
  /** As it is written; null where there is none. */
  agreement(reference: string): Promise<BookedAgreement | null>
  /** Has `work` give an agreement as it then is. */
  agree(
    reference: string,
    work: (agreement: BookedAgreement | null) => BookedAgreement | null,
  ): Promise<BookedAgreement | null>
  /** The page a refund is on. */
  referenceOfRefund(refundReference: string): Promise<string | null>
  /** Pages on which something was paid or refunded from `from` on and before `to`. */
  between(from: Date, to: Date): Promise<Page[]>
  /** Pages on which time has decided something that is not written yet. */
  undecided(now: Date): Promise<string[]>
  post(letter: Letter): Promise<void>
  /** Takes out the letters whose time has come, the oldest first. */
  takeDue(now: Date): Promise<Letter[]>
}

/** Books that last as long as the process. @public: tests of the adapters keep theirs so. */
export function createMemoryBooks(): Books {
  const pages = new Map<string, Page>()
  const agreements = new Map<string, BookedAgreement>()
  let letters: Letter[] = []
  // Work is synchronous, so nothing comes between.
  async function open<Result>(reference: string, work: (page: Page) => Result): Promise<Result> {
    const page = structuredClone(pages.get(reference) ?? { reference, order: null, refunds: [] })
    const result = work(page)
    if (page.order !== null) pages.set(reference, page)
    return result
  }
  return {
    open,
    openUnder: (agreement, reference, work) => open(reference, (page) => work(page, agreements.get(agreement) ?? null)),
    agreement: async (reference) => structuredClone(agreements.get(reference) ?? null),
    async agree(reference, work) {
      const agreement = work(structuredClone(agreements.get(reference) ?? null))
      if (agreement !== null) agreements.set(reference, agreement)
      return agreement
    },
    async referenceOfRefund(refundReference) {
      for (const { reference, refunds } of pages.values()) {
        if (refunds.some((refund) => refund.refundReference === refundReference)) return reference
      }
      return null
    },
    async between(from, to) {
      const isIn = (at: Date | null | undefined) => at != null && at >= from && at < to
      const found = [...pages.values()].filter(
        ({ order, refunds }) => isIn(order?.paidAt) || refunds.some(({ doneAt }) => isIn(doneAt)),
      )
      return structuredClone(found)
    },
    async undecided(now) {
      const isDue = ({ order, refunds }: Page) =>
        (order?.state === 'USERPAYING' && order.decidedAt !== null && order.decidedAt <= now) ||
        refunds.some(({ state, doneAt }) => state === 'PROCESSING' && doneAt <= now)
      return [...pages.values()].filter(isDue).map(({ reference }) => reference)
    },
    async post(letter) {
      letters.push(letter)
    },
    async takeDue(now) {
      const due = letters.filter(({ at }) => at <= now).sort((a, b) => a.at.getTime() - b.at.getTime())
      letters = letters.filter(({ at }) => at > now)
      return due
    },
  }
}
