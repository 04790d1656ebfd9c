import type { Transaction } from 'kysely'
import { yuanOf } from '../cashiers/yuan'
import type { Tables } from '../database/tables'
import { addDays, dayOf, momentOf, secondsAfter, timeOf } from '../words'
import { withdrawMessages, writeMessage } from './outbox'

type Trx = Transaction<Tables>
const DAY_SECONDS = 86_400

/** A place was found for who waits: until when it is theirs. */
export const tellOfOffer = (
  trx: Trx,
  hold: { id: string; city_id: string; citizen_id: string; expires_at: Date },
  startsAt: Date,
  now: Date,
): Promise<void> =>
  writeMessage(
    trx,
    {
      cityId: hold.city_id,
      citizenId: hold.citizen_id,
      kind: 'place-offered',
      about: { kind: 'hold', id: hold.id },
      title: { zh: '候补有空位了', en: 'A place is available' },
      text: {
        zh: `${dayOf(startsAt)} ${timeOf(startsAt)} 已为您保留，请在 ${timeOf(hold.expires_at)} 前确认。`,
        en: `${dayOf(startsAt)} ${timeOf(startsAt)} is reserved for you. Confirm it by ${timeOf(hold.expires_at)}.`,
      },
      sendAt: now,
      until: hold.expires_at,
    },
    now,
  )

type Visit = { id: string; city_id: string; citizen_id: string }

/** The evening before a visit. One that was told of another day before is told of this one. */
export async function tellOfVisit(trx: Trx, visit: Visit, startsAt: Date, now: Date): Promise<void> {
  const { id, city_id: cityId, citizen_id: citizenId } = visit
  await withdrawMessages(trx, { cityId, citizenId, kind: 'visit-tomorrow', aboutIds: [id] }, now)
  const sendAt = momentOf(addDays(dayOf(startsAt), -1), '18:00')
  // Who books later knows.
  if (sendAt <= now) return
  const message = {
    cityId,
    citizenId,
    kind: 'visit-tomorrow' as const,
    about: { kind: 'appointment' as const, id },
    which: dayOf(startsAt),
    title: { zh: '明天有预约', en: 'Your visit is tomorrow' },
    text: {
      zh: `${dayOf(startsAt)} ${timeOf(startsAt)}，请带好材料，凭取号凭码取号。`,
      en: `${dayOf(startsAt)} ${timeOf(startsAt)}. Bring your documents and your check-in code.`,
    },
    sendAt,
    until: startsAt,
  }
  await writeMessage(trx, message, now)
}

/** The hall cancelled a visit. */
export const tellOfCancellation = (trx: Trx, visit: Visit & { day: string }, now: Date): Promise<void> =>
  writeMessage(
    trx,
    {
      cityId: visit.city_id,
      citizenId: visit.citizen_id,
      kind: 'visit-cancelled',
      about: { kind: 'appointment', id: visit.id },
      title: { zh: '大厅取消了您的预约', en: 'The hall has cancelled your visit' },
      text: {
        zh: `${visit.day} 的预约已由大厅取消，不计爽约。您可以再约其他时间。`,
        en: `Your visit on ${visit.day} was cancelled by the hall. It does not count as missed. You can book another time.`,
      },
      sendAt: now,
      until: secondsAfter(now, 3 * DAY_SECONDS),
    },
    now,
  )

const changes = {
  'no-show': {
    title: { zh: '预约记为未到场', en: 'Your visit counts as missed' },
    text: (day: string) => ({
      zh: `${day} 的预约被大厅记为未到场。如果您到过现场，可以反映问题。`,
      en: `The hall has marked your visit on ${day} as missed. If you were there, report a problem.`,
    }),
  },
  excused: {
    title: { zh: '预约不计爽约', en: 'Your visit does not count as missed' },
    text: (day: string) => ({
      zh: `大厅已核实，${day} 的预约不计爽约。`,
      en: `The hall has checked your visit on ${day}: it does not count as missed.`,
    }),
  },
}

/** The hall decided something else about a visit. */
export const tellOfChange = (
  trx: Trx,
  visit: Visit & { day: string },
  state: keyof typeof changes,
  now: Date,
): Promise<void> =>
  writeMessage(
    trx,
    {
      cityId: visit.city_id,
      citizenId: visit.citizen_id,
      kind: 'visit-changed',
      about: { kind: 'appointment', id: visit.id },
      which: state,
      title: changes[state].title,
      text: changes[state].text(visit.day),
      sendAt: now,
      until: secondsAfter(now, 3 * DAY_SECONDS),
    },
    now,
  )

type Payment = { id: string; city_id: string; citizen_id: string; reference: string }

/** The biller has decided about a payment to the wrong account: whether the money comes back. */
export const tellOfRecall = (
  trx: Trx,
  payment: Payment,
  { recall_reference: reference, position }: { recall_reference: string | null; position: number },
  isBack: boolean,
  now: Date,
): Promise<void> =>
  writeMessage(
    trx,
    {
      cityId: payment.city_id,
      citizenId: payment.citizen_id,
      kind: 'recall-ended',
      about: { kind: 'payment', id: payment.id },
      which: String(position),
      title: isBack
        ? { zh: '撤回已同意，将退款', en: 'Your recall was agreed to' }
        : { zh: '撤回未获同意', en: 'Your recall was declined' },
      text: isBack
        ? {
            zh: `撤回编号 ${reference}，款项将退回原支付账户。`,
            en: `Recall ${reference}: the money will be returned to the account it was paid from.`,
          }
        : {
            zh: `撤回编号 ${reference}，可以查看缴费单位的说明。`,
            en: `Recall ${reference}: see what the biller says.`,
          },
      sendAt: now,
      until: secondsAfter(now, 7 * DAY_SECONDS),
    },
    now,
  )

/** Money of a refund is back with whoever paid. */
export const tellOfRefund = (
  trx: Trx,
  payment: Payment,
  refund: { id: string; amount_fen: number },
  now: Date,
): Promise<void> =>
  writeMessage(
    trx,
    {
      cityId: payment.city_id,
      citizenId: payment.citizen_id,
      kind: 'refund-arrived',
      about: { kind: 'payment', id: payment.id },
      which: refund.id,
      title: { zh: '退款已到账', en: 'Your refund has arrived' },
      text: {
        zh: `¥${yuanOf(refund.amount_fen)} 已退回原支付账户，支付单号 ${payment.reference}。`,
        en: `¥${yuanOf(refund.amount_fen)} was returned to the account it was paid from. Payment ${payment.reference}.`,
      },
      sendAt: now,
      until: secondsAfter(now, 7 * DAY_SECONDS),
    },
    now,
  )

/** An office has answered a report. */
export const tellOfAnswer = (
  trx: Trx,
  report: { id: string; city_id: string; citizen_id: string; reference: string; version: number },
  now: Date,
): Promise<void> =>
  writeMessage(
    trx,
    {
      cityId: report.city_id,
      citizenId: report.citizen_id,
      kind: 'report-answered',
      about: { kind: 'report', id: report.id },
      which: String(report.version),
      title: { zh: '您的反馈有答复了', en: 'Your report has been answered' },
      text: {
        zh: `反馈编号 ${report.reference}，可以查看答复，也可以继续补充。`,
        en: `Report ${report.reference}: read the answer, or reply to it.`,
      },
      sendAt: now,
      until: secondsAfter(now, 7 * DAY_SECONDS),
    },
    now,
  )
