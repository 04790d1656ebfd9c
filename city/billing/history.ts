import type { GetHistoryData, GetHistoryResponses, HistoryMonth } from '../../contract/wire/types.gen'
import { readAs } from '../family/acting'
import { operation } from '../http/operation'
import { problem } from '../http/problem'
import { dayOf, instant, monthStart, say } from '../words'
import { knownAccount, ownAccount } from './accounts'
import { LIST_SECONDS, refreshOld } from './copy'

const MONTHS = 24

const holderOnly = {
  zh: '用量和费用记录只向户主显示。',
  en: 'Usage and costs are shown to the account holder only.',
}

/** What the bills of 24 months add up to, month by month; of the city's copy, like the list. */
export const getHistory = operation<GetHistoryData, GetHistoryResponses>(async ({ path, query }, caller) => {
  const context = await readAs(caller, query.grantId, 'bills', 'see-history')
  const account = await ownAccount(context.db, path.accountId, context)
  if (!account.is_holder) throw problem('forbidden', { detail: say(holderOnly, context.language) })
  await refreshOld(context, [account], LIST_SECONDS)
  const known = await knownAccount(context.db, context.cityId, account.biller_id, account.number)
  const rows = await context.db
    .selectFrom('bills')
    .select(['id', 'period_from', 'issued_on', 'amount_fen', 'usage_quantity', 'usage_unit'])
    .where('city_id', '=', context.cityId)
    .where('biller_id', '=', account.biller_id)
    .where('number', '=', account.number)
    .where('top_up', 'is', null)
    .where('issued_on', '>', monthStart(dayOf(context.now()), -MONTHS))
    .orderBy('issued_on')
    .orderBy('id')
    .execute()
  const months = new Map<string, HistoryMonth & { thousandths: number | null }>()
  for (const row of rows) {
    const month = (row.period_from ?? row.issued_on).slice(0, 7)
    const used = row.usage_quantity === null ? null : thousandthsOf(row.usage_quantity)
    const before = months.get(month)
    months.set(month, {
      month,
      amountFen: (before?.amountFen ?? 0) + row.amount_fen,
      thousandths: used === null ? (before?.thousandths ?? null) : (before?.thousandths ?? 0) + used,
      // Of several bills in a month none stands for it.
      ...(before ? {} : { billId: row.id }),
    })
  }
  const unit = rows.find(({ usage_unit }) => usage_unit !== null)?.usage_unit
  return {
    status: 200,
    body: {
      accountId: account.id,
      ...(unit ? { unit: say(unit, context.language) } : {}),
      months: [...months.values()]
        .sort((a, b) => (a.month < b.month ? -1 : 1))
        .slice(-MONTHS)
        .map(({ thousandths, ...month }) => ({
          ...month,
          ...(thousandths === null ? {} : { quantity: quantityOf(thousandths) }),
        })),
      consistency: 'eventual',
      asOf: instant(known?.answered_at ?? context.now()),
      serverTime: instant(context.now()),
    },
  }
})

/** 96.5 gives 96500: added as whole numbers. */
function thousandthsOf(quantity: string): number {
  const [whole = '0', part = ''] = quantity.split('.')
  return Number(`${whole}${part.padEnd(3, '0')}`)
}

function quantityOf(thousandths: number): string {
  const digits = String(thousandths).padStart(4, '0')
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`.replace(/\.?0+$/, '')
}
