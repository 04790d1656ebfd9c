import type {
  FindBillData,
  FindBillResponses,
  Finding,
  ForgetFindingData,
  ForgetFindingResponses,
} from '../../contract/wire/types.gen'
import type { BillerSeed } from '../catalogue'
import { type Context, operation } from '../http/operation'
import { problem } from '../http/problem'
import { newId } from '../ids'
import { instant, secondsAfter } from '../words'
import { answerOf } from './ask'
import { billBodies } from './bill-body'
import { askBiller, askClosing, type BillerAnswer, billerOf } from './billers'
import { numberProblem } from './check-digit'
import { keep } from './copy'
import {
  asFound,
  type FindingRow,
  FOUND_SECONDS,
  findingBody,
  forgetFindings,
  foundBills,
  liveFindings,
} from './found-bills'
import { noteForHolders } from './holder-notes'
import { plainProof } from './proof'
import { allowMatch, allowTry, countMiss } from './question-limits'

/** Of the contract: an account with more is shown its oldest. */
const MOST_BILLS = 100

/** Nothing of what was not found is written, but that somebody asked. */
export const findBill = operation<FindBillData, FindBillResponses>(async ({ body }, context) => {
  const biller = billerOf(context.city, body.billerId)
  const { finding } = biller
  if (finding === undefined || !context.city.features.includes('findings')) throw problem('not-found')
  const { number } = body
  const wrong = numberProblem(biller.account, number)
  const proof = finding.proof ? plainProof(finding.proof, body.proof ?? '') : null
  const fields = [
    ...(wrong === null ? [] : [{ field: 'number', problem: wrong }]),
    ...(finding.proof && proof === null ? [{ field: 'proof', problem: 'as finding.proof of the biller says' }] : []),
  ]
  if (fields.length > 0) throw problem('invalid-fields', { fields })
  const before = await liveFindings(context.db, context)
    .where('f.biller_id', '=', biller.id)
    .where('f.number', '=', number)
    .executeTakeFirst()
  if (before === undefined) {
    await allowMatch(context)
    if (proof !== null) await allowTry(context, biller.id, number)
  }
  const askedAt = context.now()
  const answer = await askFinder(context, biller, number, proof)
  const at = { billerId: biller.id, serverTime: instant(askedAt) }
  const say = (body: Finding) => ({ status: 200 as const, body })
  if (answer.kind === 'not-answering') return say({ outcome: 'not-answering', ...at })
  if (answer.kind === 'closed') return say({ outcome: 'biller-closed', closedUntil: instant(answer.until), ...at })
  if (answer.kind === 'no-account') {
    if (before === undefined) await countMiss(context)
    return say({ outcome: 'not-found', ...at })
  }
  const { bills, isHolder } = answer.account
  if (!bills.some(({ settledAt }) => settledAt === undefined)) {
    const settled = bills.flatMap(({ settledAt }) => settledAt ?? []).sort((a, b) => b.getTime() - a.getTime())[0]
    if (finding.by === 'account') return say({ outcome: 'nothing-due', ...at })
    return say({ outcome: 'settled', ...(settled ? { settledAt: instant(settled) } : {}), ...at })
  }
  const row = await note(context, { biller_id: biller.id, number }, isHolder)
  await keep(context, { city_id: context.cityId, biller_id: biller.id, number }, answer.account, askedAt)
  if (!isHolder) await noteForHolders(context, row, 'find')
  const open = await foundBills(context.db, context)
    .where('f.id', '=', row.id)
    .where('b.settled_at', 'is', null)
    .orderBy('b.issued_on')
    .orderBy('b.id')
    .limit(MOST_BILLS)
    .execute()
  // It was paid here while its biller was asked.
  if (open.length === 0) return say({ outcome: finding.by === 'account' ? 'nothing-due' : 'settled', ...at })
  return say({
    outcome: 'found',
    account: await findingBody(context.db, row, context),
    bills: await billBodies(context.db, open.map(asFound), context),
    expiresAt: instant(row.expires_at),
    ...at,
  })
})

/** Found again: the same, for as long again, and not for shorter than it is known already. */
function note(
  context: Context,
  found: Pick<FindingRow, 'biller_id' | 'number'>,
  isHolder: boolean,
): Promise<FindingRow> {
  const now = context.now()
  const until = secondsAfter(now, FOUND_SECONDS)
  const row = { city_id: context.cityId, citizen_id: context.citizenId, ...found, is_holder: isHolder }
  return context.db
    .insertInto('findings')
    .values({ ...row, id: newId('f'), found_at: now, expires_at: until })
    .onConflict((conflict) =>
      conflict.columns(['city_id', 'citizen_id', 'biller_id', 'number']).doUpdateSet((eb) => ({
        is_holder: isHolder,
        expires_at: eb
          .case()
          .when('findings.expires_at', '>', until)
          .then(eb.ref('findings.expires_at'))
          .else(until)
          .end(),
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** A biller that cannot find by a decision or a voucher does not answer. */
async function askFinder(
  context: Context,
  biller: BillerSeed,
  number: string,
  proof: string | null,
): Promise<BillerAnswer> {
  if (biller.finding?.by === 'account' && proof === null) return askBiller(context, biller, number)
  const closed = await askClosing(context, biller)
  if (closed !== null) return { kind: 'closed', until: closed }
  const { cityId, citizenId, db, service } = context
  const { billers } = service
  if (billers.find === undefined) return { kind: 'not-answering' }
  const person = await db
    .selectFrom('citizens')
    .select(['name', 'phone'])
    .where('city_id', '=', cityId)
    .where('id', '=', citizenId)
    .executeTakeFirstOrThrow()
  const answer = await answerOf(billers.find({ cityId, billerId: biller.id, number, proof, person }))
  if (answer === null) return { kind: 'not-answering' }
  return answer.value === null ? { kind: 'no-account' } : { kind: 'account', account: answer.value }
}

export const forgetFinding = operation<ForgetFindingData, ForgetFindingResponses>(async ({ path }, context) => {
  const { cityId, citizenId } = context
  await context.database.transaction(async (trx) => {
    const rows = await trx
      .selectFrom('findings')
      .select(['id', 'biller_id', 'number'])
      .where('city_id', '=', cityId)
      .where('id', '=', path.findingId)
      .where('citizen_id', '=', citizenId)
      .forUpdate()
      .execute()
    await forgetFindings(trx, cityId, rows)
  })
  return { status: 204 }
})
