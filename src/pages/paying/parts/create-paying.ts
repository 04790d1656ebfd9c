import {
  type BillSelection,
  type CheckoutBills,
  type CreateResult,
  checkoutLineOf,
  draftOf,
  intentToResume,
  isPaymentOf,
  type PaymentDraft,
  requestOf,
} from '@/domain/checkout'
import type { Strong } from '@/domain/consistency'
import type { AccountId, CityId, PaymentId } from '@/domain/ids'
import { type Intent, intentFor, intentsSettledBy, openIntentOf, openIntentsOfBills } from '@/domain/journal'
import type { Payment } from '@/domain/payment'
import { instantOf } from '@/domain/time'
import type { CashierInvocation, Platform } from '@/platform/types'
import type { Services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import type { PaymentStart } from '@/services/payments'
import type { Stores } from '@/stores/create-stores'

interface Options {
  readonly services: Pick<Services, 'bills' | 'accounts' | 'manifest' | 'payments' | 'newIdempotencyKey' | 'serverNow'>
  readonly stores: Pick<Stores, 'city' | 'journal' | 'reconciler'>
  readonly platform: Pick<Platform, 'pay'>
}

/** The effects of paying; what they mean is decided in `domain/`. */
export type Paying = ReturnType<typeof createPaying>

/** Hosts send ten requests at a time and refuse or queue the rest. */
const atOnce = 6

async function readInBatches<A, B>(things: readonly A[], read: (thing: A) => Promise<B>): Promise<B[]> {
  const all: B[] = []
  for (let index = 0; index < things.length; index += atOnce)
    all.push(...(await Promise.all(things.slice(index, index + atOnce).map(read))))
  return all
}

/** Built on given services, stores and host, so that tests run the same code as the app. */
export function createPaying({ services, stores, platform }: Options) {
  const journal = () => stores.journal.getState()

  /** Bills from their billers, accounts and manifest, all as they are now. */
  async function readBills(city: CityId, selection: readonly BillSelection[]): Promise<CheckoutBills> {
    const [bills, manifest] = await Promise.all([
      readInBatches(selection, ({ bill }) => services.bills.get(city, bill)),
      services.manifest.get(city),
    ])
    const ids = Array.from(new Set<AccountId>(bills.map(({ accountId }) => accountId)))
    const accounts = await readInBatches(ids, (id) => services.accounts.get(city, id))
    const lines = bills.flatMap((bill, index) => {
      const account = accounts.find(({ id }) => id === bill.accountId)
      const selected = selection[index]
      return account && selected ? [checkoutLineOf(bill, account, manifest, selected)] : []
    })
    return { lines, manifest }
  }

  /** Asks again about the open intents of these bills, before anything else is offered. Never rejects. */
  async function settleEarlier(city: CityId, selection: readonly BillSelection[]): Promise<void> {
    const open = openIntentsOfBills(
      journal().intents,
      city,
      selection.map(({ bill }) => bill),
    )
    await Promise.all(open.map(({ key }) => stores.reconciler.reconcileOne(key)))
  }

  /** Adds to what is stored of an intent by now. False: it could not be stored. */
  const note = (intent: Intent, more: Partial<Intent>): boolean => {
    const stored = journal().intents.find(({ key }) => key === intent.key)
    return journal().write({ ...intent, ...stored, ...more })
  }

  /**
   * Opens a cashier and reports its result to the city. The journal holds the payment before the cashier opens, and the
   * result before the city gets it: the app may be killed at any of these points. The result is a hint only. Resolves to
   * the payment as the server has it then, or null when the server could not be asked. Never rejects; lasts as long as the
   * cashier.
   */
  async function throughCashier(
    intent: Intent,
    payment: Strong<Payment>,
    invocation: CashierInvocation,
  ): Promise<Strong<Payment> | null> {
    // What was read before the cashier closed says nothing about the money, so it is dropped.
    note(intent, { paymentId: payment.id, state: undefined, cashier: 'none' })
    const cashierResult = await platform.pay(invocation)
    note(intent, { state: undefined, cashier: cashierResult.outcome })
    const { cityId, key } = intent
    try {
      const now = await services.payments.reportCashierResult(
        cityId,
        payment.id,
        cashierResult,
        services.newIdempotencyKey(),
      )
      journal().settle(key, now, services.serverNow(cityId))
      return now
    } catch {
      // The city asks the cashier by itself too; whoever shows the payment reads what it found.
      return null
    }
  }

  /**
   * Creates the payment of a draft and opens its cashier: journal first, then the city, then the cashier. Never rejects.
   * `onCashier` is called as the cashier opens.
   */
  async function createPayment(
    draft: PaymentDraft,
    onCashier: (payment: PaymentId) => void,
    isRetry = false,
  ): Promise<CreateResult<ServiceError>> {
    const now = () => services.serverNow(draft.city)
    const intent = intentToResume(journal().intents, draft) ?? {
      key: services.newIdempotencyKey(),
      ...requestOf(draft),
      createdAt: instantOf(now()),
    }
    if (!journal().write(intent) && !draft.acceptsNoJournal) {
      journal().drop(intent.key, now())
      return notCreated({ question: { kind: 'no-room', draft: { ...draft, acceptsNoJournal: true } } })
    }
    let start: PaymentStart
    try {
      const { bills, amountFen: totalFen, acknowledgeRecent } = intent
      start = await services.payments.create(draft.city, { bills, totalFen, acknowledgeRecent }, intent.key)
    } catch (thrown) {
      const error = asServiceError(thrown)
      // The key was sent before with another request; a new one is safe, because a live payment would be given back.
      if (error.code === 'idempotency-conflict' && !isRetry) {
        journal().drop(intent.key, now())
        return createPayment(draft, onCashier, true)
      }
      return afterError(error, draft, intent)
    }
    const { payment, cashier } = start
    if (cashier !== null && isPaymentOf(payment, draft)) {
      onCashier(payment.id)
      await throughCashier(intent, payment, cashier)
    } else {
      journal().settle(intent.key, payment, now())
    }
    return { kind: 'created', payment: payment.id }
  }

  /** Where the city refused, the intent has ended; where nobody knows, it goes on with its key. */
  async function afterError(
    problem: ServiceError,
    draft: PaymentDraft,
    intent: Intent,
  ): Promise<CreateResult<ServiceError>> {
    // Nobody agreed to this response. There may be a payment all the same: the intent's key finds it.
    if (problem.kind === 'contract-broken') return findPayment(problem, intent)
    const isDefinite = problem.kind === 'refused' || problem.kind === 'signed-out' || problem.kind === 'no-city'
    if (!isDefinite) return notCreated({ problem })
    journal().drop(intent.key, services.serverNow(intent.cityId))
    if (problem.code === 'bill-changed') return afterChange(problem, draft)
    if (problem.code !== 'recently-paid') return notCreated({ problem, isOutdated: true })
    const knowing = { ...draft, acknowledgeRecent: true }
    return notCreated({ question: { kind: 'recent', paidAt: problem.paidAt ?? null, draft: knowing } })
  }

  async function findPayment(problem: ServiceError, intent: Intent): Promise<CreateResult<ServiceError>> {
    try {
      const payment = await services.payments.find(intent.cityId, intent.key)
      journal().settle(intent.key, payment, services.serverNow(intent.cityId))
      return { kind: 'created', payment: payment.id }
    } catch {
      return notCreated({ problem })
    }
  }

  /** Bills or fees changed and nothing was charged: the citizen must agree to what they are now. */
  async function afterChange(problem: ServiceError, before: PaymentDraft): Promise<CreateResult<ServiceError>> {
    const selection = before.lines.map(({ bill, amountFen, isChosen }) =>
      isChosen ? { bill: bill.id, amountFen } : { bill: bill.id },
    )
    try {
      const { lines, totalFen } = draftOf(before.city, await readBills(before.city, selection))
      if (lines.length === 0) return notCreated({ problem, isOutdated: true })
      const draft = { ...before, lines, totalFen }
      return notCreated({ question: { kind: 'changed', before, draft }, isOutdated: true })
    } catch {
      return notCreated({ problem, isOutdated: true })
    }
  }

  /** Stores the intent of a payment that is paid now. Null: it could not be stored, and `acceptsNoJournal` is false. */
  function noteIntent(payment: Strong<Payment>, acceptsNoJournal: boolean): Intent | null {
    const intent =
      openIntentOf(journal().intents, payment.cityId, payment.id) ??
      intentFor(payment, services.newIdempotencyKey(), services.serverNow(payment.cityId))
    return journal().write(intent) || acceptsNoJournal ? intent : null
  }

  /** Settles the intents that this read is about. */
  function settle(payment: Strong<Payment>): void {
    for (const { key } of intentsSettledBy(journal().intents, payment))
      journal().settle(key, payment, services.serverNow(payment.cityId))
  }

  return { services, stores, readBills, settleEarlier, createPayment, throughCashier, noteIntent, settle }
}

const notCreated = (some: Partial<Extract<CreateResult<ServiceError>, { kind: 'not-created' }>>) => ({
  kind: 'not-created' as const,
  question: null,
  problem: null,
  isOutdated: false,
  ...some,
})
