import { isPayable } from '@/domain/bill'
import { asId, type PaymentId } from '@/domain/ids'
import { billProgress, standingOf } from '@/domain/standing'
import { linesAddUp } from '@/domain/sums'
import { receiptsOf } from '@/services/receipts'
import { refundsOf } from '@/services/refunds'
import { own } from '../../sandbox/tables'
import { readTruth } from '../model/payments/truth'
import { failureOf } from '../support/city'
import { attempt, city, done, draftFor, fault, home, hosts, left, only } from './money-home'

/** Before and after: what changed, whose bill it is, baskets, late news, refunds, lookups; each with the sandbox's fault on. */

test('M7: the amount changed between lookup and pay: the citizen must agree to the new one, and nothing is charged meanwhile', async () => {
  const { first, bill, payments, ends } = await home()
  const draft = await draftFor(first, bill)
  fault('bill-changed', { times: 1 })
  const result = await first.app.paying.createPayment(draft, () => {})
  if (result.kind !== 'not-created' || result.question?.kind !== 'changed') throw new Error(JSON.stringify(result))
  const { before, draft: now } = result.question
  expect(now.totalFen - before.totalFen).toBe(146)
  expect(await payments()).toEqual([])
  expect(first.intents.filter(({ endedAt }) => endedAt === undefined)).toEqual([])
  await first.pay([{ bill }], attempt('wechat', done.wechat, 'pays'))
  expect((await payments()).map(({ tookFen }) => tookFen)).toEqual([now.totalFen])
  await ends()
})

test('M7: a part of a bill that changed needs an agreement as well, although the part is the same', async () => {
  const { first, parts, payments, ends } = await home()
  fault('bill-changed', { times: 1 })
  await first.pay([{ bill: parts, amountFen: 3_500 }], attempt('wechat', done.wechat, 'pays', { agrees: false }))
  expect(await payments()).toEqual([])
  await ends()
})

test('M8: binding shows masked holder and address; whose account it is and that it is the first time is known at checkout', async () => {
  const { first, spouse, bill, household, ends } = await home()
  const [account] = household.accounts
  if (!account) throw new Error('no account')
  const match = await first.app.services.accounts.match(city().id, account.billerId, account.number)
  if (match.outcome !== 'matched') throw new Error(match.outcome)
  expect(match.maskedHolder).toMatch(/\*/)
  expect(match.maskedHolder).not.toContain('王建国')
  expect(match.maskedAddress).toMatch(/\*/)
  const [line] = (await draftFor(spouse, bill)).lines
  expect(line?.account).toMatchObject({ paidBefore: false, relation: 'someone-else' })
  await first.pay([{ bill }], attempt('wechat', left.wechat))
  await ends()
})

test('M8: a bill that anybody paid just now is paid only after a question', async () => {
  const { first, bill, payments, ends } = await home()
  fault('recently-paid')
  const result = await first.app.paying.createPayment(await draftFor(first, bill), () => {})
  expect(result).toMatchObject({ kind: 'not-created', question: { kind: 'recent', paidAt: expect.any(String) } })
  expect(await payments()).toEqual([])
  await first.pay([{ bill }], attempt('wechat', done.wechat, 'pays', { agrees: false }))
  expect(await payments()).toEqual([])
  await first.pay([{ bill }], attempt('wechat', done.wechat, 'pays'))
  expect(await payments()).toHaveLength(1)
  await ends()
})

test('M9: one cashier for a basket, an outcome for each bill; the refused one goes back and hides nothing', async () => {
  const { first, bill, parts, other, payments, ends } = await home()
  fault('credit-refused', { times: 1 })
  const basket = [{ bill }, { bill: parts, amountFen: 3_500 }, { bill: other }]
  await first.pay(basket, attempt('wechat', done.wechat, 'pays'))
  await city().wait(5)
  const mixed = await first.look(only(first))
  expect(mixed.payment.bills.map(({ outcome }) => outcome)).toEqual(['credited', 'credited', 'not-credited'])
  expect(mixed.shown).toBe('refunding')
  await city().wait(11)
  const { payment, shown } = await first.look(only(first))
  expect([shown, payment.refundedFen]).toEqual(['partly-refunded', payment.bills[2]?.amountFen])
  expect(await payments()).toHaveLength(1)
  expect((await Promise.all([bill, parts, other].map((id) => first.offerFor(id)))).map(({ kind }) => kind)).toEqual([
    'see-payment',
    'pay',
    'pay',
  ])
  await ends()
})

