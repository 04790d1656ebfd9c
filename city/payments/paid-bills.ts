import type { PaymentBill } from '../../contract/wire/types.gen'
import { accountMark } from '../billing/account-mark'
import { billerOf } from '../billing/billers'
import { maskAddress, maskHolder } from '../billing/mask'
import { isHome } from '../billing/unbound-bills'
import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { maskNumber, say } from '../words'
import { paymentBillBodies } from './body'
import type { PaymentBillRow } from './rows'

/** The bills of a payment as its receipt names them: whose they are, masked, and for which time. */
export async function paidBillBodies(db: Db, rows: PaymentBillRow[], context: Context): Promise<PaymentBill[]> {
  const { city, cityId, language, service } = context
  const bodies = await paymentBillBodies(db, rows, context)
  const bills = await db
    .selectFrom('bills as b')
    .leftJoin('biller_accounts as k', (join) =>
      join
        .onRef('k.city_id', '=', 'b.city_id')
        .onRef('k.biller_id', '=', 'b.biller_id')
        .onRef('k.number', '=', 'b.number'),
    )
    .select(['b.id', 'b.kind', 'b.biller_id', 'b.number', 'b.period_from', 'b.period_to', 'k.holder', 'k.address'])
    .where('b.city_id', '=', cityId)
    .where(
      'b.id',
      'in',
      rows.map(({ bill_id }) => bill_id),
    )
    .execute()
  return bodies.map((body) => {
    const bill = bills.find(({ id }) => id === body.billId)
    if (bill === undefined) return body
    const { kind, biller_id: billerId, number, holder, address, period_from: from, period_to: to } = bill
    return {
      ...body,
      account: {
        billerId,
        billerName: say(billerOf(city, billerId).name, language),
        maskedNumber: maskNumber(number),
        ...(holder ? { maskedHolder: maskHolder(holder) } : {}),
        ...(address && isHome(kind) ? { maskedAddress: maskAddress(address, context) } : {}),
        mark: accountMark(service.keys, cityId, billerId, number),
      },
      ...(from && to ? { period: { from, to } } : {}),
    }
  })
}
