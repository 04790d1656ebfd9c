import { type Eventual, eventual, type Strong, strong } from '@/domain/consistency'
import type { BillId, CityId, IdempotencyKey, PaymentId } from '@/domain/ids'
import type { Fen } from '@/domain/money'
import { type Agreed, cashierProblem, isAsAgreed, type Payment, type PaymentSummary } from '@/domain/payment'
import { refundedAddsUp, totalAddsUp } from '@/domain/sums'
import type { Unlisted } from '@/domain/unlisted'
import type { CashierInvocation, CashierResult } from '@/platform/types'
import { vPayment, vPaymentPage, vPaymentStart } from '../../contract/wire/validators/payments.gen'
import { branded, type Plain } from './branded'
import { type Call, call, pathOf } from './call'
import { type Cached, type Client, mapCached } from './client'
import { type Page, pageOf } from './page'

/** What the citizen agreed to, as it was on the screen. */
export interface PaymentRequest {
  /** `amountFen` for a part of a bill or a top-up; the whole bill without it. */
  readonly bills: readonly { readonly billId: BillId; readonly version: number; readonly amountFen?: Fen | undefined }[]
  /** What the wallet will pay: bills and fee. */
  readonly totalFen: Fen
  readonly acknowledgeRecent?: boolean | undefined
}

export interface PaymentStart {
  readonly payment: Strong<Payment>
  /** Null when the payment is no longer open for paying: its state decides where to go. */
  readonly cashier: CashierInvocation | null
}

/** As long as the contract lets a hint be. */
const longestDetail = 200

const list = (city: CityId, cursor?: string | null) =>
  call({
    city,
    method: 'GET',
    path: '/payments',
    query: { cursor },
    response: vPaymentPage,
    cache: cursor ? undefined : 'own',
  })

/** A host can open one kind, and no other. */
type CashierKind = CashierInvocation['kind']

type WirePayment = Plain<Payment> & { consistency: 'strong' }
type WireStart = { payment: WirePayment; cashier?: CashierInvocation | { kind: Unlisted } | undefined }

const checkPayment = (wire: WirePayment) => {
  if (!totalAddsUp(wire)) return 'bills and fee are not the amount'
  return refundedAddsUp(wire) ? null : 'more went back than was paid'
}

/** No cashier for a payment in a state that this version does not know: it is being checked, like an unknown one. */
const cashierIn = ({ payment, cashier }: WireStart) => (payment.state === 'unlisted' ? undefined : cashier)

const checkStart = (cashierKind: CashierKind, shown?: Agreed) => (start: WireStart) => {
  const { payment: wire } = start
  const cashier = cashierIn(start)
  const payment = branded<Payment>(wire)
  const problem = cashier && cashierProblem(payment, cashier.kind, cashierKind)
  if (problem) return `a cashier that may not be opened: ${problem}`
  if (cashier && shown && !isAsAgreed(payment, shown)) return 'a cashier for something else than was shown'
  return checkPayment(wire)
}

/** A live payment of any of the bills is given back in place of a second one; a payment of none of them is a mistake. */
const checkCreated =
  (cashierKind: CashierKind, { bills }: PaymentRequest) =>
  (wire: WireStart) =>
    bills.some(({ billId }) => wire.payment.bills.some((bill) => bill.billId === billId))
      ? checkStart(cashierKind)(wire)
      : 'a payment of other bills'

/** `checkStart` lets no cashier of another kind through. */
const asStart = (start: WireStart): PaymentStart => {
  const cashier = cashierIn(start)
  return {
    payment: strong(branded<Payment>(start.payment), start.payment.consistency),
    cashier: cashier === undefined || cashier.kind === 'unlisted' ? null : cashier,
  }
}

/** Payments (支付) and their cashier (收银台). */
export type Payments = ReturnType<typeof paymentsOf>

