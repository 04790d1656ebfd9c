import type { PaymentRequest } from '../../contract/wire/types.gen'
import { both } from '../booking/both'
import { yuanOf } from '../cashiers/yuan'
import type { Db } from '../database/database'
import { type ActiveGrant, grantFor, noteAct } from '../family/acting'
import type { Context } from '../http/operation'
import { billsOfPayment, type PaymentRow, type Trx } from './rows'

/** The grant by which the payer pays somebody else's bills; null for one's own. @throws ProblemError `grant-ended` */
export const payingGrant = async (
  db: Db,
  context: Context,
  { grantId }: PaymentRequest,
): Promise<ActiveGrant | null> => (grantId === undefined ? null : grantFor(db, context, { grantId }, 'pay'))

/** Both sides read which bills the payer went on to pay; whether the money came is the payment's to say. */
export async function notePaying(trx: Trx, context: Context, grant: ActiveGrant, payment: PaymentRow): Promise<void> {
  const bills = await billsOfPayment(trx, payment)
  const amount = yuanOf(payment.amount_fen)
  const text = both(
    `缴费：${bills.map(({ title }) => title.zh).join('、')} ¥${amount}`,
    `Payment: ${bills.map(({ title }) => title.en).join(', ')} ¥${amount}`,
  )
  await noteAct(trx, context, grant, { kind: 'pay', text })
}
