import { canFollow } from '@/domain/payment'
import { moneyProblems } from '../../support/money-ledger'
import type { Host } from './cashier'
import { type Household, type ModelCity, newHousehold } from './city'
import type { Real } from './commands'
import { Phone } from './phone'
import { checkScreens } from './screens'
import { note, type Seen } from './seen'
import { readTruth } from './truth'

let sequence = 0

/** A household with two phones of one citizen and, in the other host, one of the spouse's. */
export async function begin(city: ModelCity, host: Host, seen: Seen): Promise<Real> {
  sequence += 1
  const household: Household = await newHousehold(city)
  const broken: string[] = []
  const other = host === 'wechat' ? 'alipay' : 'wechat'
  const phone = (name: string, on: Host, who: string) =>
    new Phone(name, on, who, city, household, (breach) => broken.push(breach), seen)
  const phones = [
    phone('first', host, `citizen${sequence}`),
    phone('second', host, `citizen${sequence}`),
    phone('spouse', other, `spouse${sequence}`),
  ]
  const truth = await readTruth(city, household.billIds)
  return { city, household, phones, broken, seen, truth, forced: new Set() }
}

/** Faults end, the post arrives, days pass, apps are launched again: then every story must have an end, the same everywhere. */
export async function heal(real: Real): Promise<void> {
  const { city, phones, household } = real
  city.sandbox.world.faults.clear()
  for (const letter of [...city.post]) if (!letter.wasRead) await city.deliver(letter)
  for (const seconds of [70, 8_000, 90_000, 30_000, 60]) {
    await city.wait(seconds)
    for (const letter of [...city.post]) if (!letter.wasRead) await city.deliver(letter)
  }
  // A refund that failed waits for a person.
  const stuck = await readTruth(city, household.billIds)
  for (const { id, state } of stuck.payments.values()) if (state === 'refunding') await city.refund(id)
  for (const phone of phones.filter(({ isBound }) => isBound)) {
    phone.isFull = false
    await phone.relaunch()
    for (const intent of phone.intents) {
      if (intent.endedAt === undefined) real.broken.push(`${phone.name} still has ${JSON.stringify(intent)}`)
      if (intent.paymentId !== undefined) phone.known.add(intent.paymentId)
    }
    await checkScreens(real, phone)
  }
  const truth = await readTruth(city, household.billIds)
  real.broken.push(...moneyProblems(truth.ledger, { atRest: true }))
  for (const { state } of truth.payments.values()) note(real.seen, `ends ${state}`)
  for (const phone of phones) {
    for (const { paymentId, state } of phone.intents) {
      const known = paymentId === undefined ? undefined : truth.payments.get(paymentId)
      // An intent that has ended is not opened again when money goes back later; the payment's page shows that.
      if (known && state !== undefined && !canFollow(state, known.state)) {
        real.broken.push(`${phone.name} has stored ${state} of ${paymentId}, which is ${known.state}`)
      }
    }
  }
  if (real.broken.length > 0) throw new Error(real.broken.join('\n'))
}