test.each([
  ['notification-repeated', 3],
  ['notification-late', 1],
] as const)(
  'M10: with "%s" on, whatever order letters come in, money is credited once and no state goes back',
  async (name, least) => {
    const { first, bill, payments, ends } = await home()
    fault(name)
    await first.pay([{ bill }], attempt('wechat', done.wechat, 'pays'))
    const seen = [await first.look(only(first))]
    await city().wait(21)
    expect(city().post.length).toBeGreaterThanOrEqual(least)
    for (const letter of [...city().post].reverse().concat(city().post)) {
      await city().deliver(letter)
      seen.push(await first.look(only(first)))
    }
    const versions = seen.map(({ payment }) => payment.version)
    expect(versions).toEqual([...versions].sort((a, b) => a - b))
    expect(seen.at(-1)?.shown).toBe('credited')
    expect((await payments()).map(({ tookFen, amountFen }) => tookFen - amountFen)).toEqual([0])
    await ends()
  },
)

test('M10: a response that comes late never replaces a newer one', async () => {
  const { first, bill, ends } = await home()
  await first.pay([{ bill }], attempt('wechat', left.wechat))
  const id = only(first)
  const late = first.holdNextResponse()
  const early = first.look(id)
  await late.arrived
  const payment = (await readTruth(city(), [bill])).payments.get(id)
  await city().pay(payment?.reference ?? '')
  expect((await first.look(id)).shown).toBe('paid')
  late.deliver()
  expect((await early).shown).toBe('paid')
  expect(first.intents.map(({ state }) => state)).toEqual(['paid'])
  await ends()
})

test('M11: a refund is a timeline with reference and contact: on its way, failed, done', async () => {
  const { first, bill, ends } = await home()
  await first.pay([{ bill }], attempt('wechat', done.wechat, 'pays'))
  await city().wait(5)
  const id = only(first)
  const refunds = () => first.app.services.of(refundsOf).list(city().id, id)
  fault('refund-pending')
  await city().refund(id)
  await city().wait(60)
  expect((await first.look(id)).shown).toBe('refunding')
  expect(await refunds()).toMatchObject([
    {
      state: 'pending',
      reference: expect.stringMatching(/^TK/),
      contactPhone: '0571-12345',
      arriveBy: expect.any(String),
    },
  ])
  fault('refund-pending', {}, false)
  fault('refund-failed')
  await city().wait(60)
  const [failed] = await refunds()
  expect([failed?.state, failed?.steps.length, (await first.look(id)).shown]).toEqual(['failed', 2, 'refunding'])
  fault('refund-failed', {}, false)
  await city().refund(id)
  const back = await first.look(id)
  expect([back.shown, back.payment.refundedFen]).toEqual(['refunded', back.payment.amountFen])
  expect((await refunds())[0]?.steps).toHaveLength(3)
  await ends()
})

test('M12: five outcomes of a lookup, and an error is none of them', async () => {
  const { first, household, ends } = await home()
  const { services } = first.app
  const [account] = (await services.accounts.list(city().id)).items
  const [known] = household.accounts
  if (!account || !known) throw new Error('no account')
  const { world } = city().sandbox
  const { db } = world.database
  const outcome = async () => (await services.bills.lookUp(city().id, account.id)).outcome

  expect(await outcome()).toBe('bill')
  fault('biller-not-answering')
  expect(await outcome()).toBe('not-answering')
  fault('biller-not-answering', {}, false)
  fault('biller-closed')
  expect(await outcome()).toBe('biller-closed')
  fault('biller-closed', {}, false)
  world.billers.answer(known.number, 'no-account')
  expect(await outcome()).toBe('no-account')
  world.billers.answer(known.number, 'answers')
  await db.updateTable('bills').set({ paid_elsewhere_at: null }).where('id', 'in', household.billIds).execute()
  for (const name of ['error-500', 'html-instead-of-json', 'dropped-connection'] as const) {
    fault(name, { operationId: 'lookUpBills', times: 3 })
    expect((await failureOf(outcome())).name).toBe('ServiceError')
  }
  await ends()
})

for (const [name, state] of [
  ['cashier-for-paid', 'created'],
  ['cashier-other-amount', 'created'],
  ['cashier-other-kind', 'created'],
] as const) {
  test.each(hosts)(`M14 in %s: "${name}": no cashier is opened, and the payment is read again`, async (host) => {
    const { first, bill, payments, ends } = await home(host)
    fault(name, { times: 1 })
    const opened: string[] = []
    const result = await first.app.paying.createPayment(await draftFor(first, bill), (id) => opened.push(id))
    const [payment] = await payments()
    expect([result, opened]).toEqual([{ kind: 'created', payment: payment?.id }, []])
    expect(first.intents).toMatchObject([{ paymentId: payment?.id, state }])
    expect(first.intents[0]?.cashier).toBeUndefined()
    first.known.add(asId<PaymentId>(payment?.id ?? ''))
    const { services } = first.app
    const shown = await first.look(only(first))
    expect(shown.actions[0]).toBe('pay')
    fault(name, { times: 1 })
    await expect(
      services.payments.openCashier(city().id, only(first), services.newIdempotencyKey(), shown.payment),
    ).rejects.toMatchObject({ kind: 'contract-broken', requestId: expect.not.stringMatching(/^local-/) })
    await ends()
  })
}

