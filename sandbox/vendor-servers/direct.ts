import { createHmac, timingSafeEqual } from 'node:crypto'
import type {
  Cashier,
  CashierKind,
  RefundRequest,
  StatementLine,
  TakenNotifications,
  VendorRefund,
} from '../../city/cashiers/cashier'
import { NotificationRefused, type RefusalReason, VendorRefused, VendorUnavailable } from '../../city/cashiers/errors'
import { isStatementReady } from '../../city/cashiers/shanghai'
import type { CashierInvocation, SigningInvocation } from '../../contract/wire/types.gen'
import type { BookedOrder, BookedRefund, Letter } from './books'
import { createLedger, type Ledger, type Refusal, type VendorParts } from './ledger'
import { deliver, type Envelope } from './post'

type DirectOptions = VendorParts & {
  kind: CashierKind
  numbers: { opening(): string; paid(): string }
  invocation(openingNumber: string, reference: string): Promise<CashierInvocation>
  /** What a payer opens to sign an agreement. */
  signing(reference: string): SigningInvocation
  /** The most that it lets be collected at once. */
  maxFen: number
  /** Signs the notifications. */
  secret: string
}

const reasons: Record<Refusal, RefusalReason> = {
  absent: 'no-such-order',
  different: 'reference-used',
  paid: 'order-paid',
  paying: 'order-paying',
  closed: 'order-closed',
  unpaid: 'rules',
  'too-much': 'rules',
  expired: 'order-closed',
  'no-money': 'balance',
  'no-agreement': 'agreement-ended',
  'above-limit': 'rules',
}
const refused = (why: Refusal, reason = reasons[why]) => new VendorRefused(reason, why, why)

const FRESH_MS = 300_000

