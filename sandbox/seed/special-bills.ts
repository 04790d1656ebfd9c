import type { StoredChange, StoredLine, StoredTopUp } from '../../city/database/tables'
import { sha256 } from '../../city/ids'
import { addDays, dayOf, instant, momentOf, monthStart, type Words } from '../../city/words'
import { type BillSeed, between, line, type Owner } from './bill-lines'

const text = (zh: string, en: string): string => JSON.stringify({ zh, en } satisfies Words)

/** A prepaid meter: one row that never settles. */
export function meterOf(owner: Owner, balanceFen: number, now: Date): BillSeed {
  const rule: StoredTopUp = {
    openingFen: balanceFen,
    minFen: 1000,
    maxFen: 200_000,
    presetsFen: [5000, 10_000, 20_000, 50_000],
  }
  return {
    id: `b-${sha256(`${owner.cityId}/${owner.billerId}/${owner.number}/meter`).slice(0, 16)}`,
    city_id: owner.cityId,
    biller_id: owner.billerId,
    number: owner.number,
    kind: owner.kind,
    title: text('预付费燃气表', 'Prepaid gas meter'),
    lines: '[]',
    amount_fen: 0,
    top_up: JSON.stringify(rule),
    balance_fen: balanceFen,
    settlement:
      balanceFen < 0
        ? text(
            '充值先抵欠费，余下的计入余额。',
            'A top-up first clears the amount owed. The rest is added to the balance.',
          )
        : null,
    version: 1,
    issued_on: dayOf(now),
  }
}

/** A month that the meter has taken from its balance: history, never due. */
export function asPaidFromMeter(bill: BillSeed): BillSeed {
  const title = JSON.parse(bill.title) as Words
  return {
    ...bill,
    title: text(`${title.zh}（余额扣缴）`, `${title.en} (taken from the balance)`),
    due_on: null,
  }
}

const basicOf = ({ amount_fen, late_fee_fen = 0 }: BillSeed): number => amount_fen - (late_fee_fen ?? 0)

/** An overdue bill with earlier months unpaid on it, the late fee of all of them, and how it grew to this. */
export function addArrears(bill: BillSeed, earlierBills: BillSeed[], today: string): BillSeed {
  const basic = basicOf(bill)
  const arrears = earlierBills.reduce((sum, one) => sum + basicOf(one), 0)
  const lateFee = [bill, ...earlierBills].reduce((sum, { late_fee_fen }) => sum + (late_fee_fen ?? 0), 0)
  const joinedOn = addDays(bill.issued_on, 3)
  const firstLate = addDays(bill.due_on ?? bill.issued_on, 1)
  const yesterday = addDays(today, -1)
  const at = (day: string): string => instant(momentOf(day))
  const changes: StoredChange[] = [
    {
      version: 2,
      amountFen: basic + arrears,
      changedAt: at(firstLate > yesterday ? firstLate : yesterday),
      reason: { zh: '计入违约金', en: 'Late fee added' },
    },
    {
      version: 1,
      amountFen: basic,
      changedAt: at(joinedOn),
      reason: { zh: '并入往期欠费', en: 'Earlier debt added' },
    },
  ]
  const earlier = line('往期欠费', 'From earlier months', arrears, {
    zh: '前两期未缴的电费',
    en: 'Unpaid electricity of the two previous months',
  })
  return {
    ...bill,
    lines: JSON.stringify([...(JSON.parse(bill.lines) as StoredLine[]), earlier]),
    amount_fen: basic + arrears + lateFee,
    arrears_fen: arrears,
    late_fee_fen: lateFee,
    version: 3,
    changes: JSON.stringify(changes),
    settlement: text('违约金 → 往期欠费 → 本期', 'Late fee → earlier periods → this period'),
  }
}

const STAIRCASES = 40
const BUILDING_MONTHS = 25

/** A property company pays the water of forty staircases, month by month: a thousand bills, this month's forty open. */
export function buildingBills(owner: Owner, now: Date): BillSeed[] {
  const today = dayOf(now)
  return Array.from({ length: STAIRCASES * BUILDING_MONTHS }, (_, at) => {
    const age = Math.trunc(at / STAIRCASES)
    const staircase = (at % STAIRCASES) + 1
    const building = Math.trunc((staircase - 1) / 4) + 1
    const unit = ((staircase - 1) % 4) + 1
    const from = monthStart(today, -(age + 1))
    const key = `${owner.number}/${staircase}/${from}`
    const used = between(key, 80, 240)
    const issued = addDays(monthStart(from, 1), 1)
    const issuedOn = issued < today ? issued : today
    const [year, month] = from.split('-')
    return {
      id: `b-${sha256(key).slice(0, 16)}`,
      city_id: owner.cityId,
      biller_id: owner.billerId,
      number: owner.number,
      kind: owner.kind,
      title: text(
        `${year}年${Number(month)}月水费（${building}幢${unit}单元）`,
        `Water, ${year}-${month} (building ${building}, unit ${unit})`,
      ),
      lines: JSON.stringify([
        line('自来水费', 'Water', used * 290, { zh: `${used} 立方米 × 2.90 元`, en: `${used} m³ × ¥2.90` }),
      ]),
      amount_fen: used * 290,
      paid_fen: age === 0 ? 0 : used * 290,
      version: 1,
      usage_quantity: String(used),
      usage_unit: text('立方米', 'm³'),
      period_from: from,
      period_to: addDays(monthStart(from, 1), -1),
      issued_on: issuedOn,
      due_on: addDays(issuedOn > addDays(today, -20) ? issuedOn : today, 25),
      settled_at: age === 0 ? null : momentOf(addDays(issuedOn, 12), '10:00'),
    }
  })
}
