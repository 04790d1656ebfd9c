import { creditClock, nextPollDelay } from '@/domain/payment'
import { refundsOf } from '@/services/refunds'
import type { Attempt, Phone } from '../model/payments/phone'
import { attempt, city, done, draftFor, fault, home, hosts, left, notClear, only } from './money-home'

/** While money may be moving, each row through the real client and the real cashier tables, with the sandbox's fault on. */

test.each(hosts)(
  'M1 in %s: two taps, a second phone and the spouse at the same moment make one payment',
  async (host) => {
    const { first, second, spouse, bill, payments, ends } = await home(host)
    const pay = (phone: Phone, more: Partial<Attempt> = {}) =>
      phone.pay([{ bill }], attempt(phone.host, left[phone.host], 'nothing', more))
    await Promise.all([pay(first, { isDoubleTap: true }), pay(second), pay(spouse)])
    const live = await payments()
    expect(live).toHaveLength(1)
    expect(live[0]?.state).toBe('cashier-open')
    const steps = [await first.offerFor(bill), await spouse.offerFor(bill)]
    expect(steps.map(({ kind }) => kind).sort()).toEqual(['nothing', 'see-payment'])
    await ends()
  },
)

test('M1: the spouse sees that somebody is paying, and may pay once that one is closed', async () => {
  const { first, spouse, bill, payments, ends } = await home()
  const draft = await draftFor(spouse, bill)
  await first.pay([{ bill }], attempt('wechat', left.wechat))
  const result = await spouse.app.paying.createPayment(draft, () => {})
  expect(result).toMatchObject({ kind: 'not-created', problem: { code: 'bill-not-payable' }, isOutdated: true })
  await first.close(only(first))
  await spouse.pay([{ bill }], attempt('alipay', done.alipay, 'pays'))
  expect((await payments()).map(({ state }) => state)).toEqual(['closed', 'paid'])
  await ends()
})

test.each(hosts)('M1 in %s: after lost responses the same intent goes on with the same key', async (host) => {
  const { first, bill, payments, ends } = await home(host)
  const draft = await draftFor(first, bill)
  fault('lost-answer', { operationId: 'createPayment', times: 3 })
  const lost = await first.app.paying.createPayment(draft, () => {})
  expect(lost).toMatchObject({ kind: 'not-created', problem: { kind: 'offline' } })
  const [begun] = first.intents
  expect(begun).toMatchObject({ bills: [{ billId: bill }] })
  expect(begun?.paymentId).toBeUndefined()
  const again = await first.app.paying.createPayment(draft, () => {})
  expect(again.kind).toBe('created')
  expect(first.intents.map(({ key }) => key)).toEqual([begun?.key])
  expect(await payments()).toHaveLength(1)
  await ends()
})

test.each(hosts.flatMap((host) => notClear[host].map((name) => [host, name] as const)))(
  'M2 in %s: after "%s" every phone shows "we are checking", without a pay button, until the vendor knows',
  async (host, name) => {
    const { first, second, bill, payments, ends } = await home(host)
    await first.pay([{ bill }], attempt(host, name))
    const id = only(first)
    for (const phone of [first, second]) {
      const shown = await phone.look(id)
      expect(shown.shown).toBe('unknown')
      expect(shown.actions).toEqual(['check', 'report'])
      expect(await phone.offerFor(bill)).toEqual({ kind: 'see-payment', because: 'open', payment: id })
    }
    // It had moved all the same, as the vendor finds out later.
    const [payment] = await payments()
    await city().pay(payment?.reference ?? '')
    expect((await first.look(id)).shown).toBe('paid')
    expect(await payments()).toHaveLength(1)
    await ends()
  },
)

test('M2: with "unknown-result" on, even "done" is not believed; it is read every 3 to 5 s for a minute, then less often', async () => {
  const { first, bill, ends } = await home()
  fault('unknown-result')
  await first.pay([{ bill }], attempt('wechat', done.wechat, 'confirms'))
  const { shown, polls } = await first.look(only(first))
  expect([shown, polls]).toEqual(['unknown', true])
  const pauses = [0, 10, 20, 50, 70, 200, 900].map((seconds) => nextPollDelay(seconds * 1000))
  expect(pauses).toEqual([3_000, 3_000, 5_000, 5_000, 10_000, 30_000, null])
  fault('unknown-result', {}, false)
  expect((await first.look(only(first))).shown).toBe('paid')
  await ends()
})

