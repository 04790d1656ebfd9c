import { type FieldKind, textProblem } from '@/domain/typed'
import { useText } from '@/text'
import { terms } from '@/text/terms'

/** The error beneath a text that cannot be sent as it is; undefined when it can. */
export function useTextProblem(kind: FieldKind, typed: string, most: number): string | undefined {
  const t = useText(terms)
  const problem = textProblem(kind, typed, most)
  if (problem === null) return undefined
  return problem === 'unreadable' ? t.unreadable : t.tooLong(problem.extra, most)
}
