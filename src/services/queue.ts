/** WeChat fails requests beyond ten in flight; the host's own count too. */
export const mostInFlight = 8

/** Limits tasks in flight. Waiting tasks start in order, those with `isFirst` before all others. */
export type Queue = <T>(task: () => Promise<T>, isFirst: boolean) => Promise<T>

export function createQueue(most = mostInFlight): Queue {
  let running = 0
  const first: (() => void)[] = []
  const others: (() => void)[] = []
  // A finished task hands its slot to a waiting one. Freeing it first would let a newcomer take it as well.
  const next = () => {
    const start = first.shift() ?? others.shift()
    if (start) start()
    else running -= 1
  }
  return async (task, isFirst) => {
    if (running >= most) await new Promise<void>((resolve) => (isFirst ? first : others).push(resolve))
    else running += 1
    try {
      return await task()
    } finally {
      next()
    }
  }
}
