import type { Shape } from '@/text'
import type { checkout } from '@/text/paying/checkout'

type Texts = Shape<(typeof checkout)['zh-CN']>

const HOUR = 60
const DAY = 24 * HOUR

/** "Credited within…", in the largest unit that fits without a rest. */
export function promiseText(minutes: number, t: Texts): string {
  const within =
    minutes > 0 && minutes % DAY === 0
      ? t.days(minutes / DAY)
      : minutes > 0 && minutes % HOUR === 0
        ? t.hours(minutes / HOUR)
        : t.minutes(minutes)
  return t.promise(within)
}
