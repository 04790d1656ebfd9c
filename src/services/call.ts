import type * as v from 'valibot'
import type { CityId, IdempotencyKey } from '@/domain/ids'
import type { HttpMethod } from '@/platform/types'
import { openCalls } from '../../contract/wire/levels.gen'
import type { Echo } from './echo'
/** One call of the contract. `W` is the validated response. */
export interface Call<W> {
  readonly city: CityId
  readonly method: HttpMethod
  /** Below the city's base address, encoded: see `pathOf`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | boolean | null | undefined>>
  readonly body?: object | undefined
  /** Validator of the body; null where there is none (204). */
  readonly response: v.GenericSchema<unknown, W> | null
  /** Made by the caller, once per intent; every retry sends it again. */
  readonly key?: IdempotencyKey | undefined
  /** A read of a payment: sent even before a Retry-After has passed. */
  readonly isPayment?: boolean
  /** What the response must be about; any other is refused. */
  readonly echo?: Echo | undefined
  /** What a valid response cannot say (wrong sums, a cashier for a paid payment), for the log; null when it is fine. */
  check?(wire: W): string | null
  /** Cache the last good response: `city` is the same for everybody, `own` the citizen's (masked). */
  readonly cache?: 'city' | 'own' | undefined
  /** Whether this response may be cached at all; each may by default. */
  keeps?(wire: W): boolean
  /** The part that may be cached; all of it by default. */
  trim?(wire: W): W
  /** A change returns the thing as it is now: cache it as the response of this read. */
  readonly cacheAs?: Call<W> | undefined
}

/** Types a call, so that its response type is inferred from the validator. */
export function call<W>(call: Call<W>): Call<W> {
  return call
}

/** Joins parts to a path below the city's base address: `pathOf('payments', id, 'closing')`. */
export function pathOf(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('')
}

/** Whether anybody may make this call, signed in or not: the contract's `x-level` says so. */
export const isOpen = ({ method, path }: Pick<Call<unknown>, 'method' | 'path'>): boolean =>
  openCalls.indexOf(`${method} ${path.replace(/^(\/[^/]+\/).*$/, '$1*')}`) >= 0
