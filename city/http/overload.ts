import type { Service } from '../service'
import { problem } from './problem'

/** Ten times the connections: they would wait for less than a second, and those behind them for longer than phones do. */
const MOST_WAITING = 200

/**
 * Refuses a call at once when so many wait for the database already; without it each would wait five seconds and be refused then. Not
 * @fastify/under-pressure: it looks at the process' memory and turns, and here the database is what is scarce.
 */
export function refuseWhenFull({ database, metrics }: Pick<Service, 'database' | 'metrics'>): void {
  if (database.connections('people').waiting < MOST_WAITING) return
  metrics.refused('full')
  throw problem('unavailable', { retryAfterSeconds: 2 + Math.floor(Math.random() * 4) })
}