test.each(hosts)('M2 in %s: a result that could not be reported is still not taken for "not paid"', async (host) => {
  const { first, bill, ends } = await home(host)
  fault('dropped-connection', { operationId: 'reportCashierAnswer', times: 3 })
  await first.pay([{ bill }], attempt(host, notClear[host][0]))
  const shown = await first.look(only(first))
  expect([shown.payment.state, shown.shown]).toEqual(['created', 'unknown'])
  expect(shown.actions).not.toContain('continue-cashier')
  await ends()
})

test.each(hosts)('M2 in %s: "done" that could not be reported is not called paid either', async (host) => {
  const { first, bill, ends } = await home(host)
  fault('dropped-connection', { operationId: 'reportCashierAnswer', times: 3 })
  await first.pay([{ bill }], attempt(host, done[host]))
  expect((await first.look(only(first))).shown).toBe('unknown')
  await ends()
})

test.each(hosts)('M3 in %s: "cancelled" is no proof: the city is asked, and knows that money moved', async (host) => {
  const { first, bill, ends } = await home(host)
  fault('cancelled-but-paid', { times: 1 })
  await first.pay([{ bill }], attempt(host, left[host], 'leaves'))
  const shown = await first.look(only(first))
  expect(shown.shown).toBe('paid')
  expect(shown.actions).not.toContain('pay-again')
  await ends()
})

test.each(hosts)(
  'M4 in %s: the app is killed in the cashier; the next launch settles the payment before it offers anything',
  async (host) => {
    const { first, bill, ends } = await home(host)
    fault('app-killed', { times: 1 })
    await first.pay([{ bill }], attempt(host, done[host], 'confirms'))
    expect(first.isInCashier).toBe(true)
    const stored = JSON.parse(first.storage.texts.get('journal') ?? 'null')
    expect(stored.value).toMatchObject([{ paymentId: only(first), cashier: 'none' }])
    await first.relaunch()
    expect(first.intents).toMatchObject([{ paymentId: only(first), state: 'paid' }])
    expect(await first.offerFor(bill)).toEqual({ kind: 'see-payment', because: 'open', payment: only(first) })
    await city().wait(5)
    await first.app.stores.reconciler.reconcile()
    expect(first.intents).toMatchObject([{ state: 'credited', endedAt: expect.any(String) }])
    await ends()
  },
)

test.each(hosts.flatMap((host) => (['ponders-paid', 'ponders-not'] as const).map((moves) => [host, moves] as const)))(
  'M13 in %s: killed while the vendor decides (%s): the city has it as unknown too, on every phone, until it has decided',
  async (host, moves) => {
    const { first, second, bill, ends } = await home(host)
    await first.pay([{ bill }], attempt(host, 'killed', moves))
    const id = only(first)
    await first.relaunch()
    expect(first.intents).toMatchObject([{ paymentId: id, cashier: 'none', state: 'unknown' }])
    for (const phone of [first, second]) {
      const shown = await phone.look(id)
      expect([shown.payment.state, shown.shown, shown.actions]).toEqual(['unknown', 'unknown', ['check', 'report']])
      expect(await phone.offerFor(bill)).toEqual({ kind: 'see-payment', because: 'open', payment: id })
      const { services } = phone.app
      await expect(services.payments.openCashier(city().id, id, services.newIdempotencyKey())).rejects.toMatchObject({
        code: 'payment-not-open',
      })
    }
    await city().wait(13)
    const later = await first.look(id)
    expect(later.shown).toBe(moves === 'ponders-paid' ? 'paid' : 'cashier-open')
    expect(later.actions.includes('continue-cashier')).toBe(moves === 'ponders-not')
    await ends()
  },
)

test.each(hosts)(
  'M13 in %s: killed before anything was paid, the vendor reports that and the payment goes on',
  async (host) => {
    const { first, bill, ends } = await home(host)
    await first.pay([{ bill }], attempt(host, 'killed'))
    await first.relaunch()
    const shown = await first.look(only(first))
    expect([shown.shown, shown.actions[0]]).toEqual(['cashier-open', 'continue-cashier'])
    await ends()
  },
)

