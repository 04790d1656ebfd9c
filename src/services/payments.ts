import { type Eventual, eventual, type Strong, strong } from '@/domain/consistency'
import type { BillId, CityId, IdempotencyKey, PaymentId } from '@/domain/ids'
import type { Fen } from '@/domain/money'
import { type Agreed, cashierProblem, isAsAgreed, type Payment, type PaymentSummary } from '@/domain/payment'
import { refundedAddsUp, totalAddsUp } from '@/domain/sums'
import type { Unlisted } from '@/domain/unlisted'
import type { CashierInvocation, CashierResult } from '@/platform/types'
import { vPayment, vPaymentPage, vPaymentStart } from '../../contract/wire/valibot.gen'
import { branded, type Plain } from './branded'
import { call, pathOf } from './call'
import { type Cached, type Client, mapCached } from './client'
import { type Page, pageOf } from './page'

/** Payments (支付) and their cashier (收银台). */
export interface Payments {
  /**
   * Starts paying, once: a live payment of any of these bills is given back instead of a second one, so read its bills and
   * amount, not yours. The same order and key again, after a lost answer or a restart, gives the same payment.
   * Refused with `bill-changed` (with `bills` as they are now), `recently-paid` (with `paidAt`; say `acknowledgeRecent` in a
   * new order with a new key), `bill-settled`, `bill-not-payable`, `city-read-only`, `wrong-city`.
   */
  create(city: CityId, order: PaymentRequest, key: IdempotencyKey): Promise<PaymentStart>
  /** From the source of truth. The only read that may declare success. */
  get(city: CityId, payment: PaymentId): Promise<Strong<Payment>>
  /** The payment that `create` with this key made or gave, after a lost answer; `not-found` when no such call was carried out. */
  find(city: CityId, key: IdempotencyKey): Promise<Strong<Payment>>
  /** Newest first, and maybe old. */
  list(city: CityId, cursor?: string | null): Promise<Eventual<Page<PaymentSummary>>>
  /** The first page, as it was. */
  keptList(city: CityId): Cached<Eventual<Page<PaymentSummary>>> | null
  /**
   * The same payment's cashier again, for what was `shown` of it. Refused with `payment-not-open` once money may have moved:
   * read the payment then.
   */
  openCashier(city: CityId, payment: PaymentId, key: IdempotencyKey, shown?: Agreed): Promise<PaymentStart>
  /** Reports the cashier's result, a hint; the city asks the cashier itself and says where the payment stands. */
  reportCashierResult(
    city: CityId,
    payment: PaymentId,
    cashierResult: CashierResult,
    key: IdempotencyKey,
  ): Promise<Strong<Payment>>
  /** Gives up a payment. The answer decides: it may say `paid`, when money moved meanwhile. */
  close(city: CityId, payment: PaymentId, key: IdempotencyKey): Promise<Strong<Payment>>
}

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
  /** Null when the payment is no longer open for paying: go where its state says. */
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
    keep: cursor ? undefined : 'own',
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

/** A live payment of any of the bills is given back in place of a second one; of none of them it answers something else. */
const checkCreated =
  (cashierKind: CashierKind, { bills }: PaymentRequest) =>
  (wire: WireStart) =>
    bills.some(({ billId }) => wire.payment.bills.some((bill) => bill.billId === billId))
      ? checkStart(cashierKind)(wire)
      : 'a payment of other bills'

const asPayment = (wire: WirePayment): Strong<Payment> => strong(branded<Payment>(wire), wire.consistency)

/** `checkStart` lets no cashier of another kind through. */
const asStart = (start: WireStart): PaymentStart => {
  const cashier = cashierIn(start)
  return {
    payment: asPayment(start.payment),
    cashier: cashier === undefined || cashier.kind === 'unlisted' ? null : cashier,
  }
}

/** The calls, made of a client's. */
export const paymentsOf = (client: Client, cashierKind: CashierKind): Payments => ({
  create: async (city, order, key) =>
    asStart(
      await client.request({
        city,
        method: 'POST',
        path: '/payments',
        body: { cityId: city, ...order, cashier: cashierKind },
        key,
        response: vPaymentStart,
        echo: { 'payment.idempotencyKey': key },
        check: checkCreated(cashierKind, order),
      }),
    ),
  get: async (city, payment) =>
    asPayment(
      await client.request({
        city,
        method: 'GET',
        path: pathOf('payments', payment),
        response: vPayment,
        echo: { id: payment },
        check: checkPayment,
        isPayment: true,
      }),
    ),
  find: async (city, key) =>
    asPayment(
      await client.request({
        city,
        method: 'GET',
        path: pathOf('payments', 'by-key', key),
        response: vPayment,
        echo: { idempotencyKey: key },
        check: checkPayment,
        isPayment: true,
      }),
    ),
  list: async (city, cursor) => eventual(pageOf<PaymentSummary>(await client.request(list(city, cursor)))),
  keptList: (city) => mapCached(client.cached(list(city)), (wire) => eventual(pageOf<PaymentSummary>(wire))),
  openCashier: async (city, payment, key, shown) =>
    asStart(
      await client.request({
        city,
        method: 'POST',
        path: pathOf('payments', payment, 'cashier'),
        key,
        response: vPaymentStart,
        echo: { 'payment.id': payment },
        check: checkStart(cashierKind, shown),
      }),
    ),
  reportCashierResult: async (city, payment, { outcome, detail }, key) =>
    asPayment(
      await client.request({
        city,
        method: 'POST',
        path: pathOf('payments', payment, 'cashier-answers'),
        body: { outcome, detail: detail.slice(0, longestDetail) },
        key,
        response: vPayment,
        echo: { id: payment },
        check: checkPayment,
      }),
    ),
  close: async (city, payment, key) =>
    asPayment(
      await client.request({
        city,
        method: 'POST',
        path: pathOf('payments', payment, 'closing'),
        key,
        response: vPayment,
        echo: { id: payment },
        check: checkPayment,
      }),
    ),
})
