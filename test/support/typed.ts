import examples from '../../contract/typed-examples.json'
import type { FieldKind } from '../../sandbox/typed'

/** What is typed and what is kept of it, by kind of field: the table that phone and city are both held to. */
export const typedExamples = Object.entries(examples.typed).flatMap(([kind, rows]) =>
  rows.map(([typed = '', kept = '']) => [kind as FieldKind, typed, kept] as const),
)

/** What nobody can keep. */
export const unreadableExamples = examples.unreadable
