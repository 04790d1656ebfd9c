import type { Insertable } from 'kysely'
import type { StoredLine } from '../../city/database/tables'
import { sha256 } from '../../city/ids'
import { addDays, monthStart, type Words } from '../../city/words'
import type { BillKind } from '../../contract/wire/types.gen'
import type { SandboxTables } from '../tables'
import type { Plan } from './accounts'

export type BillSeed = Insertable<SandboxTables['book_bills']>

/** The same number between 0 and 1 for the same text. */
const chance = (text: string): number => Number.parseInt(sha256(text).slice(0, 8), 16) / 0xffffffff
export const between = (text: string, low: number, high: number): number =>
  Math.floor(low + chance(text) * (high - low))

/** How many months a bill of this kind is for. */
export const monthsOf: Record<BillKind, number> = { electricity: 1, water: 2, gas: 1, heating: 12, tax: 12, fine: 1 }

const months = 'January February March April May June July August September October November December'.split(' ')

export function titleOf(kind: BillKind, from: string): Words {
  const year = Number(from.slice(0, 4))
  const month = Number(from.slice(5, 7))
  const monthly = (zh: string, en: string): Words => ({
    zh: `${year}年${month}月${zh}`,
    en: `${en}, ${months[month - 1]} ${year}`,
  })
  switch (kind) {
    case 'electricity':
      return monthly('电费', 'Electricity')
    case 'water':
      return {
        zh: month === 12 ? `${year}年12月至${year + 1}年1月水费` : `${year}年${month}至${month + 1}月水费`,
        en:
          month === 12
            ? `Water, December ${year} and January ${year + 1}`
            : `Water, ${months[month - 1]} and ${months[month]} ${year}`,
      }
    case 'gas':
      return monthly('燃气费', 'Gas')
    case 'heating':
      return {
        zh: `${seasonOf(from)}–${seasonOf(from) + 1}采暖季供热费`,
        en: `Heating, winter ${seasonOf(from)}–${seasonOf(from) + 1}`,
      }
    case 'tax':
      return {
        zh: `${year}年度城乡居民医疗保险费（税务代征）`,
        en: `Residents’ health insurance ${year} (collected by the tax office)`,
      }
    case 'fine':
      return { zh: '道路交通违法罚款：违反禁止标线指示', en: 'Traffic fine: prohibitory marking violation' }
  }
}

/** The winter that a month belongs to, by the year it begins in: it is billed until the next one is near. */
const seasonOf = (from: string): number => Number(from.slice(0, 4)) - (Number(from.slice(5, 7)) < 7 ? 1 : 0)

/** What an employer pays for everybody who works there. */
export const socialInsurance = (from: string): Words => ({
  zh: `${from.slice(0, 4)}年度单位社会保险费（税务代征）`,
  en: `Employer’s social insurance ${from.slice(0, 4)} (collected by the tax office)`,
})

/** What a bill is for, from the first day to the last: winters in Harbin last from 20 October to 20 April. */
export function periodOf(kind: BillKind, from: string): Pick<BillSeed, 'period_from' | 'period_to'> {
  const year = Number(from.slice(0, 4))
  switch (kind) {
    case 'fine':
      return {}
    case 'heating':
      return { period_from: `${seasonOf(from)}-10-20`, period_to: `${seasonOf(from) + 1}-04-20` }
    case 'tax':
      return { period_from: `${year}-01-01`, period_to: `${year}-12-31` }
    default:
      return { period_from: from, period_to: addDays(monthStart(from, monthsOf[kind]), -1) }
  }
}

const hugeUsed = (key: string): number => between(`${key}/huge`, 220_000, 360_000)

/** An amount of eight digits, and where it comes from. */
export function hugeLinesOf(kind: BillKind, key: string): StoredLine[] {
  const used = hugeUsed(key)
  return kind === 'electricity'
    ? [
        line('工商业电费', 'Business electricity', used * 57, {
          zh: `${used} 千瓦时 × 0.57 元`,
          en: `${used} kWh × ¥0.57`,
        }),
      ]
    : [line('单位缴费', 'Employer’s contribution', used * 57)]
}

