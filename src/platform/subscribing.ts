import { answered, limits } from './answered'
import type { Messages, SubscribeAnswer } from './types'

/** Both hosts refuse the whole call when it has more ids than this. */
const mostAtOnce = 3

/** Asks for as many as a host takes at once, and answers for every id. */
export function subscribing(
  ask: (ids: string[], tell: (answerFor: (id: string) => SubscribeAnswer) => void) => void,
): Messages['subscribe'] {
  return async (ids) => {
    const asked = ids.slice(0, mostAtOnce)
    const answerFor = await answered<(id: string) => SubscribeAnswer>(
      limits.sheet,
      () => 'unavailable',
      (answer) => ask(asked, answer),
    )
    const answers: Record<string, SubscribeAnswer> = {}
    for (const id of ids) answers[id] = asked.includes(id) ? answerFor(id) : 'unavailable'
    return answers
  }
}
