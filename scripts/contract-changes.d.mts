/** A contract as read from YAML. */
// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document, looked into at any place.
export type Contract = any

export interface Change {
  readonly class: 'breaking' | 'additive' | 'text'
  /** The operation, or the schema and member. */
  readonly at: string
  readonly what: string
}

/** All changes from one contract to another. */
export function contractChanges(old: Contract, now: Contract): Change[]
/** Whether a new major version is due that the contract does not have: a breaking change needs one. */
export function needsMajor(changes: readonly Change[], old: Contract, now: Contract): boolean
