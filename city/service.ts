import type { Catalogue, City } from './catalogue'
import type { Database } from './database/database'
import type { Limits } from './http/limits'
import { problem } from './http/problem'
import type { Log } from './log'
import type { Metrics } from './metrics'
import type { Ports } from './ports'

/** One instance of the City Service: its database, its cities and what it reaches through others. */
export type Service = Ports & {
  database: Database
  catalogue: Catalogue
  /** Those of the catalogue. */
  readonly cities: City[]
  limits: Limits
  log: Log
  metrics: Metrics
}

/** Notes that something failed that nobody waits for: `about` names rows by their ids, never what is in them. */
export function noteFailure(
  { log, metrics }: Pick<Service, 'log' | 'metrics'>,
  due: string,
  error: unknown,
  about: Readonly<Record<string, string>> = {},
): void {
  metrics.dueFailed(due)
  log.error({ due, ...about, err: error }, 'due work failed')
}

/** @throws ProblemError `not-found` for a city that is not served here. */
export function cityOf(service: Pick<Service, 'cities'>, cityId: string): City {
  const city = service.cities.find(({ id }) => id === cityId)
  if (city === undefined) throw problem('not-found')
  return city
}