/** A vendor that is called without a protocol: the till, and WeChat Pay and Alipay where a test is about something else. */
export function createDirectVendor(options: DirectOptions) {
  const { kind, secret, now } = options
  const ledger = createLedger(options, options.numbers)

  const signatureOf = (time: string, body: string) => createHmac('sha256', secret).update(`${time}\n${body}`).digest()

  function write({ id, twist }: Letter, { reference, amountFen }: BookedOrder, refund: BookedRefund | null): Envelope {
    const refundReference = refund?.refundReference ?? null
    const body = JSON.stringify({
      id,
      reference,
      refundReference,
      amountFen: amountFen + (twist === 'wrong-amount' ? 1 : 0),
    })
    const time = String(Date.now())
    const headers = { 'Content-Type': 'application/json', 'Till-Time': time }
    return { body, headers: { ...headers, 'Till-Signature': signatureOf(time, body).toString('base64') } }
  }

  const cashierFor = (notifyUrl: string, taken: TakenNotifications): Cashier => ({
    kind,

    contract: {
      maxFen: options.maxFen,
      async sign(request) {
        const agreement = await ledger.agreement({ ...request, notifyUrl })
        if (agreement?.state === 'ended') throw refused('no-agreement')
        return options.signing(request.reference)
      },
      async query(reference) {
        const agreement = await ledger.agreed(reference)
        if (agreement === null) throw new VendorRefused('no-such-agreement', 'absent', 'absent')
        return agreement.state
      },
      async collect(request) {
        const order = await ledger.collect({ ...request, maxFen: options.maxFen, notifyUrl })
        if (typeof order === 'string') throw refused(order)
        // A reference is spent once.
        if (order.state === 'CLOSED') throw refused('closed')
        return query(request.reference)
      },
      async terminate(reference) {
        await ledger.settleAgreement(reference, 'ended')
      },
    },

    async open(request) {
      const order = await ledger.create({ ...request, notifyUrl })
      if (typeof order === 'string') throw refused(order)
      return options.invocation(order.openingNumber, order.reference)
    },

    query,

    async close(reference) {
      const outcome = await ledger.close(reference)
      if (outcome === 'absent') throw refused(outcome)
      return query(reference)
    },

    async refund({ reference, totalFen, ...request }: RefundRequest) {
      const outcome = await ledger.refund(reference, { ...request, totalFen, notifyUrl })
      if (typeof outcome === 'string') throw refused(outcome, outcome === 'different' ? 'rules' : reasons[outcome])
      return refundOf(reference, outcome.refund)
    },

    async queryRefund({ reference, refundReference }) {
      const { refunds } = await ledger.look(reference)
      const refund = refunds.find((each) => each.refundReference === refundReference)
      if (refund === undefined) throw new VendorRefused('no-such-refund', 'absent', 'absent')
      return refundOf(reference, refund)
    },

    async statement(day) {
      if (!isStatementReady(day, now())) throw new VendorUnavailable('not-ready', `the bill of ${day}`)
      return linesOf(ledger, day)
    },

    async notification({ body, headers }) {
      const time = headers['till-time'] ?? ''
      if (!/^\d{1,15}$/.test(time)) throw new NotificationRefused('malformed')
      const given = Buffer.from(headers['till-signature'] ?? '', 'base64')
      const right = signatureOf(time, body.toString('utf8'))
      if (given.length !== right.length || !timingSafeEqual(given, right)) throw new NotificationRefused('signature')
      if (Math.abs(Date.now() - Number(time)) > FRESH_MS) throw new NotificationRefused('time')
      const { id, reference, refundReference, amountFen } = JSON.parse(body.toString('utf8'))
      if (await taken.has(id)) throw new NotificationRefused('repeated')
      return { kind: refundReference === null ? 'payment' : 'refund', id, reference, refundReference, amountFen }
    },

    reply: (isTaken) => ({ status: isTaken ? 204 : 400, contentType: 'text/plain', body: '' }),
  })

  async function query(reference: string) {
    const { order, refunds } = await ledger.look(reference)
    if (order === null) throw refused('absent')
    const { state, amountFen, paidAt, number } = order
    const isRefunded = state === 'SUCCESS' && refunds.length > 0
    const vendorNumber = paidAt ? number : null
    return {
      reference,
      state: isRefunded ? 'REFUND' : state,
      amountFen,
      currency: 'CNY',
      paidAt,
      vendorNumber,
    } as const
  }

  return {
    ledger,
    cashierFor,
    async sweep() {
      await ledger.sweep()
      const isTaken = (status: number) => status < 300
      await deliver(options, ledger, { pausesSeconds: [15, 60, 600, 3600, 21_600], write, isTaken })
    },
  }
}

const states = { PROCESSING: 'processing', SUCCESS: 'success', ABNORMAL: 'failed' } as const

const refundOf = (reference: string, { state, doneAt, number, ...refund }: BookedRefund): VendorRefund => ({
  reference,
  refundReference: refund.refundReference,
  amountFen: refund.amountFen,
  state: states[state],
  refundedAt: state === 'SUCCESS' ? doneAt : null,
  vendorNumber: number,
})

async function linesOf(ledger: Ledger, day: string): Promise<StatementLine[]> {
  const from = new Date(`${day}T00:00:00+08:00`).getTime()
  const isThen = (at: Date) => at.getTime() >= from && at.getTime() < from + 24 * 3600_000
  return (await ledger.pagesOf(day)).flatMap(({ reference, order, refunds }) => {
    if (order === null || order.paidAt === null) return []
    const paid = { kind: 'paid' as const, reference, refundReference: null, vendorNumber: order.number }
    const back = refunds.filter(({ state, doneAt }) => state === 'SUCCESS' && isThen(doneAt))
    return [
      ...(isThen(order.paidAt) ? [{ ...paid, amountFen: order.amountFen, at: order.paidAt }] : []),
      ...back.map(({ refundReference, amountFen, number, doneAt }) => ({
        kind: 'refunded' as const,
        reference,
        refundReference,
        vendorNumber: number,
        amountFen,
        at: doneAt,
      })),
    ]
  })
}
