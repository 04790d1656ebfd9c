import http from 'node:http'
import { sql } from 'kysely'
import type { Due } from '../due'
import type { Gauge } from '../metrics'
import type { Service } from '../service'

/** How long the database may take to answer for an instance to count as ready. */
const READY_MS = 1000

export type Watched = { service: Service; due: Due; isStopping(): boolean }

/**
 * What those who run the city ask, on a port of its own that the public never reaches, and that answers to the last while the city's
 * port closes: `/livez` (the process turns), `/readyz` (send it calls), `/metrics` (Prometheus' text).
 */
export function createWatch(watched: Watched): http.Server {
  return http.createServer({ requestTimeout: 5000 }, (request, response) => {
    const answer = (status: number, text: string) =>
      response.writeHead(status, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text)
    const { url } = request
    if (url === '/livez') return answer(200, 'ok\n')
    if (url === '/readyz') return void whyNotReady(watched).then((why) => answer(why ? 503 : 200, `${why ?? 'ok'}\n`))
    if (url !== '/metrics') return answer(404, 'not found\n')
    gaugesOf(watched).then(
      (gauges) => answer(200, watched.service.metrics.text(gauges)),
      // Without the database there are still the figures of this process.
      () => answer(200, watched.service.metrics.text(ownGauges(watched))),
    )
  })
}

async function whyNotReady({ service, isStopping }: Watched): Promise<string | null> {
  if (isStopping()) return 'stopping'
  const { database } = service
  const answered = sql`select 1`.execute(database.db).then(
    () => null,
    () => 'the database is not responding',
  )
  const late = new Promise<string>((resolve) => {
    setTimeout(resolve, READY_MS, 'the database is not responding in time').unref()
  })
  return Promise.race([answered, late])
}

function ownGauges({ service, due }: Watched): Gauge[] {
  const pools = (['people', 'due'] as const).map((pool) => ({ pool, ...service.database.connections(pool) }))
  return [
    {
      name: 'city_pool_connections',
      help: 'Connections to the database that are used, by what for',
      values: pools.map(({ pool, open, idle }) => ({ labels: { pool }, value: open - idle })),
    },
    {
      name: 'city_pool_waiting',
      help: 'Who waits for a connection',
      values: pools.map(({ pool, waiting }) => ({ labels: { pool }, value: waiting })),
    },
    {
      name: 'city_due_running_seconds',
      help: 'Since when due work runs, by kind',
      values: due.running().map(({ name, seconds }) => ({ labels: { kind: name }, value: seconds })),
    },
  ]
}

/** By the index of what is due: what is final is never read. */
async function gaugesOf(watched: Watched): Promise<Gauge[]> {
  const { clock, database } = watched.service
  const now = clock.now()
  const rows = await database.due.db
    .selectFrom('payments')
    .select(({ fn }) => [
      'state',
      fn.countAll<number>().as('open'),
      fn.countAll<number>().filterWhere('look_at', '<=', now).as('due'),
      fn.min('look_at').as('first'),
    ])
    .where('look_at', 'is not', null)
    .groupBy('state')
    .execute()
  const waits = rows.map(({ first }) => (first === null ? 0 : (now.getTime() - first.getTime()) / 1000))
  return [
    ...ownGauges(watched),
    {
      name: 'city_open_payments',
      help: 'Payments at which something is to be done still, by state',
      values: rows.map(({ state, open }) => ({ labels: { state }, value: open })),
    },
    {
      name: 'city_due_waiting',
      help: 'Payments whose time has come',
      values: [{ value: rows.reduce((sum, { due }) => sum + due, 0) }],
    },
    {
      name: 'city_due_oldest_seconds',
      help: 'How long the first of them waits',
      values: [{ value: Math.max(0, ...waits) }],
    },
  ]
}
