import type { ComparableStep } from './traces'

/**
 * Where the two hosts differ, and why. Each rule turns what WeChat shows or asks into what Alipay must; a trace that differs
 * anywhere else fails.
 */
interface Difference {
  readonly why: string
  /** Names of the journeys that it touches; all, when there are none. */
  readonly journeys?: readonly string[]
  inLine?(line: string): string | null
  inRequest?(request: string): string
}

const differences: readonly Difference[] = [
  {
    why: 'each host signs its citizens in by its own code, and pays through its own cashier',
    inRequest: (request) =>
      request.replace('"host":"wechat"', '"host":"alipay"').replace('"cashier":"wechat"', '"cashier":"alipay"'),
  },
]

export function differencesIn(journey: string, trace: ComparableStep[]): ComparableStep[] {
  return differences
    .filter(({ journeys }) => !journeys || journeys.includes(journey))
    .reduce(
      (steps, { inLine = (line) => line, inRequest = (request) => request }) =>
        steps.map((step) => ({
          ...step,
          says: step.says.map(inLine).filter((line) => line !== null),
          asked: step.asked.map(inRequest).sort(),
        })),
      trace,
    )
}
