import type { Strong } from '@/domain/consistency'
import type { CityId, IdempotencyKey, PaymentId } from '@/domain/ids'
import type { Intent } from '@/domain/journal'
import type { Payment } from '@/domain/payment'
import { platform } from '@/platform'
import type { CashierInvocation } from '@/platform/types'
import { services } from '@/services'
import { stores } from '@/stores'

/** A cashier that was left without a word: some hosts never call back. After so long on our page the city is asked. */
export const silenceMs = 3_000

/** What is written of an intent, or null. */
export const entryOf = (key: IdempotencyKey): Intent | null =>
  stores.journal.getState().intents.find((intent) => intent.key === key) ?? null

/** The open intent of a payment, or null. */
export const openIntentOf = (intents: readonly Intent[], city: CityId, payment: PaymentId): Intent | null =>
  intents.find((intent) => intent.cityId === city && intent.paymentId === payment && intent.endedAt === undefined) ??
  null

/** The open intents that a payment answers: those that name it, and those whose own answer never came. */
export const openIntentsFor = (intents: readonly Intent[], payment: Payment): Intent[] =>
  intents.filter(
    (intent) =>
      intent.endedAt === undefined &&
      intent.cityId === payment.cityId &&
      (intent.paymentId === payment.id ||
        (intent.paymentId === undefined &&
          intent.bills.every(({ billId }) => payment.bills.some((bill) => bill.billId === billId)))),
  )

/** Writes what is known of an intent over what was, so that nothing learnt meanwhile is lost. False: it is not kept. */
const note = (intent: Intent, more: Partial<Intent>): boolean =>
  stores.journal.getState().write({ ...intent, ...entryOf(intent.key), ...more })

/**
 * Opens the cashier of a payment and hands on what it said. The journal knows the payment before the cashier opens, and
 * what the cashier said before anybody is told: the app may be killed at any of these points. What the cashier said is a
 * hint only. Gives the payment as the server has it after that, or null when the server could not be asked. Never rejects;
 * stays open for as long as the cashier does.
 */
export async function throughCashier(
  intent: Intent,
  payment: Strong<Payment>,
  cashier: CashierInvocation,
): Promise<Strong<Payment> | null> {
  // What was read before the cashier closed says nothing about the money, so it is not kept.
  note(intent, { paymentId: payment.id, state: undefined, cashier: 'none' })
  const answer = await platform.pay(cashier)
  note(intent, { state: undefined, cashier: answer.outcome })
  try {
    const { cityId, key } = intent
    const told = await services.payments.reportCashierAnswer(cityId, payment.id, answer, services.newIdempotencyKey())
    stores.journal.getState().settle(key, told, services.serverNow(cityId))
    return told
  } catch {
    // The city asks the cashier by itself too; whoever shows the payment reads what it found.
    return null
  }
}
