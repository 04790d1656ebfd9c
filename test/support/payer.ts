import type { Bill, PaymentRequest, PaymentStart } from '../../contract/wire/types.gen'
import type { Reply } from './booking'
import type { TestCitizen } from './citizen'
import type { TestSandbox } from './sandbox'

/** Binds an account and returns the first of its bills that can be settled. */
export async function firstBill(citizen: TestCitizen, biller: string, number: string): Promise<Bill> {
  const [bill] = await citizen.billsOf(biller, number)
  if (!bill) throw new Error(`${number} has no bill`)
  return bill
}

export const billNow = async (citizen: TestCitizen, { id }: Bill): Promise<Bill> =>
  (await citizen.get<Bill>(`/bills/${id}`)).body

/** Pays a part of a bill at the till and has the biller credit it; returns the refusal, or the payment's id. */
export async function payPart(
  sandbox: TestSandbox,
  citizen: TestCitizen,
  bill: Bill,
  amountFen: number,
  more: Partial<PaymentRequest> = {},
): Promise<{ id: string; problem: Reply<PaymentStart>['problem'] }> {
  const request = { bills: [{ billId: bill.id, version: bill.version, amountFen }], totalFen: amountFen, ...more }
  const { status, body, problem } = await citizen.pay([bill], request)
  if (status >= 400) return { id: '', problem }
  await sandbox.control('POST', '/pay', { paymentId: body.payment.id })
  await sandbox.control('POST', '/clock', { advanceSeconds: 5 })
  await citizen.payment(body.payment.id)
  return { id: body.payment.id, problem }
}
