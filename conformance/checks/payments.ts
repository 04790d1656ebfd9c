import type { Account, Bill, Payment, PaymentRequest, PaymentStart } from '../../contract/wire/types.gen'
import type { Exchange } from '../call'
import type { Check, Look } from '../check'
import { Skipped } from '../skipped'
import { type Citizen, newKey, type StageAccount, type Target } from '../target'
import { billsDue, bind } from './bills'

/** Money left the wallet. */
const moved = ['paid', 'credited', 'refunding', 'refunded', 'partly-refunded']
/** Accounts of the stage whose bills can be settled. */
const withBills = ['one-due', 'several-due', 'overdue']

interface Debtor {
  readonly citizen: Citizen
  readonly bill: Bill
  request(more?: Partial<PaymentRequest>): PaymentRequest
  pay(key?: string, more?: Partial<PaymentRequest>): Promise<Exchange<PaymentStart>>
  payment(id: string): Promise<Exchange<Payment>>
}

/** Bills that a check took, in this run: a bill belongs to its account, whoever bound it. */
const taken = new WeakMap<Target, Set<string>>()

/** A citizen with a bill that can be settled, which no other check has had. */
async function debtor(look: Look): Promise<Debtor> {
  const { target } = look
  const had = taken.get(target) ?? new Set<string>()
  taken.set(target, had)
  const { accounts } = await target.stage<{ accounts: (StageAccount & { lookup?: string })[] }>('accounts')
  const here = accounts.filter((one) => (one.cityId ?? target.manifest.cityId) === target.manifest.cityId)
  const citizen = await look.stranger()
  for (const account of here.filter(
    ({ bills, lookup = 'answers' }) => withBills.includes(bills) && lookup === 'answers',
  )) {
    const bound: Exchange<Account> = await bind(citizen, account)
    const bill = (await billsDue(citizen, bound.body)).find(
      ({ id, status, decision }) => (status === 'due' || status === 'overdue') && !decision && !had.has(id),
    )
    if (!bill) continue
    had.add(bill.id)
    const request = (more: Partial<PaymentRequest> = {}): PaymentRequest => ({
      cityId: target.manifest.cityId,
      bills: [{ billId: bill.id, version: bill.version }],
      totalFen: bill.amountFen,
      cashier: target.cashier,
      ...more,
    })
    return {
      citizen,
      bill,
      request,
      pay: (key = newKey(), more = {}) => citizen.send<PaymentStart>('/payments', request(more), key),
      payment: (id) => citizen.get<Payment>(`/payments/${id}`),
    }
  }
  throw new Skipped('the test stage has no bill left that can be settled')
}

/** The version never goes back, and nothing is credited that is not paid. */
function seePayment({ see }: Look, answers: readonly Exchange<Payment>[]): void {
  let last = 0
  for (const answer of answers) {
    const { version, creditedAt, paidAt, state } = answer.body
    see('versions', version >= last, `version ${last} or more`, answer)
    last = Math.max(last, version)
    const isEarly = (creditedAt !== undefined || state === 'credited') && paidAt === undefined
    see('credited-after-paid', !isEarly, 'nothing credited before it is paid', answer)
  }
}

