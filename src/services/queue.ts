/** WeChat sends ten requests at once and fails the others; what the host itself sends counts too. */
export const mostInFlight = 8

/** Runs at most so many works at once. Those that are `first` go before all others that wait, in the order of asking. */
export type Queue = <T>(work: () => Promise<T>, isFirst: boolean) => Promise<T>

export function createQueue(most = mostInFlight): Queue {
  let running = 0
  const first: (() => void)[] = []
  const others: (() => void)[] = []
  // Whoever waits gets the place itself: given back first, somebody who comes in between would take it too.
  const next = () => {
    const start = first.shift() ?? others.shift()
    if (start) start()
    else running -= 1
  }
  return async (work, isFirst) => {
    if (running >= most) await new Promise<void>((resolve) => (isFirst ? first : others).push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      next()
    }
  }
}
