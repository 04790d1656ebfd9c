import type { PaymentBill } from '../../contract/wire/types.gen'
import type { Keys } from '../ports'
import { signed, signingKeyOf } from '../signature'

/** So that a phone reads the code off another phone's screen: about 65 dots wide. The signature comes on top. */
const LONGEST = 300

const outcomes = { open: 'o', credited: 'c', 'not-credited': 'n', refunded: 'r' } as const

type Facts = {
  cityId: string
  number: string
  amountFen: number
  feeFen: number
  paidAt: Date
  bills: readonly PaymentBill[]
}

/** A receipt as a signed text, in the form that the contract describes at `verifyText`. */
export function receiptText(
  keys: Keys,
  { cityId, number, amountFen, feeFen, paidAt, bills }: Facts,
  now: Date,
): string {
  const key = keys.ofCity(cityId)
  const seconds = [paidAt, now].map((date) => Math.floor(date.getTime() / 1000))
  const head = ['city-receipt', cityId, number, amountFen, signingKeyOf(key).id, ...seconds, feeFen, bills.length].join(
    ':',
  )
  const shown: string[] = []
  for (const bill of bills.map(billText)) {
    if (head.length + [...shown, bill].join(';').length > LONGEST) break
    shown.push(bill)
  }
  return signed(`${head}:${shown.join(';')}`, key)
}

const billText = ({ account, period, amountFen, outcome }: PaymentBill): string =>
  [
    account?.billerId ?? '',
    account?.maskedNumber ?? '',
    account?.mark ?? '',
    period ? monthsOf(period) : '',
    amountFen,
    outcomes[outcome],
  ].join(',')

function monthsOf({ from, to }: { from: string; to: string }): string {
  const [first, last] = [from, to].map((day) => day.slice(0, 7).replace('-', ''))
  return first === last ? String(first) : `${first}-${last}`
}
