import { attending } from '@/text/attending'
import { billing } from '@/text/billing'
import { paying } from '@/text/paying'
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

const { scanned } = billing['zh-CN'].bind
const { cashiers } = paying['zh-CN'].payment

const differences: readonly Difference[] = [
  {
    why: 'each host signs its citizens in by its own code, and pays through its own cashier',
    inRequest: (request) =>
      request.replace('"host":"wechat"', '"host":"alipay"').replace('"cashier":"wechat"', '"cashier":"alipay"'),
  },
  {
    why: 'Alipay lets no mini-program write into the calendar: a reminder by message stands in its place',
    inLine: (line) => line.replace(`"${attending['zh-CN'].calendar}"`, `"${attending['zh-CN'].remind}"`),
  },
  {
    why: 'Alipay has no number for a camera that was refused, so scanning is said to have failed; both offer typing',
    inLine: (line) => (line === scanned.denied ? scanned.unavailable : line),
  },
  {
    why: 'each cashier is called by its own name',
    inLine: (line) => (line === cashiers.wechat ? cashiers.alipay : line),
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
