import type { Selectable } from 'kysely'
import type { Bill, BillStatus, Level, PaymentStanding } from '../../contract/wire/types.gen'
import { isBelow, levelNow } from '../citizens/verification-levels'
import type { Db } from '../database/database'
import type { CoreTables } from '../database/tables'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { standings } from '../payments/body'
import { dayOf, instant, type Language, say } from '../words'
import { accountLabels } from './account-label'

export type BillRow = Selectable<CoreTables['bills']>

/** A bill of a bound account: what its biller last told of the account, and whether it knows the citizen as the holder. */
export type OwnBillRow = BillRow & {
  account_id: string
  is_holder: boolean
  answered_at: Date | null
  /** Found by its number, and not bound: `account_id` is the finding's. */
  is_found?: boolean
}

/** What is left to pay of it; of a meter, its debt. */
export function leftOf(row: BillRow): number {
  return row.top_up ? Math.max(0, -row.balance_fen) : row.amount_fen - row.paid_fen
}

/** What may be paid of a meter at once: never less than its debt. */
export function topUpOf(row: BillRow): { minFen: number; maxFen: number; presetsFen: number[] } | null {
  if (row.top_up === null) return null
  const minFen = Math.max(row.top_up.minFen, leftOf(row))
  const { maxFen, presetsFen } = row.top_up
  return { minFen, maxFen: Math.max(minFen, maxFen), presetsFen: presetsFen.filter((preset) => preset >= minFen) }
}

export const isDecisionOpen = (row: BillRow): boolean =>
  row.decision !== null && row.decision_confirmed_at === null && row.settled_at === null

const decisionFirst = {
  zh: '请先阅读处罚决定，确认无误后即可缴款。',
  en: 'Read and confirm the decision first. You can then pay.',
}
const decisionOfAnother = {
  zh: '须由当事人本人阅读并确认处罚决定，确认后即可代为缴款。',
  en: 'Only the person it concerns can read and confirm the decision. After that you can pay on their behalf.',
}

/** Why it can not be paid here now; null when it can, as far as the biller is concerned. */
export const whyNotPayable = (row: BillRow & { is_holder?: boolean; is_found?: boolean }) =>
  row.not_payable ??
  (isDecisionOpen(row) && !row.is_found ? (row.is_holder === false ? decisionOfAnother : decisionFirst) : null)

/** Bills of the context's city, in the order given. */
export async function billBodies(db: Db, rows: readonly OwnBillRow[], context: Context): Promise<Bill[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const labels = await accountLabels(db, context, ids)
  const payments = await paymentsOf(db, rows, context)
  const own = payments.filter(({ citizen_id }) => citizen_id === context.citizenId)
  const standingOf = await standings(db, own)
  const level = rows.some((row) => raisedBy(row, context) !== null) ? await levelNow(db, context) : 'account'
  return rows.map((row) => {
    const isItsOwn = ({ bill_id }: PaymentOfBill) => bill_id === row.id
    const live = payments.filter(isItsOwn).find(({ id, live }) => live || id === row.settled_by)
    const shown = own.filter(isItsOwn).find(isMoneyAway)
    const payment = shown && standingOf(shown)
    return bodyOf(row, context, { label: labels.get(row.id)?.label, live, payment, level })
  })
}

/** What is due of one, read anew. */
export async function billBody(db: Db, row: OwnBillRow, context: Context): Promise<Bill> {
  const [body] = await billBodies(db, [row], context)
  if (!body) throw problem('internal')
  return body
}

type Around = {
  label: string | undefined
  /** The payment that pays it now, or that settled it; whosever. */
  live: PaymentOfBill | undefined
  /** How this citizen's payment of it stands. */
  payment: PaymentStanding | undefined
  /** How far the citizen is verified. */
  level: Level
}

/** Lines, usage, decision and earlier amounts only for whom the biller knows as the holder. */
function bodyOf(row: OwnBillRow, context: Context, { label, live, payment, level }: Around): Bill {
  const { language } = context
  const settled = row.settled_at !== null
  const blocked = whyNotPayable(row)
  return {
    id: row.id,
    cityId: row.city_id,
    billerId: row.biller_id,
    accountId: row.account_id,
    ...(label ? { accountLabel: label } : {}),
    kind: row.kind,
    title: say(row.title, language),
    status: statusOf(row, live !== undefined, dayOf(context.now())),
    // A settled bill shows what it was.
    amountFen: settled ? row.amount_fen : leftOf(row),
    ...(row.late_fee_fen > 0 ? { lateFeeFen: row.late_fee_fen } : {}),
    ...(row.arrears_fen > 0 && !settled ? { arrearsFen: row.arrears_fen } : {}),
    ...(row.paid_fen > 0 && !settled ? { paidFen: row.paid_fen } : {}),
    ...(row.settlement && !settled ? { settlement: say(row.settlement, language) } : {}),
    ...(row.partial_min_fen && !settled ? { partial: { minFen: row.partial_min_fen } } : {}),
    ...topUpBody(row, context),
    ...(row.is_holder ? decisionBody(row, context, level) : {}),
    ...(row.is_holder || row.is_found ? fineBody(row, language) : {}),
    ...(row.is_holder && row.changes.length > 0
      ? {
          changes: row.changes.map(({ reason, ...change }) => ({
            ...change,
            ...(reason ? { reason: say(reason, language) } : {}),
          })),
        }
      : {}),
    version: row.version,
    lines: (row.is_holder ? row.lines : []).map((line) => ({
      label: say(line.label, language),
      amountFen: line.amountFen,
      ...(line.note ? { note: say(line.note, language) } : {}),
    })),
    ...(row.period_from && row.period_to ? { period: { from: row.period_from, to: row.period_to } } : {}),
    ...(row.is_holder && row.usage_quantity && row.usage_unit
      ? { usage: { quantity: row.usage_quantity, unit: say(row.usage_unit, language) } }
      : {}),
    issuedOn: row.issued_on,
    ...(row.due_on ? { dueOn: row.due_on } : {}),
    ...(live && live.citizen_id === context.citizenId ? { paymentId: live.id } : {}),
    ...(payment && !settled ? { payment } : {}),
    ...(blocked && !settled ? { notPayable: say(blocked, language) } : {}),
    ...(row.is_found ? { unbound: true } : {}),
    asOf: instant(toldAt(row, context)),
  }
}

