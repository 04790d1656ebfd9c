import { sha256 } from '../../city/ids'
import { addDays, dayOf, monthStart, type Words } from '../../city/words'
import type { BillKind } from '../../contract/wire/types.gen'
import type { Plan } from './accounts'
import {
  type BillSeed,
  between,
  hugeLinesOf,
  hugeUsageOf,
  linesOf,
  monthsOf,
  type Owner,
  periodOf,
  socialInsurance,
  titleOf,
  usageOf,
} from './bill-lines'
import { fineOf } from './fines'
import { addArrears, asPaidFromMeter, buildingBills, meterOf } from './special-bills'

/** How many settled bills stand before the open ones: two years. */
const history: Record<BillKind, number> = { electricity: 24, water: 12, gas: 24, heating: 2, tax: 2, fine: 0 }
const openBills: Record<Plan, number> = {
  'nothing-due': 0,
  'one-due': 1,
  overdue: 2,
  'several-due': 4,
  huge: 1,
  new: 0,
  'paid-elsewhere': 1,
  'not-payable': 1,
  decision: 1,
  'fine-late': 1,
  'fine-paid': 1,
  'fine-reviewed': 1,
  arrears: 1,
  prepaid: 0,
  'prepaid-debt': 0,
  'very-many': 0,
}

/** All bills of one account as they are on the day of `now`, oldest settled ones included. The same every time. */
export function billsOf(owner: Owner, now: Date): BillSeed[] {
  const { plan } = owner
  if (plan === 'new') return []
  if (plan === 'very-many') return buildingBills(owner, now)
  if (plan === 'arrears') return withArrears(owner, now)
  const open = openBills[plan]
  const bills = Array.from({ length: history[owner.kind] + open }, (_, age) => billOf(owner, age, age < open, now))
  if (plan === 'prepaid' || plan === 'prepaid-debt') {
    return [meterOf(owner, plan === 'prepaid' ? 2360 : -3846, now), ...bills.map(asPaidFromMeter)]
  }
  return bills
}

function billOf(owner: Owner, age: number, isOpen: boolean, now: Date): BillSeed {
  const today = dayOf(now)
  const long = monthsOf[owner.kind]
  const yearly = long === 12
  const from = monthStart(today, yearly ? -(12 * age + 1) : -long * (age + 1))
  const readOn = monthStart(from, yearly ? 1 : long)
  const issuedOn = age === 0 ? earlier(addDays(readOn, 2), today) : addDays(readOn, 2)
  // The newest bill is always still in time; those before it never are.
  const dueOn = age === 0 ? later(addDays(issuedOn, 25), addDays(today, 5)) : addDays(issuedOn, 25)
  const key = `${owner.cityId}/${owner.billerId}/${owner.number}/${from}`
  const isHuge = owner.plan === 'huge'
  const lines = isHuge ? hugeLinesOf(owner.kind, key) : linesOf(owner.kind, key)
  const basic = lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
  const lateFee = isOpen ? lateFeeOf(basic, dueOn, today) : 0
  const amount = basic + lateFee
  const settledAt = new Date(`${addDays(issuedOn, between(`${key}/paid`, 1, 20))}T12:00:00+08:00`)
  const bill: BillSeed = {
    id: `b-${sha256(key).slice(0, 16)}`,
    city_id: owner.cityId,
    biller_id: owner.billerId,
    number: owner.number,
    kind: owner.kind,
    title: JSON.stringify(isHuge && owner.kind === 'tax' ? socialInsurance(from) : titleOf(owner.kind, from)),
    lines: JSON.stringify(lines),
    amount_fen: amount,
    late_fee_fen: lateFee,
    paid_fen: isOpen ? 0 : amount,
    partial_min_fen: owner.partialMinFen ?? null,
    version: 1,
    ...(isHuge ? hugeUsageOf(owner.kind, key) : usageOf(owner.kind, key)),
    ...periodOf(owner.kind, from),
    issued_on: issuedOn,
    due_on: dueOn,
    not_payable: owner.plan === 'not-payable' && isOpen ? JSON.stringify(decisionFirst) : null,
    // The newest may have been issued a moment ago: nothing is settled in the future.
    settled_at: isOpen ? null : settledAt < now ? settledAt : now,
  }
  if (owner.kind === 'fine') return fineOf(bill, owner.plan, now)
  return bill
}

/** A thousandth a day after the due date, rounded down to whole fen; nothing before. */
const lateFeeOf = (basic: number, dueOn: string, today: string): number =>
  Math.trunc((basic * Math.max(0, daysBetween(dueOn, today))) / 1000)

/**
 * Last month but one, overdue, with the two months before it unpaid on it. Those two have no bills of their own: a debt stands
 * in one place only.
 */
function withArrears(owner: Owner, now: Date): BillSeed[] {
  const today = dayOf(now)
  const [bill, ...earlierOnes] = [1, 2, 3].map((age) => billOf(owner, age, true, now))
  const settled = Array.from({ length: history[owner.kind] - 4 }, (_, at) => billOf(owner, at + 4, false, now))
  return bill ? [addArrears(bill, earlierOnes, today), ...settled] : settled
}

const decisionFirst: Words = {
  zh: '请先在“交管12123”确认处罚决定，确认后约 1 个工作日可在此缴款。',
  en: 'Confirm the decision in the traffic police app (12123) first. You can pay here about one working day later.',
}

const earlier = (a: string, b: string): string => (a < b ? a : b)
const later = (a: string, b: string): string => (a > b ? a : b)
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
