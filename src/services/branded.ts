import type { AnyId } from '@/domain/ids'

/** A domain type as the wire spells it: the same shape, with ids that are plain text. */
export type Plain<T> = T extends AnyId
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : { [Key in keyof T]: Plain<T[Key]> }

/**
 * Turns a validated answer into its domain type. Nothing happens at run time; the compiler checks that the wire has every
 * member that the domain wants, with the same values.
 */
export function branded<T>(wire: Plain<T>): T
export function branded(wire: unknown): unknown {
  return wire
}
