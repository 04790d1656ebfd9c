import type { Instant } from '@/domain/time'
import { leftOut } from '../../contract/answers'
import { branded, type Plain } from './branded'

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[]
  /** Give it back to get the next page; null on the last one. */
  readonly next: string | null
  /** How old it may be, by the city's clock. */
  readonly asOf: Instant
  /** How many more the city sent that could not be read: to be told beside the list. */
  readonly leftOut: number
}

/** A list as cities answer it. */
export interface WirePage<T> {
  readonly items: readonly Plain<T>[]
  readonly next?: string | undefined
  readonly asOf?: Instant
  readonly serverTime: Instant
}

/** Makes a page of what a list answered. */
export function pageOf<T>(wire: WirePage<T>): Page<T> {
  return {
    items: branded<readonly T[]>(wire.items),
    next: wire.next ?? null,
    asOf: wire.asOf ?? wire.serverTime,
    leftOut: leftOut(wire.items),
  }
}
