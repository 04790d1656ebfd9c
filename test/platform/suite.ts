import { isPlatformError } from '@/platform/error'
import { hostUnderTest } from '../support/hosts'
import type { Bench } from '../support/hosts/bench'
import { type Loopback, startLoopback } from '../support/loopback'

/**
 * One suite, three hosts: each project of Jest runs the tests of this folder over its own `Platform`, on the stub of its
 * vendor's API. What a test starts here is closed after it.
 */

export const { host } = hostUnderTest
const open: (Bench | Loopback)[] = []

export function start(): Bench {
  const bench = hostUnderTest.start()
  open.push(bench)
  return bench
}

export async function serve(...answer: Parameters<typeof startLoopback>): Promise<Loopback> {
  const server = await startLoopback(...answer)
  open.push(server)
  return server
}

afterEach(async () => {
  jest.useRealTimers()
  for (const one of open.splice(0)) await one.close()
})

/** How a promise rejected, in the words of `PlatformFault`. */
export async function faultOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'none'
  } catch (error) {
    return isPlatformError(error) ? error.reason : `not a PlatformError: ${String(error)}`
  }
}

/** Our own timers, moved by hand; the network keeps its pace. */
export const fakeClock = () => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date'] })

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}
