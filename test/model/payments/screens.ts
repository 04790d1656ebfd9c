import { asId, type PaymentId } from '@/domain/ids'
import type { PaymentState } from '@/domain/payment'
import type { PaymentView } from '@/domain/payment-page'
import type { Real } from './commands'
import type { Phone } from './phone'
import { lookAtBooks, mayTake, type PaymentTruth } from './truth'

/** Opens every page that this phone can open, and holds what it says and offers against the tables. */
export async function checkScreens(real: Real, phone: Phone): Promise<void> {
  await lookAtBooks(real)
  if (phone.isInCashier) return
  const shown: PaymentView[] = []
  for (const id of phone.known) {
    const page = await phone.quietly(() => phone.look(id))
    if (page) shown.push(page)
  }
  const payable: string[] = []
  // A bill without any payment is trivially free.
  const begun = new Set([...real.truth.payments.values()].flatMap(({ bills }) => bills.map(({ billId }) => billId)))
  for (const id of real.household.billIds.filter((billId) => begun.has(billId))) {
    const step = await phone.quietly(() => phone.offerFor(id))
    if (step?.kind === 'see-payment') phone.known.add(step.payment)
    if (step?.kind === 'pay' || step?.kind === 'top-up') payable.push(id)
  }
  await lookAtBooks(real)
  for (const page of shown) {
    const truth = real.truth.payments.get(page.payment.id)
    const wrong = truth ? wrongWith(page, truth, real) : ['a payment that is not there']
    real.broken.push(...wrong.map((what) => `${phone.name} at ${page.payment.id}: ${what}`))
  }
  for (const billId of payable) {
    const others = [...real.truth.payments.values()].filter(
      (payment) => mayTake(payment) && payment.bills.some((bill) => bill.billId === billId),
    )
    const goingBack = [...real.truth.payments.values()].filter(
      ({ id, state, bills }) =>
        state === 'refunding' &&
        phone.known.has(asId<PaymentId>(id)) &&
        bills.some((bill) => bill.billId === billId && bill.outcome === 'not-credited'),
    )
    for (const { id, state } of others.concat(goingBack))
      real.broken.push(`${phone.name} offers to pay ${billId} while ${id} is ${state}`)
  }
}

const moving: readonly PaymentState[] = ['cashier-open', 'unknown', 'closing', 'paid', 'refunding']

/** Where a page says or offers something else than what the city and the vendor know. */
function wrongWith(
  { payment, shown: state, actions, polls }: PaymentView,
  truth: PaymentTruth,
  { city, forced }: Real,
): string[] {
  const found: string[] = []
  const isWaiting = truth.state === 'created' || truth.state === 'cashier-open'
  const isSame = state === truth.state || (isWaiting && (state === 'unknown' || state === 'cashier-open'))
  if (!isSame) found.push(`says ${state}, the city ${truth.state}`)
  const read = [payment.state, payment.version, payment.amountFen, payment.refundedFen, payment.receiptId ?? null]
  const known = [truth.state, truth.version, truth.amountFen, truth.refundedFen, truth.receiptId]
  if (JSON.stringify(read) !== JSON.stringify(known)) found.push(`read ${read}, the city has ${known}`)
  for (const [at, bill] of payment.bills.entries()) {
    const other = truth.bills[at]
    if (bill.outcome !== other?.outcome || bill.amountFen !== other.amountFen)
      found.push(`bill ${at} is ${bill.outcome}`)
  }
  const tookMoney = truth.vendorState === 'SUCCESS'
  if ((state === 'paid' || state === 'credited') && truth.tookFen !== truth.amountFen)
    found.push(`${state} without money`)
  if (moving.includes(truth.state) && !polls) found.push(`does not go on asking while it is ${truth.state}`)
  if (actions.includes('pay-again')) {
    const isBack = truth.state === 'refunded'
    if (mayTake(truth)) found.push('offers to pay again, and this one may take money')
    // A vendor that takes money for a closed order breaks its own rules; the city learns of it from its letter.
    if (tookMoney && !isBack && !forced.has(truth.reference)) found.push('offers to pay again, and this one took money')
  }
  if (actions.includes('pay') || actions.includes('continue-cashier')) {
    if (!isWaiting) found.push(`offers its cashier while it is ${truth.state}`)
    const cityCanKnow = !city.sandbox.world.faults.isOn('unknown-result', { cityId: city.id })
    if (tookMoney && cityCanKnow) found.push('offers its cashier after it took money')
  }
  return found
}
