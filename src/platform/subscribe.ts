import { callHost, limits } from './host-call'
import type { Messages, SubscribeResult } from './types'

/** Both hosts refuse the whole call when it has more ids than this. */
const mostAtOnce = 3

/** Asks for as many as a host takes at once, and answers for every id. */
export function createSubscribe(
  ask: (ids: string[], resolve: (answerFor: (id: string) => SubscribeResult) => void) => void,
): Messages['subscribe'] {
  return async (ids) => {
    const requested = ids.slice(0, mostAtOnce)
    const answerFor = await callHost<(id: string) => SubscribeResult>(
      limits.sheet,
      () => 'unavailable',
      (resolve) => ask(requested, resolve),
    )
    const answers: Record<string, SubscribeResult> = {}
    for (const id of ids) answers[id] = requested.includes(id) ? answerFor(id) : 'unavailable'
    return answers
  }
}