export function hugeUsageOf(kind: BillKind, key: string): Pick<BillSeed, 'usage_quantity' | 'usage_unit'> {
  return kind === 'electricity' ? usage(String(hugeUsed(key)), '千瓦时', 'kWh') : {}
}

const usage = (quantity: string, zh: string, en: string) => ({
  usage_quantity: quantity,
  usage_unit: JSON.stringify({ zh, en }),
})

export function usageOf(kind: BillKind, key: string): Pick<BillSeed, 'usage_quantity' | 'usage_unit'> {
  switch (kind) {
    case 'electricity':
      return usage(String(kilowattHours(key)), '千瓦时', 'kWh')
    case 'water':
      return usage(String(waterUsed(key)), '立方米', 'm³')
    case 'gas':
      return usage(`${gasUsed(key)}.${between(`${key}/tenths`, 1, 9)}`, '立方米', 'm³')
    case 'heating':
      return usage('96.5', '平方米', 'm²')
    default:
      return {}
  }
}

const monthIn = (key: string): number => Number(key.slice(-5, -3))

/** Summers and winters need more. */
function kilowattHours(key: string): number {
  const season = [180, 170, 120, 90, 100, 160, 260, 270, 180, 100, 110, 170][monthIn(key) - 1] ?? 150
  return season + between(`${key}/used`, 0, 80)
}

/** Winters need more. */
function gasUsed(key: string): number {
  const season = [48, 46, 34, 22, 14, 10, 8, 8, 10, 18, 30, 44][monthIn(key) - 1] ?? 20
  return season + between(`${key}/used`, 0, 12)
}

/** Two months, a little more in summer. */
function waterUsed(key: string): number {
  return (monthIn(key) >= 5 && monthIn(key) <= 8 ? 22 : 14) + between(`${key}/used`, 0, 10)
}

export const line = (zh: string, en: string, amountFen: number, note?: Words): StoredLine => ({
  label: { zh, en },
  amountFen,
  ...(note ? { note } : {}),
})

export function linesOf(kind: BillKind, key: string): StoredLine[] {
  switch (kind) {
    case 'electricity': {
      const used = kilowattHours(key)
      const valley = Math.trunc(used / 3)
      const peak = used - valley
      return [
        line('峰时电费', 'Peak-hour electricity', peak * 57, {
          zh: `${peak} 千瓦时 × 0.57 元`,
          en: `${peak} kWh × ¥0.57`,
        }),
        line('谷时电费', 'Off-peak electricity', valley * 29, {
          zh: `${valley} 千瓦时 × 0.29 元`,
          en: `${valley} kWh × ¥0.29`,
        }),
      ]
    }
    case 'water': {
      const used = waterUsed(key)
      return [
        line('自来水费', 'Water', used * 190, { zh: `${used} 立方米 × 1.90 元`, en: `${used} m³ × ¥1.90` }),
        line('污水处理费', 'Sewage', used * 100, { zh: `${used} 立方米 × 1.00 元`, en: `${used} m³ × ¥1.00` }),
      ]
    }
    case 'gas':
      return [line('天然气费', 'Natural gas', gasUsed(key) * 310 + between(`${key}/tenths`, 1, 9) * 31)]
    case 'heating':
      return [line('基本热费', 'Basic heating charge', 96 * 3832), line('面积差额', 'Area adjustment', 1916)]
    case 'tax':
      return [line('个人缴费', 'Personal contribution', 68_000)]
    case 'fine':
      return [line('罚款', 'Fine', 20_000, { zh: '记 3 分', en: '3 points' })]
  }
}

export type Owner = {
  cityId: string
  billerId: string
  kind: BillKind
  number: string
  plan: Plan
  partialMinFen?: number
}
