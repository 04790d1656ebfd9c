import type { Insertable } from 'kysely'
import { sha256 } from '../ids'
import type { CoreTables, StoredLine } from '../tables'
import type { BillKind } from '../wire/types.gen'
import { addDays, dayOf, monthStart, secondsAfter, type Words } from '../words'
import type { Plan } from './accounts'

type BillRow = Insertable<CoreTables['bills']>
type Owner = { cityId: string; billerId: string; kind: BillKind; number: string; plan: Plan }

/** The same number between 0 and 1 for the same text. */
const chance = (text: string): number => Number.parseInt(sha256(text).slice(0, 8), 16) / 0xffffffff
const between = (text: string, low: number, high: number): number => Math.floor(low + chance(text) * (high - low))

const history: Record<BillKind, number> = { electricity: 15, water: 14, gas: 14, heating: 2, tax: 1, fine: 0 }
const openBills: Record<Plan, number> = {
  'nothing-due': 0,
  'one-due': 1,
  overdue: 2,
  'several-due': 4,
  huge: 1,
  new: 0,
  'paid-elsewhere': 1,
  'not-payable': 1,
}

/** All bills of one account as they are on the day of `now`, oldest settled ones included. The same every time. */
export function billsOf(owner: Owner, now: Date): BillRow[] {
  if (owner.plan === 'new') return []
  const open = openBills[owner.plan]
  return Array.from({ length: history[owner.kind] + open }, (_, age) => billOf(owner, age, age < open, now))
}

function billOf(owner: Owner, age: number, isOpen: boolean, now: Date): BillRow {
  const today = dayOf(now)
  const yearly = owner.kind === 'heating' || owner.kind === 'tax'
  const from = monthStart(today, -(yearly ? 12 * age + 1 : age + 1))
  const issuedOn = age === 0 ? earlier(addDays(monthStart(from, 1), 2), today) : addDays(monthStart(from, 1), 2)
  // The newest bill is always still in time; those before it never are.
  const dueOn = age === 0 ? later(addDays(issuedOn, 25), addDays(today, 5)) : addDays(issuedOn, 25)
  const key = `${owner.cityId}/${owner.billerId}/${owner.number}/${from}`
  const lines = linesOf(owner, key)
  const basic = lines.reduce((sum, line) => sum + line.amountFen, 0)
  const daysLate = isOpen && age > 0 ? Math.max(1, daysBetween(dueOn, today)) : 0
  // A thousandth a day, rounded down to whole fen.
  const lateFee = Math.trunc((basic * daysLate) / 1000)
  const version = between(`${key}/version`, 1, 5)
  return {
    id: `b-${sha256(key).slice(0, 16)}`,
    city_id: owner.cityId,
    biller_id: owner.billerId,
    number: owner.number,
    kind: owner.kind,
    title: JSON.stringify(titleOf(owner.kind, from)),
    lines: JSON.stringify(lines),
    amount_fen: basic + lateFee,
    late_fee_fen: lateFee,
    version,
    ...usageOf(owner.kind, key),
    ...(owner.kind === 'fine' ? {} : { period_from: from, period_to: addDays(monthStart(from, yearly ? 12 : 1), -1) }),
    issued_on: issuedOn,
    due_on: dueOn,
    not_payable: owner.plan === 'not-payable' && isOpen ? JSON.stringify(decisionFirst) : null,
    settled_at: isOpen ? null : new Date(`${addDays(issuedOn, between(`${key}/paid`, 1, 20))}T12:00:00+08:00`),
    paid_elsewhere_at: owner.plan === 'paid-elsewhere' && isOpen ? secondsAfter(now, -7200) : null,
  }
}

const decisionFirst: Words = {
  zh: '请先在"交管12123"确认处罚决定，确认后约 1 个工作日可在此缴款。',
  en: 'Confirm the decision in the traffic police app (12123) first; it can be paid here about one working day later.',
}

const earlier = (a: string, b: string): string => (a < b ? a : b)
const later = (a: string, b: string): string => (a > b ? a : b)
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

const months = 'January February March April May June July August September October November December'.split(' ')

function titleOf(kind: BillKind, from: string): Words {
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
      return monthly('水费', 'Water')
    case 'gas':
      return monthly('燃气费', 'Gas')
    case 'heating':
      return { zh: `${year}–${year + 1}采暖季供热费`, en: `Heating, winter ${year}–${year + 1}` }
    case 'tax':
      return {
        zh: `${year}年度城乡居民医疗保险费（税务代征）`,
        en: `Residents' health insurance ${year}, collected by the tax office`,
      }
    case 'fine':
      return { zh: '道路交通违法罚款：违反禁止标线指示', en: 'Traffic fine: crossing a prohibitory marking' }
  }
}

function usageOf(kind: BillKind, key: string): Pick<BillRow, 'usage_quantity' | 'usage_unit'> {
  const usage = (quantity: string, zh: string, en: string) => ({
    usage_quantity: quantity,
    usage_unit: JSON.stringify({ zh, en }),
  })
  switch (kind) {
    case 'electricity':
      return usage(String(kilowattHours(key)), '千瓦时', 'kWh')
    case 'water':
      return usage(String(between(`${key}/used`, 6, 28)), '立方米', 'm³')
    case 'gas':
      return usage(`${between(`${key}/used`, 8, 60)}.${between(`${key}/tenths`, 1, 9)}`, '立方米', 'm³')
    case 'heating':
      return usage('96.5', '平方米', 'm²')
    default:
      return {}
  }
}

/** Summers and winters need more. */
function kilowattHours(key: string): number {
  const month = Number(key.slice(-5, -3))
  const season = [180, 170, 120, 90, 100, 160, 260, 270, 180, 100, 110, 170][month - 1] ?? 150
  return season + between(`${key}/used`, 0, 80)
}

function linesOf(owner: Owner, key: string): StoredLine[] {
  const line = (zh: string, en: string, amountFen: number, note?: Words): StoredLine => ({
    label: { zh, en },
    amountFen,
    ...(note ? { note } : {}),
  })
  if (owner.plan === 'huge') return [line('应缴合计', 'Total', 12_345_678 + between(key, 0, 9_000_000))]
  switch (owner.kind) {
    case 'electricity': {
      const used = kilowattHours(key)
      const valley = Math.trunc(used / 3)
      const peak = used - valley
      return [
        line('峰时电费', 'Peak hours', peak * 57, { zh: `${peak} 千瓦时 × 0.57 元`, en: `${peak} kWh × ¥0.57` }),
        line('谷时电费', 'Off-peak hours', valley * 29, {
          zh: `${valley} 千瓦时 × 0.29 元`,
          en: `${valley} kWh × ¥0.29`,
        }),
      ]
    }
    case 'water': {
      const used = between(`${key}/used`, 6, 28)
      return [
        line('自来水费', 'Water', used * 190, { zh: `${used} 立方米 × 1.90 元`, en: `${used} m³ × ¥1.90` }),
        line('污水处理费', 'Sewage', used * 100, { zh: `${used} 立方米 × 1.00 元`, en: `${used} m³ × ¥1.00` }),
      ]
    }
    case 'gas':
      return [
        line('天然气费', 'Natural gas', between(`${key}/used`, 8, 60) * 310 + between(`${key}/tenths`, 1, 9) * 31),
      ]
    case 'heating':
      return [line('基本热费', 'Basic heating', 96 * 3832), line('面积差额', 'Area difference', 1916)]
    case 'tax':
      return [line('个人缴费', 'Personal contribution', 68_000)]
    case 'fine':
      return [line('罚款', 'Fine', 20_000, { zh: '记 3 分', en: '3 points' })]
  }
}