test('M14: when the payment cannot be read either, its intent stays open and nothing is offered in its place', async () => {
  const { first, bill, ends } = await home()
  fault('cashier-other-kind', { times: 1 })
  fault('error-500', { operationId: 'findPayment', times: 3 })
  const result = await first.app.paying.createPayment(await draftFor(first, bill), () => {})
  expect(result).toMatchObject({ kind: 'not-created', problem: { kind: 'contract-broken' } })
  expect(first.intents.map(({ endedAt }) => endedAt)).toEqual([undefined])
  await ends()
})

test('M18: sums that do not add up: payment and receipt are not shown', async () => {
  const { first, bill, ends } = await home()
  const whole = await first.app.services.bills.get(city().id, bill)
  expect(whole.linesLeftOut).toBeUndefined()
  await first.pay([{ bill }], attempt('wechat', done.wechat, 'pays'))
  const { receiptId } = (await first.look(only(first))).payment
  if (!receiptId) throw new Error('no receipt')
  const { services } = first.app
  fault('wrong-sums')
  const broken = { kind: 'contract-broken' }
  await expect(services.payments.get(city().id, only(first))).rejects.toMatchObject(broken)
  await expect(services.of(receiptsOf).get(city().id, receiptId)).rejects.toMatchObject(broken)
  fault('wrong-sums', {}, false)
  await ends()
})

test('M18: every bill of every seed adds up, so that no lines are ever left out', async () => {
  const rows = await own(city().sandbox.world.database.db)
    .selectFrom('book_bills')
    .selectAll()
    .where('id', 'not like', 'b-model%')
    .execute()
  expect(rows.length).toBeGreaterThan(100)
  const wrong = rows.filter(
    (row) =>
      !linesAddUp({
        status: row.settled_at ? 'settled' : 'due',
        amountFen: row.settled_at ? row.amount_fen : row.amount_fen - row.paid_fen,
        lateFeeFen: row.late_fee_fen,
        arrearsFen: row.settled_at ? 0 : row.arrears_fen,
        paidFen: row.settled_at ? 0 : row.paid_fen,
        topUp: row.top_up ? { balanceFen: 0, balanceAsOf: '', minFen: 0, maxFen: 0, presetsFen: [] } : undefined,
        lines: row.lines.map(({ amountFen }) => ({ label: '', amountFen })),
      }),
  )
  expect(wrong.map(({ id, title }) => [id, title])).toEqual([])
})

test('M11: a refund that failed looks alike in the payment, the list, the bill, the receipt and this phone’s journal', async () => {
  const { first, bill, ends } = await home()
  fault('credit-refused', { times: 1 })
  fault('refund-failed')
  await first.pay([{ bill }], attempt('wechat', done.wechat, 'pays'))
  await city().wait(5)
  await first.look(only(first))
  await city().wait(11)
  const { payment } = await first.look(only(first))
  expect(standingOf(payment)).toBe('refund-failed')
  const { services } = first.app
  const [summary] = (await services.payments.list(city().id)).items
  expect(summary && standingOf(summary)).toBe('refund-failed')
  const due = (await services.bills.list(city().id, { due: true })).items.find(({ id }) => id === bill)
  for (const one of [due, await services.bills.get(city().id, bill)]) {
    if (!one) throw new Error('the bill is not in the list')
    expect([billProgress(one, []), isPayable(one), billProgress(one, first.intents)]).toEqual([
      'refundFailed',
      false,
      'refundFailed',
    ])
  }
  if (!payment.receiptId) throw new Error('no receipt')
  const receipt = await services.of(receiptsOf).get(city().id, payment.receiptId)
  expect(receipt.payment && standingOf(receipt.payment)).toBe('refund-failed')
  fault('refund-failed', {}, false)
  await ends()
})

test('a biller that sleeps takes no money: refused with when it opens, at creating and at opening the cashier again', async () => {
  const { first, bill, payments, ends } = await home()
  const draft = await draftFor(first, bill)
  fault('biller-closed', { operationId: 'createPayment' })
  const result = await first.app.paying.createPayment(draft, () => {})
  expect(result).toMatchObject({
    kind: 'not-created',
    problem: { code: 'biller-closed', detail: expect.stringMatching(/07:00/) },
  })
  expect(await payments()).toEqual([])
  fault('biller-closed', {}, false)
  await first.pay([{ bill }], attempt('wechat', left.wechat))
  fault('biller-closed', { operationId: 'openCashier' })
  const { services } = first.app
  await expect(
    services.payments.openCashier(city().id, only(first), services.newIdempotencyKey()),
  ).rejects.toMatchObject({ code: 'biller-closed' })
  fault('biller-closed', {}, false)
  await ends()
})
