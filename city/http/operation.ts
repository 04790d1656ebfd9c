import type { Kysely, Transaction } from 'kysely'
import type { City } from '../catalogue'
import type { Database } from '../database/database'
import type { Tables } from '../database/tables'
import { sha256 } from '../ids'
import type { Service } from '../service'
import { instant, type Language } from '../words'
import { problem } from './problem'
/** What a handler knows of the request's surroundings. */
export type Context = {
  database: Database
  /** Outside of `creating`, for reading; to write, `context.database.transaction((trx) => …)`. */
  db: Kysely<Tables>
  city: City
  cityId: string
  /** The signed-in citizen; throws `unauthenticated` where the operation is public and nobody is signed in. */
  readonly citizenId: string
  /** Set where somebody reads for the giver of a grant, who then is `citizenId`. */
  isActing?: true
  /** The bearer token; empty without one. */
  token: string
  language: Language
  /** Whether the app can ask its citizen for what an act needs, and send the call again. */
  canAsk(what: 'consents'): boolean
  /** The city's clock; the control API moves it. Deadlines never use any other. */
  now(): Date
  requestId: string
  /** Of the device that calls, as far as the network tells. */
  address: string
  service: Service
}

/** A validated call, typed by the operation's `…Data` of the contract. */
export type Call<Data extends OperationData> = {
  path: Exclude<Data['path'], undefined>
  query: NonNullable<Data['query']>
  body: Data['body']
  /** The Idempotency-Key; empty where the operation has none. */
  key: string
}
type OperationData = { path?: unknown; query?: unknown; body?: unknown }

/** One of the operation's answers of the contract, by status. */
export type AnswerOf<Responses> = {
  [Status in keyof Responses]: Responses[Status] extends void
    ? { status: Status; body?: undefined }
    : { status: Status; body: Responses[Status] }
}[keyof Responses]

export type RawCall = { path: unknown; query: unknown; body: unknown; key: string }
export type RawAnswer = { status: number; body?: unknown }
export type Handler = (call: RawCall, context: Context) => Promise<RawAnswer>
export type Handlers = Record<string, Handler>

const raw = (answer: { status: PropertyKey; body?: unknown }): RawAnswer => ({
  status: Number(answer.status),
  ...(answer.body === undefined ? {} : { body: answer.body }),
})

/** A handler of one operation: the request has been validated by the contract, the answer will be. */
export const operation =
  <Data extends OperationData, Responses>(
    handle: (call: Call<Data>, context: Context) => Promise<AnswerOf<Responses>>,
  ): Handler =>
  async (call, context) =>
    raw((await handle(call as Call<Data>, context)) as { status: PropertyKey; body?: unknown })

/**
 * A handler with an Idempotency-Key whose whole work is one transaction. The key is inserted first, so a second call with it waits
 * for the first to commit and gives its answer again (with `serverTime` of now). A problem rolls the key back as well.
 * `again` may give the stored answer's resource as it is now instead.
 */
export const creating =
  <Data extends OperationData, Responses>(
    name: string,
    handle: (call: Call<Data>, context: Context, trx: Transaction<Tables>) => Promise<AnswerOf<Responses>>,
    again?: (first: RawAnswer, context: Context, trx: Transaction<Tables>, key: string) => Promise<RawAnswer>,
  ): Handler =>
  (call, context) =>
    context.database.transaction(async (trx) => {
      const row = {
        city_id: context.cityId,
        citizen_id: context.citizenId,
        key: call.key,
        request_hash: sha256(stable([name, call.path, call.body])),
        created_at: context.now(),
      }
      const inserted = await trx
        .insertInto('idempotency_keys')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (!inserted.numInsertedOrUpdatedRows) {
        const first = await trx
          .selectFrom('idempotency_keys')
          .selectAll()
          .where('city_id', '=', row.city_id)
          .where('citizen_id', '=', row.citizen_id)
          .where('key', '=', row.key)
          .executeTakeFirstOrThrow()
        if (first.request_hash !== row.request_hash) throw problem('idempotency-conflict')
        const answer = { status: first.status ?? 200, body: atServerTime(first.answer, instant(context.now())) }
        return again ? again(answer, context, trx, call.key) : answer
      }
      const answer = raw((await handle(call as Call<Data>, context, trx)) as { status: PropertyKey; body?: unknown })
      await trx
        .updateTable('idempotency_keys')
        .set({
          status: answer.status,
          answer: JSON.stringify(answer.body ?? null),
          ...(name === 'createPayment' ? { payment_id: paymentIdIn(answer.body) } : {}),
        })
        .where('city_id', '=', row.city_id)
        .where('citizen_id', '=', row.citizen_id)
        .where('key', '=', row.key)
        .execute()
      return answer
    })

/** The id in an answer that begins a payment; empty in any other. */
export function paymentIdIn(body: unknown): string {
  const payment = typeof body === 'object' && body !== null && 'payment' in body ? body.payment : null
  return typeof payment === 'object' && payment !== null && 'id' in payment ? String(payment.id) : ''
}

/** Checked by everything that pays or books: a city in maintenance is for looking only. */
export function refuseWhenReadOnly(context: Context): void {
  if (context.city.mode === 'read-only') throw problem('city-read-only', { retryAfterSeconds: 3600 })
}

/** JSON with sorted keys, so that equal requests hash equally. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${stable(each)}`)
    .join(',')}}`
}

/** A repeated answer must not carry the old server time: the client sets its clock by it. */
function atServerTime(value: unknown, now: string): unknown {
  if (Array.isArray(value)) return value.map((each) => atServerTime(each, now))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === 'serverTime' ? now : atServerTime(each, now)]),
  )
}
