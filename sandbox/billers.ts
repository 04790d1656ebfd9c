import type { Billers } from '../city/ports'
import { addDays, dayOf, momentOf, timeOf } from '../city/words'
import type { SandboxClock } from './clock'
import type { Faults } from './faults'
import { accountSeeds, fullNumber } from './seed/accounts'
import { cities } from './seed/cities'
import type { Shared } from './shared'

export type SimulatedBillers = Billers & {
  /** Has the biller decide about a payment now, whatever holds it up. */
  hurry(reference: string): void
  /** What it says of a number from now on. */
  answer(number: string, answer: LookUp): void
}
type LookUp = ReturnType<Billers['lookUp']>

const isLookUp = (text: string | undefined): text is LookUp =>
  text === 'answers' || text === 'not-answering' || text === 'no-account'

/** Billers that know the seeded numbers, and what the faults make of them. */
export function createBillers(clock: SandboxClock, faults: Faults, shared: Shared): SimulatedBillers {
  /** Hurried once: the wish is gone with this. */
  const isHurried = (reference: string) => {
    const isWanted = shared.get(`credit-now/${reference}`) !== undefined
    shared.set(`credit-now/${reference}`, undefined)
    return isWanted
  }
  return {
    closedUntil: ({ cityId }) => (faults.takeAtOnce('biller-closed', { cityId }) ? nextMorning(clock.now()) : null),
    isAnswering: ({ cityId }) => faults.takeAtOnce('biller-not-answering', { cityId }) === null,
    lookUp({ cityId, billerId, number }) {
      const answer = shared.get(`answer/${number}`)
      if (isLookUp(answer)) return answer
      const city = cities.find(({ id }) => id === cityId)
      const seeds = accountSeeds[cityId] ?? []
      const seed = city && seeds.find((each) => each.biller === billerId && fullNumber(city, each) === number)
      if (seed?.lookup === 'silent') return 'not-answering'
      return seed?.lookup === 'vanished' ? 'no-account' : 'answers'
    },
    credit({ cityId, reference, bills }) {
      if (faults.isOn('paid-not-credited', { cityId }) && !isHurried(reference)) return null
      const refusesLast = faults.takeAtOnce('credit-refused', { cityId }) !== null
      return Array.from({ length: bills }, (_, at) => !(refusesLast && at === bills - 1))
    },
    paper: ({ cityId }) => (faults.isOn('ebill-failed', { cityId }) ? 'failed' : 'issued'),
    hurry: (reference) => shared.set(`credit-now/${reference}`, 'yes'),
    answer: (number, answer) => shared.set(`answer/${number}`, answer),
  }
}

function nextMorning(now: Date): Date {
  const today = dayOf(now)
  return momentOf(timeOf(now) < '07:00' ? today : addDays(today, 1), '07:00')
}