export const paymentChecks: readonly Check[] = [
  {
    title: 'A bill that changed is not charged; what was seen must be what is paid',
    profile: 'payments',
    musts: ['bill-changed', 'by-key-unknown'],
    async run(look) {
      const { see } = look
      const { citizen, bill, pay } = await debtor(look)
      const key = newKey()
      const wrongTotal = await pay(key, { totalFen: bill.amountFen + 1 })
      const carries = wrongTotal.problem?.bills?.some((now) => now.billId === bill.id)
      see(
        'bill-changed',
        wrongTotal.status === 409 && wrongTotal.problem?.code === 'bill-changed',
        '409 bill-changed for another total',
        wrongTotal,
      )
      see('bill-changed', carries === true, 'the bills as they are now', wrongTotal)
      const wrongVersion = await pay(newKey(), { bills: [{ billId: bill.id, version: bill.version + 7 }] })
      see(
        'bill-changed',
        wrongVersion.problem?.code === 'bill-changed',
        '409 bill-changed for another version',
        wrongVersion,
      )
      const none = await citizen.get(`/payments/by-key/${newKey()}`)
      see('by-key-unknown', none.status === 404, '404 for a key that was never used', none)
    },
  },
  {
    title: 'Eight taps on "pay" are one payment; a hint is not money; who gives up gets an answer',
    profile: 'payments',
    musts: [
      'one-payment',
      'same-key',
      'other-body',
      'by-key',
      'hints',
      'closing',
      'cashier-closed',
      'own-payments',
      'versions',
      'credited-after-paid',
    ],
    async run(look) {
      const { see } = look
      const { citizen, pay, payment, bill } = await debtor(look)
      const key = newKey()
      const taps = await Promise.all([
        ...Array.from({ length: 4 }, () => pay(key)),
        ...Array.from({ length: 4 }, () => pay()),
      ])
      const ids = new Set(taps.flatMap(({ body, status }) => (status < 300 ? body.payment.id : [])))
      see('one-payment', ids.size === 1, 'one payment for eight calls at once', taps[0] ?? null, [...ids].join(', '))
      const [id] = ids
      if (id === undefined) return
      const same = await pay(key)
      see('same-key', same.status < 300 && same.body.payment.id === id, 'the same payment for the same key', same)
      const other = await pay(key, { totalFen: bill.amountFen + 1 })
      see(
        'other-body',
        other.status === 409 && other.problem?.code === 'idempotency-conflict',
        '409 idempotency-conflict',
        other,
      )
      const found = await citizen.get<Payment>(`/payments/by-key/${key}`)
      see('by-key', found.status === 200 && found.body.id === id, 'the payment of this key', found)
      const theirs = await (await look.stranger()).get(`/payments/${id}`)
      see('own-payments', theirs.status === 404, '404 for another citizen', theirs)

      const seen = [await payment(id)]
      const hint = await citizen.send<Payment>(`/payments/${id}/cashier-answers`, {
        outcome: 'accepted',
        detail: 'kit',
      })
      see(
        'hints',
        hint.status === 200 && !moved.includes(hint.body.state),
        'no money where the phone alone says so',
        hint,
      )
      seen.push(await payment(id))

      let closed = await citizen.send<Payment>(`/payments/${id}/closing`)
      for (let turn = 0; turn < 10 && closed.body.state === 'closing'; turn += 1) closed = await payment(id)
      see('closing', closed.body.state === 'closed', 'closed, as nobody paid', closed)
      const again = await citizen.send(`/payments/${id}/cashier`)
      see(
        'cashier-closed',
        again.status === 409 && again.problem?.code === 'payment-not-open',
        '409 payment-not-open',
        again,
      )
      const next = await pay()
      see(
        'one-payment',
        next.status === 201 && next.body.payment.id !== id,
        'a new payment once the first is closed',
        next,
      )
      seePayment(look, [...seen, await payment(id)])
    },
  },
  {
    title: 'Money that moved stays moved: paid, then credited, never charged twice',
    profile: 'payments',
    musts: ['credited-after-paid', 'versions', 'recently-paid', 'closing'],
    async run(look) {
      const { see, target } = look
      const { citizen, pay, payment } = await debtor(look)
      const begun = await pay()
      if (begun.status >= 300) return see('one-payment', false, '201', begun)
      const { id } = begun.body.payment
      const seen = [await payment(id)]
      // The citizen gives up in the moment in which the vendor takes the money.
      const [closing] = await Promise.all([
        citizen.send<Payment>(`/payments/${id}/closing`),
        target.stage('pay', { paymentId: id }).catch(() => null),
      ])
      let now = await payment(id)
      for (let turn = 0; turn < 20 && now.body.state === 'closing'; turn += 1) now = await payment(id)
      const isSure = moved.includes(now.body.state) || now.body.state === 'closed' || now.body.state === 'unknown'
      see('closing', closing.status < 500 && isSure, 'closed, or paid: an answer', now)
      seen.push(now)
      if (!moved.includes(now.body.state)) return seePayment(look, seen)
      await target.stage('credit', { paymentId: id })
      seen.push(await payment(id))
      seePayment(look, seen)
      const twice = await pay()
      const refusal = twice.problem?.code ?? ''
      const isRefused = ['recently-paid', 'bill-settled', 'bill-not-payable', 'bill-changed'].includes(refusal)
      return see(
        'recently-paid',
        isRefused || now.body.state.startsWith('refund'),
        'a bill that was paid is not paid again',
        twice,
      )
    },
  },
  {
    title: 'A payment that the vendor took is paid, then credited, in that order',
    profile: 'payments',
    musts: ['credited-after-paid', 'versions', 'recently-paid', 'cashier-closed'],
    async run(look) {
      const { see, target } = look
      const { citizen, pay, payment } = await debtor(look)
      const begun = await pay()
      if (begun.status >= 300) return see('one-payment', false, '201', begun)
      const { id } = begun.body.payment
      await target.stage('pay', { paymentId: id })
      const paid = await payment(id)
      see(
        'credited-after-paid',
        moved.includes(paid.body.state) && paid.body.paidAt !== undefined,
        'paid, with its time',
        paid,
      )
      const cashier = await citizen.send(`/payments/${id}/cashier`)
      see(
        'cashier-closed',
        cashier.problem?.code === 'payment-not-open',
        '409 payment-not-open once money moved',
        cashier,
      )
      await target.stage('credit', { paymentId: id })
      const credited = await payment(id)
      seePayment(look, [paid, credited])
      const twice = await pay()
      const isRefused = ['recently-paid', 'bill-settled', 'bill-not-payable', 'bill-changed'].includes(
        twice.problem?.code ?? '',
      )
      return see('recently-paid', isRefused, 'a bill that was paid is not paid again', twice)
    },
  },
]