export function paymentsOf(client: Client, cashierKind: CashierKind) {
  const requestPayment = async (call: Omit<Call<WirePayment>, 'response' | 'check'>): Promise<Strong<Payment>> => {
    const wire = await client.request<WirePayment>({ ...call, response: vPayment, check: checkPayment })
    return strong(branded<Payment>(wire), wire.consistency)
  }
  const requestStart = async (call: Omit<Call<WireStart>, 'response' | 'method'>): Promise<PaymentStart> =>
    asStart(await client.request<WireStart>({ ...call, method: 'POST', response: vPaymentStart }))

  return {
    /**
     * Starts paying, once: a live payment of any of these bills is given back instead of a second one, so read its bills and
     * amount, not the request's. The same request and key again, after a lost response or a restart, gives the same payment.
     * Refused with `bill-changed` (with `bills` as they are now), `recently-paid` (with `paidAt`; set `acknowledgeRecent` in a
     * new request with a new key), `bill-settled`, `bill-not-payable`, `city-read-only`, `wrong-city`.
     */
    create: (city: CityId, request: PaymentRequest, key: IdempotencyKey) =>
      requestStart({
        city,
        path: '/payments',
        body: { cityId: city, ...request, cashier: cashierKind },
        key,
        echo: { 'payment.idempotencyKey': key },
        check: checkCreated(cashierKind, request),
      }),

    /** From the source of truth. The only read that may declare success. */
    get: (city: CityId, payment: PaymentId) =>
      requestPayment({
        city,
        method: 'GET',
        path: pathOf('payments', payment),
        echo: { id: payment },
        isPayment: true,
      }),

    /** The payment that `create` with this key made or gave, after a lost response; `not-found` when it was never carried out. */
    find: (city: CityId, key: IdempotencyKey) =>
      requestPayment({
        city,
        method: 'GET',
        path: pathOf('payments', 'by-key', key),
        echo: { idempotencyKey: key },
        isPayment: true,
      }),

    /** Newest first, and maybe old. */
    list: async (city: CityId, cursor?: string | null): Promise<Eventual<Page<PaymentSummary>>> =>
      eventual(pageOf<PaymentSummary>(await client.request(list(city, cursor)))),

    /** The first page, as it was. */
    cachedList: (city: CityId): Cached<Eventual<Page<PaymentSummary>>> | null =>
      mapCached(client.cached(list(city)), (wire) => eventual(pageOf<PaymentSummary>(wire))),

    /**
     * The same payment's cashier again, for what was `shown` of it. Refused with `payment-not-open` once money may have moved:
     * read the payment then.
     */
    openCashier: (city: CityId, payment: PaymentId, key: IdempotencyKey, shown?: Agreed) =>
      requestStart({
        city,
        path: pathOf('payments', payment, 'cashier'),
        key,
        echo: { 'payment.id': payment },
        check: checkStart(cashierKind, shown),
      }),

    /** Reports the cashier's result, a hint; the city asks the cashier itself and returns where the payment stands. */
    reportCashierResult: (city: CityId, payment: PaymentId, { outcome, detail }: CashierResult, key: IdempotencyKey) =>
      requestPayment({
        city,
        method: 'POST',
        path: pathOf('payments', payment, 'cashier-answers'),
        body: { outcome, detail: detail.slice(0, longestDetail) },
        key,
        echo: { id: payment },
      }),

    /**
     * Asks for the money of one of its bills back, paid to the wrong account; asking twice is one recall. Only where the manifest has
     * `recalls`. Refused with `not-recallable` where it is on its way back already: read the payment then.
     */
    recall: (city: CityId, payment: PaymentId, bill: BillId, key: IdempotencyKey) =>
      requestPayment({
        city,
        method: 'POST',
        path: pathOf('payments', payment, 'recalls'),
        body: { billId: bill },
        key,
        echo: { id: payment },
        isPayment: true,
      }),

    /** Gives a payment up. The response decides: it may be `paid`, when money has moved. */
    close: (city: CityId, payment: PaymentId, key: IdempotencyKey) =>
      requestPayment({
        city,
        method: 'POST',
        path: pathOf('payments', payment, 'closing'),
        key,
        echo: { id: payment },
      }),
  }
}
