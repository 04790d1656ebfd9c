import type { Instant } from '@/domain/time'
import { leftOut } from '../../contract/answers'
import { branded, type Plain } from './branded'

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[]
  /** Cursor of the next page; null on the last one. */
  readonly next: string | null
  /** When the city read it; by the city's clock. */
  readonly asOf: Instant
  /** How many items could not be read; shown beside the list. */
  readonly leftOut: number
}

/** A page of a list on the wire. */
export interface WirePage<T> {
  readonly items: readonly Plain<T>[]
  readonly next?: string | undefined
  readonly asOf?: Instant
  readonly serverTime: Instant
}

/** Maps a wire page. */
export function pageOf<T>(wire: WirePage<T>): Page<T> {
  return {
    items: branded<readonly T[]>(wire.items),
    next: wire.next ?? null,
    asOf: wire.asOf ?? wire.serverTime,
    leftOut: leftOut(wire.items),
  }
}
