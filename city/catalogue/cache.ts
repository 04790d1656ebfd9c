import type { Database } from '../database/database'
import { problem } from '../http/problem'
import type { Log } from '../log'
import type { Catalogue, City } from '.'
import { problemWith, readCities } from './rows'

/** How old what an instance knows of its cities becomes before it is read anew, and how old at most. */
const AGE_MS = 5000
const OLDEST_MS = 10 * 60_000

/** What an instance knows of its cities. Empty before the first `refresh`. */
export function createCatalogue({ db }: Pick<Database, 'db'>, log: Pick<Log, 'error'>): Catalogue {
  let known: City[] = []
  let readAt = 0
  let triedAt = 0
  let reading: Promise<void> | null = null
  let reported = ''

  async function read(): Promise<void> {
    const from = Date.now()
    triedAt = from
    const wrong: { city: string; why: string }[] = []
    const cities = (await readCities(db)).flatMap((city) => {
      const why = problemWith(city)
      if (why === null) return city
      wrong.push({ city: city.id, why })
      return known.find(({ id }) => id === city.id) ?? []
    })
    known = cities
    readAt = from
    // Once, not every few seconds.
    const text = JSON.stringify(wrong)
    if (text !== reported)
      for (const each of wrong) log.error(each, 'the rows of a city make no sense: it stays as it was')
    reported = text
  }

  async function refresh(ageMs = 0): Promise<void> {
    if (Date.now() - readAt < ageMs) return
    // What was begun before may have missed what the caller has just written.
    if (ageMs === 0) await reading?.catch(() => undefined)
    reading ??= read().finally(() => {
      reading = null
    })
    await reading
  }

  return {
    get cities() {
      if (readAt > 0 && Date.now() - triedAt > AGE_MS)
        void refresh().catch((err: unknown) => log.error({ err }, 'cities are not read'))
      if (readAt > 0 && Date.now() - readAt > OLDEST_MS) throw problem('unavailable')
      return known
    },
    refresh,
  }
}
