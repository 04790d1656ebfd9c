import { randomInt } from 'node:crypto'
import type {
  BeginMandateData,
  BeginMandateResponses,
  ChangeMandateData,
  ChangeMandateResponses,
  EndMandateData,
  EndMandateResponses,
  ListMandatesData,
  ListMandatesResponses,
  MandateOffer,
  MandateRequest,
} from '../../contract/wire/types.gen'
import { ownAccount } from '../billing/accounts'
import { billerOf } from '../billing/billers'
import type { BillerSeed } from '../catalogue'
import { type Context, creating, type Handler, operation, refuseWhenReadOnly } from '../http/operation'
import { problem } from '../http/problem'
import { newId } from '../ids'
import { withdrawMessages } from '../messages/outbox'
import { stampOf } from '../payments/advance'
import { cashierKinds } from '../payments/notifications'
import { addDays, dayOf, instant, say, secondsAfter } from '../words'
import { followAgreement, signAtVendor, tellEnd } from './agreements'
import {
  billsOf,
  change,
  changeBill,
  end,
  lockMandate,
  type MandateRow,
  mandateBodies,
  mandateBody,
  ownMandate,
  readMandate,
} from './rows'
import { NOTICE_DAYS, verdictOf } from './rules'
import { tellOfBill } from './texts'

const SIGN_SECONDS = 1800
const MOST_DAYS = 731
const MOST_SHOWN = 20

/** A fine and a tax come once, and each is read before it is paid. */
const comesAgain = ({ kind }: BillerSeed): boolean => kind !== 'fine' && kind !== 'tax'

/** Who collects is who answers for it: a city without such a contract offers to bring bills alone. */
function offersOf({ service, cityId, city }: Context, billerId: string): MandateOffer[] {
  if (!comesAgain(billerOf(city, billerId))) return []
  const collected = cashierKinds.flatMap((cashier): MandateOffer[] => {
    const contract = service.cashiers.of(cityId, cashier)?.contract
    return contract ? [{ kind: 'auto-pay', cashier, maxFen: contract.maxFen }] : []
  })
  return [{ kind: 'view-and-pay' }, ...collected]
}

/** Some cities bring no bills. */
function needMandates(context: Context): void {
  if (!context.city.features.includes('mandates')) throw problem('not-found')
}

export const listMandates = operation<ListMandatesData, ListMandatesResponses>(async ({ path }, context) => {
  needMandates(context)
  const account = await ownAccount(context.db, path.accountId, context)
  const read = () =>
    context.db
      .selectFrom('mandates')
      .selectAll()
      .where('city_id', '=', context.cityId)
      .where('citizen_id', '=', context.citizenId)
      .where('account_id', '=', account.id)
      .orderBy('began_at', 'desc')
      .orderBy('id')
      .limit(MOST_SHOWN)
      .execute()
  let rows = await read()
  const signing = rows.filter(({ state }) => state === 'signing')
  for (const mandate of signing) await followAgreement(context.service, mandate)
  if (signing.length > 0) rows = await read()
  const inForceFirst = [
    ...rows.filter(({ state }) => state !== 'ended'),
    ...rows.filter(({ state }) => state === 'ended'),
  ]
  return {
    status: 200,
    body: {
      accountId: account.id,
      items: await mandateBodies(context.db, inForceFirst, context),
      offers: offersOf(context, account.biller_id),
      noticeDays: NOTICE_DAYS,
      serverTime: instant(context.now()),
    },
  }
})

/** The terms of an auto-pay, or what is wrong with them. */
function termsOf(body: MandateRequest, offers: readonly MandateOffer[], now: Date) {
  const { cashier, ceilingFen, endsOn } = body
  const wrong = (field: string, why: string) => problem('invalid-fields', { fields: [{ field, problem: why }] })
  const offer = offers.find((each) => each.kind === 'auto-pay' && each.cashier === cashier)
  if (cashier === undefined || offer === undefined) throw wrong('cashier', 'one that is offered')
  refuseTerms({ ceilingFen, endsOn }, offer.maxFen ?? 0, now)
  if (ceilingFen === undefined) throw wrong('ceilingFen', 'needed')
  if (endsOn === undefined) throw wrong('endsOn', 'needed')
  return { cashier, ceiling_fen: ceilingFen, ends_on: endsOn }
}

function refuseTerms(
  { ceilingFen, endsOn }: { ceilingFen?: number | undefined; endsOn?: string | undefined },
  maxFen: number,
  now: Date,
): void {
  const wrong = (field: string, why: string) => problem('invalid-fields', { fields: [{ field, problem: why }] })
  if (ceilingFen !== undefined && ceilingFen > maxFen) throw wrong('ceilingFen', `no more than ${maxFen} fen`)
  const today = dayOf(now)
  if (endsOn !== undefined && (endsOn < today || endsOn > addDays(today, MOST_DAYS)))
    throw wrong('endsOn', 'from today on, within two years')
}

