import { callHost, limits } from './host-call'
import type { Messages, SubscribeResult } from './types'

/** Both hosts refuse a call with more ids. */
const mostAtOnce = 3

/** Requests as many as a host accepts at once; has a result for every id. */
export function createSubscribe(
  request: (ids: string[], resolve: (resultFor: (id: string) => SubscribeResult) => void) => void,
): Messages['subscribe'] {
  return async (ids) => {
    const requested = ids.slice(0, mostAtOnce)
    const resultFor = await callHost<(id: string) => SubscribeResult>(
      limits.sheet,
      () => 'unavailable',
      (resolve) => request(requested, resolve),
    )
    const results: Record<string, SubscribeResult> = {}
    for (const id of ids) results[id] = requested.includes(id) ? resultFor(id) : 'unavailable'
    return results
  }
}
