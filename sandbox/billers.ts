import type { Database } from '../city/database/database'
import type { Billers } from '../city/ports'
import { addDays, dayOf, momentOf, timeOf } from '../city/words'
import { bookCredit, findInBook, giveUp, readBook } from './biller-books'
import type { SandboxClock } from './clock'
import type { Faults } from './faults'
import { growFines } from './fines'
import { accountSeeds, fullNumber } from './seed/accounts'
import { cities } from './seed/cities'
import type { Shared } from './shared'

export type SimulatedBillers = Billers & {
  /** Has the biller decide about a payment now, whatever holds it up. */
  hurry(reference: string): void
  /** What it does when asked about a number from now on. */
  answer(number: string, answer: LookUp): void
}
type Question = Parameters<Billers['lookUp']>[0]
type LookUp = 'answers' | 'not-answering' | 'no-account'

const isLookUp = (text: string | undefined): text is LookUp =>
  text === 'answers' || text === 'not-answering' || text === 'no-account'

/** Billers that know the seeded numbers, and what the faults make of them. */
export function createBillers(
  database: Database,
  clock: SandboxClock,
  faults: Faults,
  shared: Shared,
  /** Billers know everybody as the holder of everything. */
  isAnybodyHolder: boolean,
): SimulatedBillers {
  /** Hurried once: the wish is gone with this. */
  const isHurried = (reference: string) => {
    const isWanted = shared.get(`credit-now/${reference}`) !== undefined
    shared.set(`credit-now/${reference}`, undefined)
    return isWanted
  }

  /** Some numbers are found, and are silent or gone once the person has bound them. */
  async function willAnswer({ cityId, billerId, number, person }: Question): Promise<LookUp> {
    const set = shared.get(`answer/${number}`)
    if (isLookUp(set)) return set
    const city = cities.find(({ id }) => id === cityId)
    const seeds = accountSeeds[cityId] ?? []
    const seed = city && seeds.find((each) => each.biller === billerId && fullNumber(city, each) === number)
    if (seed?.lookup === undefined) return 'answers'
    const bound = await database.db
      .selectFrom('accounts as a')
      .innerJoin('citizens as c', (join) =>
        join.onRef('c.city_id', '=', 'a.city_id').onRef('c.id', '=', 'a.citizen_id'),
      )
      .select('a.id')
      .where('a.city_id', '=', cityId)
      .where('a.number', '=', number)
      .where('c.name', '=', person.name)
      .where('c.phone', '=', person.phone)
      .executeTakeFirst()
    if (bound === undefined) return 'answers'
    return seed.lookup === 'silent' ? 'not-answering' : 'no-account'
  }

  return {
    closedUntil: async ({ cityId }) =>
      (await faults.take('biller-closed', { cityId })) ? nextMorning(clock.now()) : null,
    async lookUp(question) {
      const isSilent = (await faults.take('biller-not-answering', question)) !== null
      const answer = await willAnswer(question)
      if (isSilent || answer === 'not-answering') throw new Error(`${question.billerId} is not responding`)
      if (answer === 'no-account') return null
      await growFines(database, question, clock.now())
      return readBook(database.db, question, isAnybodyHolder)
    },
    async find(question) {
      const isSilent = (await faults.take('biller-not-answering', question)) !== null
      if (isSilent || (await willAnswer(question)) === 'not-answering')
        throw new Error(`${question.billerId} is not responding`)
      await growFines(database, question, clock.now())
      return findInBook(database.db, question, isAnybodyHolder)
    },
    async credit(request) {
      const { cityId, reference, bills } = request
      if (faults.isOn('paid-not-credited', { cityId }) && !isHurried(reference)) return bills.map(() => 'open')
      const refusesLast = (await faults.take('credit-refused', { cityId })) !== null
      return bookCredit(database, request, clock.now(), (index) => refusesLast && index === bills.length - 1)
    },
    async recall(bill) {
      const { cityId } = bill
      if (faults.isOn('recall-undecided', { cityId })) return { decision: 'open' }
      const declines = (await faults.take('recall-declined', { cityId })) !== null
      return (await giveUp(database, bill, clock.now(), declines))
        ? { decision: 'agreed' }
        : { decision: 'declined', reason: keptWhy }
    },
    async paper({ cityId }) {
      if (faults.isOn('ebill-silent', { cityId })) throw new Error('no answer about a paper')
      return faults.isOn('ebill-failed', { cityId }) ? 'failed' : 'issued'
    },
    hurry: (reference) => shared.set(`credit-now/${reference}`, 'yes'),
    answer: (number, answer) => shared.set(`answer/${number}`, answer),
  }
}

const keptWhy = {
  zh: '户主已确认这笔缴费，请与对方协商退还。',
  en: 'The account holder has confirmed this payment. Please settle it with them.',
}

function nextMorning(now: Date): Date {
  const today = dayOf(now)
  return momentOf(timeOf(now) < '07:00' ? today : addDays(today, 1), '07:00')
}