const begin = creating<BeginMandateData, BeginMandateResponses>(
  'beginMandate',
  async ({ path, body }, context, trx) => {
    needMandates(context)
    refuseWhenReadOnly(context)
    const now = context.now()
    const account = await ownAccount(trx, path.accountId, context)
    const offers = offersOf(context, account.biller_id)
    if (!offers.some(({ kind }) => kind === body.kind)) throw problem('not-found')
    const terms = body.kind === 'auto-pay' ? termsOf(body, offers, now) : {}
    // Two that begin at once are one after the other.
    await trx
      .selectFrom('accounts')
      .select('id')
      .where('city_id', '=', context.cityId)
      .where('id', '=', account.id)
      .forUpdate()
      .execute()
    const earlier = await trx
      .selectFrom('mandates')
      .selectAll()
      .where('city_id', '=', context.cityId)
      .where('citizen_id', '=', context.citizenId)
      .where('account_id', '=', account.id)
      .where('state', '<>', 'ended')
      .orderBy('id')
      .forUpdate()
      .execute()
    const active = earlier.find(({ state }) => state === 'active')
    if (active?.kind === 'auto-pay') throw problem('forbidden', { detail: say(oneIsEnough, context.language) })
    if (active?.kind === body.kind) return startOf(active)
    for (const mandate of earlier) if (mandate.state === 'signing') await end(trx, mandate, 'not-signed', now)
    const isAuto = body.kind === 'auto-pay'
    const signUntil = isAuto ? secondsAfter(now, SIGN_SECONDS) : null
    const mandate = await trx
      .insertInto('mandates')
      .values({
        city_id: context.cityId,
        id: newId('md'),
        citizen_id: context.citizenId,
        account_id: account.id,
        kind: body.kind,
        state: isAuto ? 'signing' : 'active',
        ...terms,
        reference: isAuto ? referenceOf(context.city.letters, now) : null,
        began_at: now,
        sign_until: signUntil,
        look_at: signUntil ?? now,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return startOf(mandate)

    async function startOf(row: MandateRow) {
      const body = { mandate: await mandateBody(trx, row, context), serverTime: instant(now) }
      return { status: 201 as const, body }
    }
  },
)

const referenceOf = (letters: string, now: Date): string =>
  `${letters}X${stampOf(now)}${String(randomInt(10 ** 10)).padStart(10, '0')}`

/** The agreement is made known to the vendor once the city has committed it; who repeats the call makes it known again. */
export const beginMandate: Handler = async (call, context) => {
  const { status, body } = await begin(call, context)
  const { id } = (body as { mandate: { id: string } }).mandate
  const mandate = await readMandate(context.db, { city_id: context.cityId, id })
  const signing = mandate.state === 'signing' ? await signAtVendor(context.service, mandate) : null
  return {
    status,
    body: {
      mandate: await mandateBody(context.db, mandate, context),
      ...(signing ? { signing } : {}),
      serverTime: instant(context.now()),
    },
  }
}

export const changeMandate = operation<ChangeMandateData, ChangeMandateResponses>(async ({ path, body }, context) => {
  const own = await ownMandate(context.db, path.mandateId, context)
  const changed = await context.database.transaction(async (trx) => {
    const now = context.now()
    const mandate = await lockMandate(trx, own)
    if (mandate.state === 'ended' || mandate.kind !== 'auto-pay') throw problem('not-found')
    const maxFen = context.service.cashiers.of(context.cityId, mandate.cashier ?? 'till')?.contract?.maxFen ?? 0
    refuseTerms(body, maxFen, now)
    const row = await change(trx, mandate, {
      ...(body.ceilingFen === undefined ? {} : { ceiling_fen: body.ceilingFen }),
      ...(body.endsOn === undefined ? {} : { ends_on: body.endsOn }),
    })
    for (const bill of await billsOf(trx, row)) {
      if (bill.state !== 'announced' || bill.collect_at === null) continue
      const collectAt = bill.collect_at
      const onItsDay = { now: collectAt, collectAt, noticedAt: new Date(0) }
      const terms = { ceilingFen: row.ceiling_fen ?? 0, endsOn: row.ends_on ?? '' }
      const verdict = verdictOf({ ...onItsDay, ...terms, amountFen: bill.amount_fen })
      if (verdict.kind !== 'own') continue
      await changeBill(trx, bill, { state: 'yours', reason: verdict.reason })
      const which = { cityId: row.city_id, citizenId: row.citizen_id, aboutIds: [bill.bill_id] }
      await withdrawMessages(trx, { ...which, kind: 'collection-ahead' }, now)
      await tellOfBill(trx, row, bill, verdict.reason, now)
    }
    return row
  })
  return { status: 200, body: await mandateBody(context.db, changed, context) }
})

/** Counts with its commit; that the vendor hears of it at once makes it refuse what may still be on its way there. */
export const endMandate = operation<EndMandateData, EndMandateResponses>(async ({ path }, context) => {
  const own = await ownMandate(context.db, path.mandateId, context)
  await context.database.transaction(async (trx) => end(trx, await lockMandate(trx, own), 'citizen', context.now()))
  await tellEnd(context.service, own)
  return { status: 200, body: await mandateBody(context.db, await readMandate(context.db, own), context) }
})

const oneIsEnough = {
  zh: '这个户号已开通自动扣款。要改为其他方式，请先关闭。',
  en: 'This account is on automatic payment already. End it first to choose another way.',
}
