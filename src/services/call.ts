import type * as v from 'valibot'
import type { CityId, IdempotencyKey } from '@/domain/ids'
import type { HttpMethod } from '@/platform/types'
import type { Echo } from './echo'
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
  /** A payment's own read: it goes out even while the city asks for less load. */
  readonly isPayment?: boolean
  /** What the answer must say that it is about; an answer about anything else is not shown. */
  readonly echo?: Echo | undefined
  /** What in a valid answer cannot be true (sums, a cashier for a payment that is paid): a name for the log, or null. */
  check?(wire: W): string | null
  /** Keep the last good answer for a phone without network: `city` what everybody sees, `own` the citizen's own (masked). */
  readonly keep?: 'city' | 'own' | undefined
  /** What of the answer the phone may keep; all of it without this. */
  trim?(wire: W): W
  /** A change answers with the thing as it is now: keep that as what this read would have answered. */
  readonly keepAs?: Call<W> | undefined
}

/** Spells out a call, so that the type of its answer is inferred from the validator. */
export function call<W>(call: Call<W>): Call<W> {
  return call
}

/** Joins parts to a path below the city's base address: `pathOf('payments', id, 'closing')`. */
export function pathOf(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('')
}
