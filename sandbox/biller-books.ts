import type { Selectable } from 'kysely'
import type { Db } from '../city/database/database'
import type { CoreTables } from '../city/database/tables'
import type { BillerAccount, BillerBill } from '../city/ports'

type Row = Selectable<CoreTables['bills']>

/** What a simulated biller has in its books about an account. */
export async function readBook(
  db: Db,
  { cityId, billerId, number }: { cityId: string; billerId: string; number: string },
): Promise<BillerAccount | null> {
  const account = await db
    .selectFrom('biller_accounts')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('biller_id', '=', billerId)
    .where('number', '=', number)
    .executeTakeFirst()
  if (account === undefined) return null
  const bills = await db
    .selectFrom('bills')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('biller_id', '=', billerId)
    .where('number', '=', number)
    .execute()
  return { holder: account.holder, address: account.address, isHolder: true, bills: bills.map(billOf) }
}

function billOf(row: Row): BillerBill {
  return {
    id: row.id,
    version: String(row.version),
    kind: row.kind,
    title: row.title,
    lines: row.lines,
    amountFen: row.amount_fen,
    paidFen: row.paid_fen,
    lateFeeFen: row.late_fee_fen,
    arrearsFen: row.arrears_fen,
    ...(row.partial_min_fen === null ? {} : { partialMinFen: row.partial_min_fen }),
    ...(row.top_up === null ? {} : { topUp: { ...row.top_up, balanceFen: row.balance_fen } }),
    ...(row.settlement === null ? {} : { settlement: row.settlement }),
    ...(row.decision === null ? {} : { decision: row.decision }),
    changes: row.changes,
    ...(row.usage_quantity && row.usage_unit ? { usage: { quantity: row.usage_quantity, unit: row.usage_unit } } : {}),
    ...(row.period_from && row.period_to ? { period: { from: row.period_from, to: row.period_to } } : {}),
    issuedOn: row.issued_on,
    ...(row.due_on === null ? {} : { dueOn: row.due_on }),
    ...(row.not_payable === null ? {} : { notPayable: row.not_payable }),
    ...(row.settled_at === null ? {} : { settledAt: row.settled_at }),
    ...(row.paid_elsewhere_at === null ? {} : { paidElsewhereAt: row.paid_elsewhere_at }),
  }
}
