import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'
import { defineText } from '.'

dayjs.extend(utc)

// Named by hand: phones that run WeChat have no Intl. Every city is on Beijing time, wherever the phone is.
const zhWeekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const enWeekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const enMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

type Instant = string | number

/** An instant as Beijing sees it. A plain day (YYYY-MM-DD) is that day, in Beijing. */
function beijing(at: Instant) {
  return typeof at === 'string' && at.length === 10
    ? dayjs.utc(`${at}T00:00:00+08:00`).utcOffset(8)
    : dayjs.utc(at).utcOffset(8)
}

const pad = (value: number) => (value < 10 ? `0${value}` : `${value}`)

function clock(at: Instant): string {
  const d = beijing(at)
  return `${pad(d.hour())}:${pad(d.minute())}`
}

const zhDay = (at: Instant) => `${beijing(at).month() + 1}月${beijing(at).date()}日`
const enDay = (at: Instant) => `${beijing(at).date()} ${enMonths[beijing(at).month()]}`

/**
 * Days and times in words. `day` takes a day (YYYY-MM-DD) or an instant (ISO 8601, or milliseconds); the others that
 * speak of hours take an instant.
 */
export const dates = defineText({
  'zh-CN': {
    day: zhDay,
    dayWithWeekday: (at: Instant) => `${zhDay(at)} ${zhWeekdays[beijing(at).day()]}`,
    dayWithYear: (at: Instant) => `${beijing(at).year()}年${zhDay(at)}`,
    weekday: (at: Instant) => zhWeekdays[beijing(at).day()] ?? '',
    month: (at: Instant) => `${beijing(at).year()}年${beijing(at).month() + 1}月`,
    time: clock,
    dayAndTime: (at: Instant) => `${zhDay(at)} ${clock(at)}`,
    timeRange: (from: Instant, to: Instant) => `${clock(from)}–${clock(to)}`,
    today: '今天',
    tomorrow: '明天',
    yesterday: '昨天',
    minutes: (count: number) => `${count} 分钟`,
    hours: (count: number) => `${count} 小时`,
    days: (count: number) => `${count} 天`,
  },
  en: {
    day: enDay,
    dayWithWeekday: (at) => `${enWeekdays[beijing(at).day()]} ${enDay(at)}`,
    dayWithYear: (at) => `${enDay(at)} ${beijing(at).year()}`,
    weekday: (at) => enWeekdays[beijing(at).day()] ?? '',
    month: (at) => `${enMonths[beijing(at).month()]} ${beijing(at).year()}`,
    time: clock,
    dayAndTime: (at) => `${enDay(at)}, ${clock(at)}`,
    timeRange: (from, to) => `${clock(from)}–${clock(to)}`,
    today: 'Today',
    tomorrow: 'Tomorrow',
    yesterday: 'Yesterday',
    minutes: (count) => (count === 1 ? '1 minute' : `${count} minutes`),
    hours: (count) => (count === 1 ? '1 hour' : `${count} hours`),
    days: (count) => (count === 1 ? '1 day' : `${count} days`),
  },
})
