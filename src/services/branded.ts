import type { AnyId } from '@/domain/ids'

/** A domain type on the wire: the same shape, with ids as plain strings. */
export type Plain<T> = T extends AnyId
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : { [Key in keyof T]: Plain<T[Key]> }

/**
 * Casts a validated response to its domain type, without work at run time. The compiler checks that the wire has every member of
 * the domain type, with the same values.
 */
export function branded<T>(wire: Plain<T>): T
export function branded(wire: unknown): unknown {
  return wire
}
