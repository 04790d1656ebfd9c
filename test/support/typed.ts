import type { FieldKind } from '../../city/http/typed'
import examples from '../../contract/typed-examples.json'

/** What is typed and what is kept of it, by kind of field: the table that phone and city are both held to. */
export const typedExamples = Object.entries(examples.typed).flatMap(([kind, rows]) =>
  rows.map(([typed = '', kept = '']) => [kind as FieldKind, typed, kept] as const),
)

/** Characters that cannot be stored. */
export const unreadableExamples = examples.unreadable
