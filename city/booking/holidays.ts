import type { Words } from '../words'
import { both } from './both'

const newYear = both('元旦', 'New Year’s Day')
const spring = both('春节', 'Spring Festival')
const tomb = both('清明节', 'Tomb-Sweeping Day')
const labour = both('劳动节', 'Labour Day')
const dragon = both('端午节', 'Dragon Boat Festival')
const autumn = both('中秋节', 'Mid-Autumn Festival')
const national = both('国庆节', 'National Day')

/**
 * Days off as the State Council announced them for 2025 and 2026. Those of 2027 and later are not announced yet: the days
 * below are the statutory ones (国务院令第795号), without the days moved around them.
 */
const announced: ReadonlyArray<readonly [from: string, to: string, name: Words]> = [
  ['2025-01-01', '2025-01-01', newYear],
  ['2025-01-28', '2025-02-04', spring],
  ['2025-04-04', '2025-04-06', tomb],
  ['2025-05-01', '2025-05-05', labour],
  ['2025-05-31', '2025-06-02', dragon],
  ['2025-10-01', '2025-10-08', national],
  ['2026-01-01', '2026-01-03', newYear],
  ['2026-02-15', '2026-02-23', spring],
  ['2026-04-04', '2026-04-06', tomb],
  ['2026-05-01', '2026-05-05', labour],
  ['2026-06-19', '2026-06-21', dragon],
  ['2026-09-25', '2026-09-27', autumn],
  ['2026-10-01', '2026-10-07', national],
  ['2027-01-01', '2027-01-01', newYear],
  ['2027-02-05', '2027-02-08', spring],
  ['2027-04-05', '2027-04-05', tomb],
  ['2027-05-01', '2027-05-02', labour],
  ['2027-06-09', '2027-06-09', dragon],
  ['2027-09-15', '2027-09-15', autumn],
  ['2027-10-01', '2027-10-03', national],
]

const yearly: ReadonlyArray<readonly [from: string, to: string, name: Words]> = [
  ['01-01', '01-01', newYear],
  ['05-01', '05-02', labour],
  ['10-01', '10-03', national],
]

const within = (day: string, list: typeof announced): Words | null =>
  list.find(([from, to]) => from <= day && day <= to)?.[2] ?? null

/** The holiday that a day belongs to, or null on a working day. */
export const holidayOn = (day: string): Words | null =>
  day > '2027-12-31' ? within(day.slice(5), yearly) : within(day, announced)

const exchanged = both('调休上班', 'Working day in exchange for a holiday')

/**
 * Saturdays and Sundays worked in exchange (调休), from the same notices: 国办发明电〔2024〕12号 for 2025 and 〔2025〕7号 for
 * 2026.
 */
const worked = [
  ...['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  ...['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
]

/** Why a day of a weekend is worked; null on any other day. */
export const workedOn = (day: string): Words | null => (worked.includes(day) ? exchanged : null)