test('M4: killed before the response to the request, the intent is found by its key at the next launch', async () => {
  const { first, bill, payments, ends } = await home()
  fault('lost-answer', { operationId: 'createPayment', times: 3 })
  await first.pay([{ bill }], attempt('wechat', done.wechat, 'pays'))
  await first.relaunch()
  const [payment] = await payments()
  expect(first.intents).toMatchObject([{ paymentId: payment?.id, state: 'created' }])
  await ends()
})

test('M4: an intent that the city does not know yet stays open while it may still arrive, and ends after that', async () => {
  const { first, bill, payments, ends } = await home()
  fault('dropped-connection', { operationId: 'createPayment', times: 3 })
  await first.pay([{ bill }], attempt('wechat', done.wechat, 'pays'))
  await first.relaunch()
  expect(first.intents).toHaveLength(1)
  expect(first.intents[0]?.endedAt).toBeUndefined()
  await city().wait(200)
  fault('error-500', { operationId: 'findPayment', times: 3 })
  await first.relaunch()
  expect(first.intents[0]?.endedAt).toBeUndefined()
  await first.relaunch()
  expect(first.intents[0]?.endedAt).toBeDefined()
  expect(await payments()).toEqual([])
  await ends()
})

test('M5: paid and credited are two clocks; past the promise the report comes first, and is taken', async () => {
  const { first, bill, ends } = await home()
  fault('paid-not-credited')
  await first.pay([{ bill }], attempt('wechat', done.wechat, 'pays'))
  const id = only(first)
  const now = () => first.app.services.serverNow(city().id)
  const early = await first.look(id)
  expect(early.shown).toBe('paid')
  expect(creditClock(early.payment, now()).kind).toBe('on-time')
  expect(early.actions).not.toContain('report')
  await city().wait(11 * 60)
  const late = await first.look(id)
  expect([late.shown, creditClock(late.payment, now()).kind, late.actions[0]]).toEqual(['paid', 'late', 'report'])
  const body = { about: { kind: 'payment', id }, reason: 'not-credited', text: '已付款，未入账' } as const
  const { services } = first.app
  const report = await services.reports.create(city().id, body, services.newIdempotencyKey())
  expect(report.reference).toMatch(/\d/)
  fault('paid-not-credited', {}, false)
  const credited = await first.look(id)
  expect(creditClock(credited.payment, now()).kind).toBe('credited')
  await ends()
})

test('M6: paying and closing cross: "closing" is shown and offers no cashier; the response decides', async () => {
  const { first, bill, ends } = await home()
  await first.pay([{ bill }], attempt('wechat', left.wechat))
  fault('closing-crossed', { times: 1 })
  await first.close(only(first))
  const crossing = await first.look(only(first))
  expect(crossing.shown).toBe('closing')
  expect(crossing.actions).toEqual(['check', 'report'])
  expect(await first.offerFor(bill)).toEqual({ kind: 'see-payment', because: 'open', payment: only(first) })
  await city().wait(13)
  expect((await first.look(only(first))).shown).toBe('paid')
  await ends()
})

test('M6: money that comes after the closing goes back, with a refund to follow', async () => {
  const { first, bill, payments, payAgainstTheRules: pay, ends } = await home()
  await first.pay([{ bill }], attempt('wechat', left.wechat))
  await first.close(only(first))
  const [closed] = await payments()
  expect(closed?.state).toBe('closed')
  await pay(closed?.reference)
  for (const letter of city().post) await city().deliver(letter)
  expect((await first.look(only(first))).shown).toBe('refunding')
  expect(await first.app.services.of(refundsOf).list(city().id, only(first))).toMatchObject([{ state: 'pending' }])
  await city().wait(11)
  const back = await first.look(only(first))
  expect([back.shown, back.payment.refundedFen]).toEqual(['refunded', back.payment.amountFen])
  await ends()
})

test('M6: when even the letter about it gets lost, the next day’s statement finds the money', async () => {
  const { first, bill, payments, payAgainstTheRules: pay, ends } = await home()
  await first.pay([{ bill }], attempt('wechat', left.wechat))
  await first.close(only(first))
  fault('notification-lost')
  await pay((await payments())[0]?.reference)
  expect(city().post).toEqual([])
  await city().wait(3_600)
  expect((await payments()).map(({ state }) => state)).toEqual(['closed'])
  await city().wait(86_400)
  await city().wait(11)
  const back = await first.look(only(first))
  expect([back.shown, back.payment.refundedFen]).toEqual(['refunded', back.payment.amountFen])
  await ends()
})
