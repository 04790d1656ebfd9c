import type * as v from 'valibot'
import type { CityId, IdempotencyKey } from '@/domain/ids'
import type { Instant, ServerClock } from '@/domain/time'
import type { HttpMethod } from '@/platform/types'

/** One call of the contract. `W` is what the validator lets through. */
export interface Call<W> {
  readonly city: CityId
  readonly method: HttpMethod
  /** Below the city's base address, parts already encoded: see `pathOf`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | boolean | null | undefined>>
  readonly body?: object | undefined
  /** Null where the contract answers without a body (204). */
  readonly answer: v.GenericSchema<unknown, W> | null
  /** Made by the caller, once for the intent; it goes out again with every repetition. */
  readonly key?: IdempotencyKey | undefined
  /** True where the contract asks for no session. */
  readonly open?: boolean
  /** The id that the answer must carry. */
  readonly id?: string | undefined
  /** Keep the last good answer for a phone without network: `city` what everybody sees, `own` the citizen's own (masked). */
  readonly keep?: 'city' | 'own' | undefined
}

/** Spells out a call, so that the type of its answer is inferred from the validator. */
export function call<W>(call: Call<W>): Call<W> {
  return call
}

/** Joins parts to a path below the city's base address: `pathOf('payments', id, 'closing')`. */
export function pathOf(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('')
}

/** The last good answer, as it was. Show `asOf` beside it. */
export interface Kept<T> {
  readonly value: T
  readonly asOf: Instant
}

/** What the resources are made of. Every rejection is a `ServiceError`. */
export interface Client {
  /** Asks the city, repeating as `retry.ts` allows. */
  ask<W>(call: Call<W>): Promise<W>
  /** As `ask`, where the contract answers nothing. */
  tell(call: Call<unknown>): Promise<void>
  /** The last good answer to the same call in the same language, checked again; null when there is none. Never asks. */
  kept<W>(call: Call<W>): Kept<W> | null
  /** Milliseconds since 1970 by the city's clock. */
  serverNow(city: CityId): number
  clock(city: CityId): ServerClock
}

/** Maps what was kept, as an answer is mapped. */
export function keptAs<W, T>(kept: Kept<W> | null, map: (wire: W) => T): Kept<T> | null {
  return kept && { value: map(kept.value), asOf: kept.asOf }
}
