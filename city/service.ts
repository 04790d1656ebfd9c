import type { City } from './catalogue'
import type { Database } from './database/database'
import { problem } from './http/problem'
import type { Ports } from './ports'

/** One instance of the City Service: its database, its cities and what it reaches through others. */
export type Service = Ports & {
  database: Database
  cities: City[]
  /** Says what went wrong without anybody asking, in one line without personal data. */
  report(line: string): void
}

/** @throws ProblemError `not-found` for a city that is not served here. */
export function cityOf(service: Pick<Service, 'cities'>, cityId: string): City {
  const city = service.cities.find(({ id }) => id === cityId)
  if (city === undefined) throw problem('not-found')
  return city
}