/** When the biller told so, or the city itself changed it with the biller's word. */
function toldAt({ answered_at: answeredAt, as_of: asOf }: OwnBillRow, context: Context): Date {
  if (answeredAt !== null && asOf !== null) return answeredAt > asOf ? answeredAt : asOf
  return answeredAt ?? asOf ?? context.now()
}

type PaymentOfBill = Awaited<ReturnType<typeof paymentsOf>>[number]

/** Payments of these bills that pay or settled one, and whose money is on its way back; the newest first. */
const paymentsOf = (db: Db, rows: readonly OwnBillRow[], context: Context) =>
  db
    .selectFrom('payment_bills as pb')
    .innerJoin('payments as p', (join) =>
      join.onRef('p.city_id', '=', 'pb.city_id').onRef('p.id', '=', 'pb.payment_id'),
    )
    .select(['pb.bill_id', 'pb.live', 'pb.outcome', 'p.id', 'p.city_id', 'p.citizen_id', 'p.state', 'p.refunded_fen'])
    .where('pb.city_id', '=', context.cityId)
    .where(
      'pb.bill_id',
      'in',
      rows.map(({ id }) => id),
    )
    .where((eb) =>
      eb.or([
        eb('pb.live', '=', true),
        eb(
          'p.id',
          'in',
          rows.map(({ settled_by }) => settled_by ?? ''),
        ),
        eb.and([eb('p.state', '=', 'refunding'), eb('pb.outcome', '=', 'not-credited')]),
      ]),
    )
    .orderBy('p.created_at', 'desc')
    .execute()

/** Its money is not with the biller: not yet, or on its way back. */
const isMoneyAway = ({ live, state, outcome }: PaymentOfBill): boolean =>
  live || (state === 'refunding' && outcome === 'not-credited')

function topUpBody(row: OwnBillRow, context: Context): Pick<Bill, 'topUp'> {
  const rule = topUpOf(row)
  if (rule === null) return {}
  return { topUp: { balanceFen: row.balance_fen, balanceAsOf: instant(toldAt(row, context)), ...rule } }
}

/** The level that its biller demands for a decision; null where there is none, or no more than an account is demanded. */
const raisedBy = ({ decision, biller_id: id }: BillRow, { city }: Context): Level | null =>
  (decision && city.billers.find((biller) => biller.id === id)?.level) || null

/** Without its text for whom its biller wants to be verified further. */
function decisionBody(row: BillRow, context: Context, level: Level): Pick<Bill, 'decision'> {
  const { decision, decision_confirmed_at: at } = row
  const { language } = context
  if (decision === null) return {}
  const wanted = raisedBy(row, context)
  const hidden = wanted !== null && isBelow(level, wanted)
  const { number, text, decidedOn, authority, objectUntil } = decision
  return {
    decision: {
      number,
      text: hidden ? '' : say(text, language),
      ...(hidden && { level: wanted }),
      decidedOn,
      authority: say(authority, language),
      objectUntil,
      confirmed: at !== null,
      ...(at ? { confirmedAt: instant(at) } : {}),
    },
  }
}

/** What a day too late costs is rounded down; never more than the fine (行政处罚法 72). */
function fineBody({ fine, amount_fen, late_fee_fen }: BillRow, language: Language): Pick<Bill, 'fine'> {
  if (fine === null) return {}
  const fineFen = amount_fen - late_fee_fen
  const { number, authority, offence, decidedOn, perMille, reviewUntil, sueUntil } = fine
  return {
    fine: {
      decisionNumber: number,
      authority: say(authority, language),
      offence: say(offence, language),
      decidedOn,
      fineFen,
      ...(perMille && {
        surcharge: { dailyFen: Math.trunc((fineFen * perMille) / 1000), capFen: fineFen, soFarFen: late_fee_fen },
      }),
      ...(reviewUntil && { reviewUntil }),
      ...(sueUntil && { sueUntil }),
    },
  }
}

function statusOf(row: BillRow & { is_found?: boolean }, isLive: boolean, today: string): BillStatus {
  if (row.settled_at !== null) return 'settled'
  if (isLive) return 'paying'
  if (whyNotPayable(row) !== null) return 'not-payable'
  if (row.top_up !== null) return 'top-up'
  return row.due_on !== null && row.due_on < today ? 'overdue' : 'due'
}
