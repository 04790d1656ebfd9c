import type { StoredDecision, StoredFine } from '../../city/database/tables'
import { addDays, dayOf, momentOf, monthStart, type Words } from '../../city/words'
import { surchargeFen } from '../fines'
import type { Plan } from './accounts'
import { type BillSeed, line } from './bill-lines'

const FINE_FEN = 20_000
/** A fine is to be paid within 15 days, and then costs 3 % of it a day more (行政处罚法 67, 72). */
const DAYS_TO_PAY = 15
const PER_MILLE = 30
const WEEK = 7

const both = (zh: string, en: string): Words => ({ zh, en })

const inHangzhou = {
  plate: '浙A',
  place: both('西湖区文三路与学院路路口', 'Wensan Road and Xueyuan Road, Xihu'),
  authority: both('杭州市公安局交通警察局西湖大队', 'Hangzhou Traffic Police, Xihu'),
}
const inChengdu = {
  plate: '川A',
  place: both('青羊区人民中路与文武路路口', 'Renmin Middle Road and Wenwu Road, Qingyang'),
  authority: both('成都市公安局交通管理局第二分局', 'Chengdu Traffic Police, Second Branch'),
}

const placeOf = ({ number }: BillSeed) => (number.startsWith('5101') ? inChengdu : inHangzhou)

/** A fine whose decision has to be read and confirmed here before it can be paid. */
function withDecision(bill: BillSeed, decidedOn: string): BillSeed {
  const { number } = bill
  const [, month, day] = addDays(decidedOn, -9).split('-')
  const at = placeOf(bill)
  const decision: StoredDecision = {
    number,
    text: {
      zh: `${Number(month)}月${Number(day)}日 08:12，您驾驶小型轿车（${at.plate}·8**15）在${at.place.zh}违反禁止标线指示。依据《道路交通安全法》第三十八条、第九十条，决定罚款 200 元，记 1 分。不服可在 60 日内申请行政复议。`,
      en: `On ${addDays(decidedOn, -9)} at 08:12 your car (${at.plate}·8**15) violated a prohibitory marking at ${at.place.en}. Under articles 38 and 90 of the Road Traffic Safety Law: a fine of ¥200 and 1 point. You can apply for administrative review within 60 days.`,
    },
    decidedOn,
    authority: at.authority,
    objectUntil: addDays(decidedOn, 60),
  }
  const lines = JSON.stringify([line('罚款', 'Fine', FINE_FEN, { zh: '记 1 分', en: '1 point' })])
  return { ...bill, lines, version: 1, decision: JSON.stringify(decision) }
}

/** The same day six months on, or the last of that month (行政诉讼法 46). */
function halfYearAfter(day: string): string {
  const same = addDays(monthStart(day, 6), Number(day.slice(8)) - 1)
  const last = addDays(monthStart(day, 7), -1)
  return same < last ? same : last
}

/** Decided five days ago, or so long that it is a week late. */
export function fineOf(bill: BillSeed, plan: Plan, now: Date): BillSeed {
  const lateDays = plan === 'fine-late' ? WEEK : 0
  const decidedOn = addDays(dayOf(now), lateDays > 0 ? -(DAYS_TO_PAY + lateDays) : -5)
  const lateFee = surchargeFen(FINE_FEN, PER_MILLE, lateDays)
  const terms: StoredFine = {
    number: bill.number,
    authority: placeOf(bill).authority,
    offence: both('违反禁止标线指示', 'Prohibitory marking violation'),
    decidedOn,
    perMille: PER_MILLE,
    reviewUntil: addDays(decidedOn, 60),
    sueUntil: halfYearAfter(decidedOn),
  }
  const isPaid = plan === 'fine-paid'
  const fine: BillSeed = {
    ...bill,
    amount_fen: FINE_FEN + lateFee,
    late_fee_fen: lateFee,
    paid_fen: isPaid ? FINE_FEN : 0,
    settled_at: isPaid ? momentOf(addDays(decidedOn, 2), '12:00') : null,
    issued_on: decidedOn,
    due_on: addDays(decidedOn, DAYS_TO_PAY),
    fine: JSON.stringify(terms),
    ...(plan === 'fine-reviewed' ? { not_payable: JSON.stringify(underReview) } : {}),
  }
  return plan === 'decision' ? withDecision(fine, decidedOn) : fine
}

const underReview = both(
  '当事人已申请行政复议，处罚暂停执行，现在不能缴纳。复议期间不计加处罚款。',
  'The party has applied for administrative review, and the penalty is suspended. It cannot be paid now, and no surcharge is added meanwhile.',
)
