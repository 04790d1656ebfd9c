import { bind } from '@/text/billing/bind'
import { attending } from '@/text/booking/appointment'
import { mandate } from '@/text/mandate'
import { paying } from '@/text/paying/payment'
import { settings } from '@/text/settings'
import { terms } from '@/text/terms'
import type { ComparableStep } from './traces'

/**
 * Where the two hosts differ, and why. Each rule turns what WeChat shows or requests into Alipay's; a trace that differs
 * anywhere else fails.
 */
interface Difference {
  readonly why: string
  /** Names of the journeys that it touches; all, when there are none. */
  readonly journeys?: readonly string[]
  inLine?(line: string, page: string): string | null
  /** A whole screen, where one line depends on another. */
  inScreen?(lines: readonly string[]): readonly string[]
  inRequest?(request: string): string
}

const { scanned } = bind['zh-CN']
const visits = [attending['zh-CN'], attending.en]
const cashiers = [paying['zh-CN'].payment.cashiers, paying.en.payment.cashiers]

const ceilings = ['¥200.00', '¥500.00', '¥1,000.00'].map(mandate['zh-CN'].upTo)

const lights = [settings['zh-CN'].light, settings.en.light].map((light) => `radio "${light}"`)

const differences: readonly Difference[] = [
  {
    why: 'each host signs its citizens in by its own code, and pays through its own cashier',
    inRequest: (request) =>
      request.replace('"host":"wechat"', '"host":"alipay"').replace('"cashier":"wechat"', '"cashier":"alipay"'),
  },
  {
    why: 'Alipay lets no mini-program write into the calendar: a reminder by message stands in its place',
    inLine: (line) => visits.reduce((text, { calendar, remind }) => text.replace(`"${calendar}"`, `"${remind}"`), line),
  },
  {
    why: 'Alipay has no number for a camera that was refused, so scanning counts as failed; both offer typing',
    inLine: (line) => (line === scanned.denied ? scanned.unavailable : line),
  },
  {
    why: 'of messages and of the camera only WeChat says that they were refused, so only there its settings are offered',
    journeys: [
      'messages about bills are refused, allowed and revoked, each where the question is',
      'the host is asked from the tap, a no stays a polite no, and each yes is counted by the city',
      'without the camera a bill code is typed',
      'without any permission a citizen finds a city and a bill',
    ],
    inLine: (line, page) =>
      page !== 'pages/cities/index' && line === `button "${terms['zh-CN'].openSettings}"` ? null : line,
  },
  {
    why: 'each cashier is called by its own name',
    inLine: (line) => cashiers.find(({ wechat }) => line === wechat)?.alipay ?? line,
  },
  {
    why: 'Alipay collects a hundred yuan at once and no more (周期扣款), WeChat as much as was agreed',
    inLine: (line, page) =>
      page === 'pages/mandate/index' && ceilings.some((ceiling) => line.startsWith(`radio "${ceiling}"`)) ? null : line,
  },
  {
    why: 'Alipay has no dark theme for mini-programs: there is nothing to follow, and light is the default',
    inScreen: (lines) => {
      const follows = [settings['zh-CN'].system, settings.en.system].map((system) => `radio "${system}"`)
      const isLight = lines.some((line) => follows.some((follow) => line === `${follow} checked`))
      return lines
        .filter((line) => !follows.some((follow) => line.startsWith(follow)))
        .map((line) => (isLight && lights.includes(line) ? `${line} checked` : line))
    },
  },
  {
    why: "WeChat keeps the whole policy at its own place and opens it; on Alipay the app's page is all there is",
    inLine: (line) => (line === `button "${settings['zh-CN'].policy}"` ? null : line),
  },
]

export function differencesIn(journey: string, trace: ComparableStep[]): ComparableStep[] {
  return differences
    .filter(({ journeys }) => !journeys || journeys.includes(journey))
    .reduce(
      (steps, { inLine = (line) => line, inScreen = (lines) => lines, inRequest = (request) => request }) =>
        steps.map((step) => ({
          ...step,
          says: inScreen(step.says.map((line) => inLine(line, step.page)).filter((line) => line !== null)).slice(),
          requests: step.requests.map(inRequest).sort(),
        })),
      trace,
    )
}
