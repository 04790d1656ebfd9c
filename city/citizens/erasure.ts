import type { Transaction } from 'kysely'
import type { EraseCitizenData, EraseCitizenResponses, ReportSubject } from '../../contract/wire/types.gen'
import { forgetFindingsOf } from '../billing/found-bills'
import { bookingCounters, eraseVisits, lockCitizen } from '../booking'
import type { Tables } from '../database/tables'
import { type Context, operation } from '../http/operation'
import { problem } from '../http/problem'
import { endAll } from '../mandates/rows'
import { eraseTitles } from '../payments/paper-rows'
import { say, type Words } from '../words'
import { sections } from './records'

type Trx = Transaction<Tables>

/** Payments that still move; what goes back is a refund. */
const open: ReadonlySet<string> = new Set(['created', 'cashier-open', 'unknown', 'paid', 'closing'])

const todo: Record<'payment' | 'refund' | 'appointment', Words> = {
  payment: {
    zh: '有支付尚未完成：请付完或取消，并等待入账。',
    en: 'A payment is still open: complete or cancel it, and wait until it is credited.',
  },
  refund: { zh: '有退款尚未到账：请等待退款完成。', en: 'A refund is still on its way: wait until it has arrived.' },
  appointment: {
    zh: '有预约还没有办理：请先取消，或办理之后再删除。',
    en: 'A visit is still ahead: cancel it first, or come back after it.',
  },
}

const paused = (until: string): Words => ({
  zh: `暂停预约期间不能删除，${until.slice(0, 10)} 之后可以。`,
  en: `While booking is paused your data cannot be erased. It can be from ${until.slice(0, 10)} on.`,
})

/** What has to end first. */
async function pendingOf(trx: Trx, cityId: string, citizenId: string): Promise<ReportSubject[]> {
  const payments = await trx
    .selectFrom('payments')
    .select(['id', 'state'])
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .execute()
  const refunds = await trx
    .selectFrom('refunds')
    .select('id')
    .where('city_id', '=', cityId)
    .where('payment_id', 'in', [...payments.map(({ id }) => id), ''])
    .where('state', '<>', 'succeeded')
    .execute()
  const visits = await trx
    .selectFrom('appointments')
    .select('id')
    .where('city_id', '=', cityId)
    .where((visit) => visit.or([visit('citizen_id', '=', citizenId), visit('person_id', '=', citizenId)]))
    .where('state', 'in', ['confirmed', 'checked-in'])
    .execute()
  return [
    ...payments.filter(({ state }) => open.has(state)).map(({ id }) => ({ kind: 'payment' as const, id })),
    ...refunds.map(({ id }) => ({ kind: 'refund' as const, id })),
    ...visits.map(({ id }) => ({ kind: 'appointment' as const, id })),
  ]
}

function refuse(pending: ReportSubject[], { language }: Context): never {
  const kinds = (['payment', 'refund', 'appointment'] as const).filter((kind) =>
    pending.some((each) => each.kind === kind),
  )
  const detail = kinds.map((kind) => say(todo[kind], language)).join(language === 'en' ? ' ' : '')
  throw problem('erasure-refused', { detail, pending: pending.slice(0, 100) })
}

/**
 * All about the citizen goes but what the law keeps, which names nobody: who signs in again is a new citizen. Repeated after a lost answer
 * it finds no session; the app signs in anew, and there is nothing left to erase.
 */
export const eraseCitizen = operation<EraseCitizenData, EraseCitizenResponses>(async (_call, context) => {
  const { cityId, citizenId, language } = context
  // Otherwise a pause would end with a new citizen.
  const { blockedUntil } = await bookingCounters(context)
  if (blockedUntil !== undefined)
    throw problem('erasure-refused', { detail: say(paused(blockedUntil), language), pending: [] })
  await context.database.transaction(async (trx) => {
    await lockCitizen(trx, cityId, citizenId)
    const pending = await pendingOf(trx, cityId, citizenId)
    if (pending.length > 0) refuse(pending, context)
    await eraseVisits(trx, cityId, citizenId)
    await endAll(trx, { cityId, citizenId }, context.now())
    await eraseTitles(trx, cityId, citizenId)
    await forgetFindingsOf(trx, cityId, citizenId)
    // The citizen's own row last: others point at it.
    for (const { table, of, kept } of [...sections].reverse()) {
      if (kept === undefined) await trx.deleteFrom(table).where(of(cityId, citizenId)).execute()
    }
  })
  return { status: 204 }
})
