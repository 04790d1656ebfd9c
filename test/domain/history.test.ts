import type { HistoryMonth } from '@/domain/bill'
import { yearOnYear, yearTotals } from '@/domain/history'

const month = (text: string, amountFen: number): HistoryMonth => ({ month: text, amountFen })

/** A month each from 2024-12 to 2026-11, 1.00 yuan more each month. */
const twoYears = Array.from({ length: 24 }, (_, index) => {
  const at = 2024 * 12 + 11 + index
  return month(`${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`, 100 * (index + 1))
})

test('twelve months stand beside those of the year before, over the turn of the year', () => {
  const year = yearOnYear(twoYears)
  expect(year.map(({ month }) => month)).toEqual(twoYears.slice(12).map(({ month }) => month))
  expect(year[0]).toEqual({ month: '2025-12', now: month('2025-12', 1300), before: month('2024-12', 100) })
  expect(year[11]?.before).toEqual(month('2025-11', 1200))
})

test('the order of the answer does not matter, and a month without a bill stays empty', () => {
  const year = yearOnYear([month('2026-03', 5), month('2026-01', 7)])
  expect(year[11]).toEqual({ month: '2026-03', now: month('2026-03', 5), before: null })
  expect(year[10]).toEqual({ month: '2026-02', now: null, before: null })
  expect(year[9]?.now?.amountFen).toBe(7)
  expect(year[0]?.month).toBe('2025-04')
  expect(yearOnYear([])).toEqual([])
})

test('a year is compared with the one before only when both have the same months', () => {
  expect(yearTotals(yearOnYear(twoYears))).toEqual({
    nowFen: 22_200,
    beforeFen: 7800,
    highest: month('2026-11', 2400),
    lowest: month('2025-12', 1300),
  })
  expect(yearTotals(yearOnYear(twoYears.slice(1)))?.beforeFen).toBeNull()
  expect(yearTotals([])).toBeNull()
})
