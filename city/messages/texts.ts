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

/** Money of a refund is back with whoever paid. */
export const tellOfRefund = (
  trx: Trx,
  payment: { city_id: string; citizen_id: string; reference: string },
  refund: { id: string; amount_fen: number },
  now: Date,
): Promise<void> =>
  writeMessage(
    trx,
    {
      cityId: payment.city_id,
      citizenId: payment.citizen_id,
      kind: 'refund-arrived',
      about: { kind: 'refund', id: refund.id },
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
