import type { Transaction } from 'kysely'
import { yuanOf } from '../cashiers/yuan'
import type { Tables } from '../database/tables'
import { idOf, type NewMessage, writeMessage } from '../messages/outbox'
import { dayOf, secondsAfter, timeOf, type Words } from '../words'
import type { MandateBillRow, MandateRow } from './rows'
import { noticeBy, type Reason } from './rules'

type Trx = Transaction<Tables>
type Told = Pick<MandateBillRow, 'bill_id' | 'amount_fen' | 'title'>
const DAY_SECONDS = 86_400

/** Announces a collection; gives the message's id, whose sending the collection waits for. */
export async function announce(
  trx: Trx,
  mandate: MandateRow,
  { bill_id, amount_fen, title }: Told,
  collectAt: Date,
  now: Date,
): Promise<string> {
  const day = dayOf(collectAt)
  const message: NewMessage = {
    cityId: mandate.city_id,
    citizenId: mandate.citizen_id,
    kind: 'collection-ahead',
    about: { kind: 'bill', id: bill_id },
    // An amount or a day that is another is announced anew.
    which: `${mandate.id}/${day}/${amount_fen}`,
    title: { zh: '即将自动扣款', en: 'Automatic payment ahead' },
    text: {
      zh: `${title.zh} ¥${yuanOf(amount_fen)}，将于 ${day} ${timeOf(collectAt)} 起自动扣款。不想扣可在此前取消，或自行缴清。`,
      en: `${title.en}: ¥${yuanOf(amount_fen)} will be collected on ${day} from ${timeOf(collectAt)}. To avoid it, cancel before then or pay it yourself.`,
    },
    sendAt: now,
    until: noticeBy(collectAt),
  }
  await writeMessage(trx, message, now)
  return idOf(message)
}

const why: Record<Reason, Words> = {
  'above-ceiling': { zh: '超过您设的上限，不会自动扣款。', en: 'It is above your ceiling, so it is not collected.' },
  'above-host-limit': {
    zh: '超过平台单笔限额，不会自动扣款。',
    en: 'It is above the host’s limit, so it is not collected.',
  },
  'too-late': { zh: '来不及在到期前自动扣款。', en: 'It cannot be collected before it is due.' },
  'ends-before': { zh: '授权在扣款日前到期。', en: 'Your permission ends before it could be collected.' },
  'not-told': {
    zh: '未能提前三天通知到您，没有扣款。',
    en: 'We could not notify you three days ahead, so nothing was collected.',
  },
  'no-money': { zh: '余额不足，没有扣款。', en: 'There was not enough money, so nothing was collected.' },
  'host-ended': {
    zh: '平台上的授权已关闭，没有扣款。',
    en: 'The permission has ended at the host, so nothing was collected.',
  },
  'not-collected': { zh: '未能自动扣款。', en: 'It could not be collected.' },
  ended: { zh: '授权已结束。', en: 'The permission has ended.' },
}

/** A bill waits for the citizen's own yes: a new one, or one that is not collected after all. */
export const tellOfBill = (
  trx: Trx,
  mandate: MandateRow,
  { bill_id, amount_fen, title }: Told,
  reason: Reason | null,
  now: Date,
): Promise<void> =>
  writeMessage(
    trx,
    {
      cityId: mandate.city_id,
      citizenId: mandate.citizen_id,
      kind: 'bill-brought',
      about: { kind: 'bill', id: bill_id },
      which: `${mandate.id}/${reason ?? 'new'}`,
      title: reason
        ? { zh: '这笔账单请自行缴费', en: 'Please pay this bill yourself' }
        : { zh: '新账单', en: 'New bill' },
      text: {
        zh: `${title.zh} ¥${yuanOf(amount_fen)}。${reason ? why[reason].zh : ''}请查看后确认缴费。`,
        en: `${title.en}: ¥${yuanOf(amount_fen)}. ${reason ? `${why[reason].en} ` : ''}View it and confirm to pay.`,
      },
      sendAt: now,
      until: secondsAfter(now, 7 * DAY_SECONDS),
    },
    now,
  )

/** It ended, and not by the citizen in this app. */
export const tellOfEnd = (trx: Trx, mandate: MandateRow, now: Date): Promise<void> =>
  writeMessage(
    trx,
    {
      cityId: mandate.city_id,
      citizenId: mandate.citizen_id,
      kind: 'mandate-ended',
      about: { kind: 'mandate', id: mandate.account_id },
      which: mandate.id,
      title: { zh: '自动扣款已结束', en: 'Automatic payment has ended' },
      text: {
        zh: '今后不再自动扣款，新账单请自行缴费。',
        en: 'Nothing is collected any more. Please pay new bills yourself.',
      },
      sendAt: now,
      until: secondsAfter(now, 7 * DAY_SECONDS),
    },
    now,
  )
