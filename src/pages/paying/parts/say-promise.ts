import type { Shape } from '@/text'
import type { checkout } from '@/text/checkout'

type Words = Shape<(typeof checkout)['zh-CN']>

const HOUR = 60
const DAY = 24 * HOUR

/** "Credited within…", in the largest unit that fits without a rest. */
export function sayPromise(minutes: number, words: Words): string {
  const within =
    minutes > 0 && minutes % DAY === 0
      ? words.days(minutes / DAY)
      : minutes > 0 && minutes % HOUR === 0
        ? words.hours(minutes / HOUR)
        : words.minutes(minutes)
  return words.promise(within)
}
