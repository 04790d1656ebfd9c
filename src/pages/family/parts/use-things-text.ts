import type { Grant } from '@/domain/family'
import { useText } from '@/text'
import { family } from '@/text/family'

/** The things of a grant, in one line. */
export function useThingsText(): (things: Grant['things']) => string {
  const t = useText(family)
  return (things) => things.map((thing) => t.thing[thing]).join(t.between)
}
