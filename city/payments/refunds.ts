import type { ListRefundsData, ListRefundsResponses } from '../../contract/wire/types.gen'
import { operation } from '../http/operation'
import { instant, say } from '../words'
import { present } from './advance'
import { ownPayment } from './operations'
import { ofPayment } from './rows'

export const listRefunds = operation<ListRefundsData, ListRefundsResponses>(async ({ path }, context) => {
  const payment = await ownPayment(context.db, path.paymentId, context)
  await present(context.service, payment)
  const rows = await context.db
    .selectFrom('refunds')
    .selectAll()
    .where(ofPayment(payment))
    .orderBy('reference')
    .execute()
  return {
    status: 200,
    body: {
      items: rows.map((row) => ({
        id: row.id,
        paymentId: row.payment_id,
        ...(row.bill_id ? { billId: row.bill_id } : {}),
        amountFen: row.amount_fen,
        state: row.state,
        reason: say(row.reason, context.language),
        reference: row.reference,
        contactPhone: context.city.phone,
        ...(row.state === 'pending' ? { arriveBy: instant(row.arrive_by) } : {}),
        steps: row.steps.map((step) => ({ at: step.at, text: say(step.text, context.language) })),
      })),
      paymentId: payment.id,
      serverTime: instant(context.now()),
    },
  }
})
