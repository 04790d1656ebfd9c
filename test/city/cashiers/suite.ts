import { VendorRefused, VendorUnavailable } from '../../../city/cashiers/errors'
import type { Misbehaviour } from '../../../sandbox/vendor-servers/misbehaviours'
import { liveHistories } from './histories'
import { anOrder, type Stage } from './stage'

/** What a call came to: its result, or why it has none. */
async function outcome(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call
  } catch (error) {
    if (error instanceof VendorRefused) return `refused: ${error.reason}`
    if (error instanceof VendorUnavailable) return `unavailable: ${error.because}`
    throw error
  }
}

/** What every cashier promises, whatever its vendor speaks; `own` is where the vendors say less than each other. */
export function promisesOfACashier(
  start: () => Promise<Stage>,
  own: { undecided: 'USERPAYING' | 'NOTPAY'; partlyRefunded: 'SUCCESS' | 'REFUND'; stuckRefund: object | string },
): void {
  let stage: Stage
  beforeAll(async () => {
    stage = await start()
  })
  beforeEach(async () => {
    // What is still on its way belongs to the test before.
    await stage.sweep()
    await stage.sweep()
    stage.inbox.length = 0
  })
  afterAll(() => stage.close())

  async function paidOrder(more: { amountFen?: number; subject?: string } = {}) {
    const order = anOrder(stage, more)
    await stage.cashier.open(order)
    await stage.ledger.pay(order.reference)
    return order
  }
  const refundOf = (order: { reference: string; amountFen: number }, refundReference: string, amountFen: number) =>
    stage.cashier.refund({
      reference: order.reference,
      refundReference,
      amountFen,
      totalFen: order.amountFen,
      reason: '重复缴费',
    })

  test('an order is open until it is paid, then it names amount, time and the vendor’s number', async () => {
    const order = anOrder(stage)
    await stage.cashier.open(order)
    const { reference } = order
    expect(await stage.cashier.query(reference)).toEqual({
      reference,
      state: 'NOTPAY',
      amountFen: 1234,
      currency: 'CNY',
      paidAt: null,
      vendorNumber: null,
    })
    await stage.ledger.pay(reference)
    expect(await stage.cashier.query(reference)).toEqual({
      reference,
      state: 'SUCCESS',
      amountFen: 1234,
      currency: 'CNY',
      paidAt: stage.now(),
      vendorNumber: expect.stringMatching(/^\d{28}$/),
    })
  })

  test('an order that is opened again is the same order', async () => {
    const order = anOrder(stage)
    await stage.cashier.open(order)
    await stage.cashier.open(order)
    await stage.ledger.pay(order.reference)
    expect(await stage.cashier.query(order.reference)).toMatchObject({ state: 'SUCCESS', amountFen: 1234 })
  })

  test('an order cannot be opened again with another amount, or once it is paid or closed', async () => {
    const changed = anOrder(stage)
    await stage.cashier.open(changed)
    expect(await outcome(stage.cashier.open({ ...changed, amountFen: 1 }))).toBe('refused: reference-used')
    expect(await outcome(stage.cashier.open(await paidOrder()))).toBe('refused: order-paid')
    const closed = anOrder(stage)
    await stage.cashier.open(closed)
    await stage.cashier.close(closed.reference)
    expect(await outcome(stage.cashier.open(closed))).toBe('refused: order-closed')
  })

  test('an order past its time cannot be paid', async () => {
    const order = anOrder(stage)
    await stage.cashier.open(order)
    stage.advance(3601)
    expect(await stage.ledger.pay(order.reference)).not.toBe('SUCCESS')
    expect((await stage.cashier.close(order.reference)).state).toBe('CLOSED')
  })

  test('while the vendor is undecided the order is being paid, then it is what was decided', async () => {
    const order = anOrder(stage)
    await stage.cashier.open(order)
    await stage.ledger.ponder(order.reference, 30, 'SUCCESS')
    expect(await stage.cashier.query(order.reference)).toMatchObject({ state: own.undecided, paidAt: null })
    expect((await stage.cashier.close(order.reference)).state).toBe('USERPAYING')
    stage.advance(30)
    expect((await stage.cashier.query(order.reference)).state).toBe('SUCCESS')
  })

  test('closing ends an order nobody paid, and says so again', async () => {
    const order = anOrder(stage)
    await stage.cashier.open(order)
    expect((await stage.cashier.close(order.reference)).state).toBe('CLOSED')
    expect((await stage.cashier.close(order.reference)).state).toBe('CLOSED')
    expect(await stage.ledger.pay(order.reference)).toBe('closed')
  })

  test('closing an order that is paid says that it is paid', async () => {
    const order = await paidOrder()
    expect(await stage.cashier.close(order.reference)).toMatchObject({ state: 'SUCCESS', amountFen: 1234 })
  })

  test('a payment that crosses its closing is seen', async () => {
    const order = anOrder(stage)
    await stage.cashier.open(order)
    stage.misbehave('closing-crossed')
    expect((await stage.cashier.close(order.reference)).state).toBe('USERPAYING')
    stage.advance(12)
    expect((await stage.cashier.close(order.reference)).state).toBe('SUCCESS')
  })

  test('an order the vendor takes money for after closing is paid', async () => {
    const order = anOrder(stage)
    await stage.cashier.open(order)
    await stage.cashier.close(order.reference)
    await stage.ledger.pay(order.reference, { force: true })
    expect((await stage.cashier.query(order.reference)).state).toBe('SUCCESS')
  })

  test('what the vendor never heard of is refused by name', async () => {
    const nothing = { reference: '33010020261123999999', amountFen: 1 }
    expect(await outcome(stage.cashier.query(nothing.reference))).toBe('refused: no-such-order')
    expect(await outcome(stage.cashier.close(nothing.reference))).toBe('refused: no-such-order')
    expect(await outcome(refundOf(nothing, 'rf-nothing', 1))).toBe('refused: no-such-order')
    const { reference } = await paidOrder()
    const asked = { reference, refundReference: 'rf-unheard-of' }
    expect(await outcome(stage.cashier.queryRefund(asked))).toBe('refused: no-such-refund')
  })

  test('all of a payment goes back, and the order says so', async () => {
    const order = await paidOrder()
    const { reference } = order
    const refundReference = `rf-${reference}`
    expect(await refundOf(order, refundReference, 1234)).toMatchObject({ reference, refundReference, amountFen: 1234 })
    expect(await stage.cashier.queryRefund({ reference, refundReference })).toEqual({
      reference,
      refundReference,
      amountFen: 1234,
      state: 'success',
      refundedAt: stage.now(),
      vendorNumber: expect.any(String),
    })
    expect(await stage.cashier.query(reference)).toMatchObject({
      state: 'REFUND',
      amountFen: 1234,
      paidAt: stage.now(),
    })
  })

  test('a refund asked for twice is one refund', async () => {
    const order = await paidOrder()
    const refundReference = `rf-${order.reference}`
    await refundOf(order, refundReference, 1000)
    expect(await refundOf(order, refundReference, 1000)).toMatchObject({ amountFen: 1000 })
    expect(await outcome(refundOf(order, refundReference, 234))).toBe('refused: rules')
    expect(await refundOf(order, `${refundReference}-2`, 234)).toMatchObject({ amountFen: 234 })
  })

  test('never more goes back than was paid, and nothing of what was not paid', async () => {
    const order = await paidOrder()
    await refundOf(order, `rf-${order.reference}`, 1000)
    expect(await outcome(refundOf(order, `rf-${order.reference}-2`, 235))).toBe('refused: rules')
    const open = anOrder(stage)
    await stage.cashier.open(open)
    expect(await outcome(refundOf(open, `rf-${open.reference}`, 1))).toBe('refused: rules')
  })

  test('a refund on its way is processing until it has arrived', async () => {
    const order = await paidOrder()
    const asked = { reference: order.reference, refundReference: `rf-${order.reference}` }
    stage.misbehave('refund-stuck')
    expect(await refundOf(order, asked.refundReference, 1234)).toMatchObject({ state: 'processing', refundedAt: null })
    const stuck = await outcome(stage.cashier.queryRefund(asked))
    if (typeof own.stuckRefund === 'string') expect(stuck).toBe(own.stuckRefund)
    else expect(stuck).toMatchObject(own.stuckRefund)
    stage.advance(3600)
    expect(await stage.cashier.queryRefund(asked)).toMatchObject({ state: 'success' })
  })

  test('the bill of a day has what was paid and refunded on it, and nothing else', async () => {
    stage.advance(24 * 3600 * 3)
    const day = new Date(stage.now().getTime() + 8 * 3600_000).toISOString().slice(0, 10)
    const small = await paidOrder({ amountFen: 5, subject: '水费,"11月"' })
    const large = await paidOrder({ amountFen: 123_456_789 })
    stage.advance(60)
    await refundOf(large, `rf-${large.reference}`, 1001)
    await stage.cashier.queryRefund({ reference: large.reference, refundReference: `rf-${large.reference}` })
    const at = stage.now()
    expect(await outcome(stage.cashier.statement(day))).toBe('unavailable: not-ready')
    stage.advance(24 * 3600)
    await paidOrder()
    const paidAt = new Date(at.getTime() - 60_000)
    const line = { refundReference: null, vendorNumber: expect.any(String), at: paidAt }
    expect(await stage.cashier.statement(day)).toEqual([
      { ...line, kind: 'paid', reference: small.reference, amountFen: 5 },
      { ...line, kind: 'paid', reference: large.reference, amountFen: 123_456_789 },
      {
        ...line,
        kind: 'refunded',
        reference: large.reference,
        refundReference: `rf-${large.reference}`,
        amountFen: 1001,
        at,
      },
    ])
    expect(await stage.cashier.statement('2026-01-01')).toEqual([])
  })

  test('a bill that was changed on its way is not believed', async () => {
    const day = new Date(stage.now().getTime() + 8 * 3600_000).toISOString().slice(0, 10)
    await paidOrder()
    stage.advance(24 * 3600)
    stage.misbehave('file-changed')
    expect(await outcome(stage.cashier.statement(day))).toMatch(/^unavailable: (unverified|unreadable)$/)
  })

  test.each<[Misbehaviour, string]>([
    ['system-error', 'unavailable: system'],
    ['busy', 'unavailable: busy'],
    ['timeout', 'unavailable: timeout'],
    ['answer-lost', 'unavailable: connection'],
    ['bad-signature', 'unavailable: unverified'],
    ['no-signature', 'unavailable: unverified'],
    ['answer-appended', 'unavailable: unverified'],
    ['other-order', 'unavailable: unreadable'],
  ])('a query that meets %s believes nothing, and the next one does', async (misbehaviour, expected) => {
    const order = anOrder(stage)
    await stage.cashier.open(order)
    stage.misbehave(misbehaviour)
    expect(await outcome(stage.cashier.query(order.reference))).toBe(expected)
    expect((await stage.cashier.query(order.reference)).state).toBe('NOTPAY')
  })

  test.each<Misbehaviour>(['bad-signature', 'no-signature', 'answer-appended'])(
    'a “no such order” with %s is not believed',
    async (misbehaviour) => {
      stage.misbehave(misbehaviour)
      expect(await outcome(stage.cashier.query('33010020261123999998'))).toBe('unavailable: unverified')
    },
  )

  test.each<Misbehaviour>(['answer-lost', 'bad-signature'])(
    'after %s an order and a refund are there once',
    async (what) => {
      const order = anOrder(stage)
      stage.misbehave(what)
      expect(await outcome(stage.cashier.open(order))).toMatch(/^unavailable/)
      await stage.cashier.open(order)
      await stage.ledger.pay(order.reference)
      stage.misbehave(what)
      expect(await outcome(refundOf(order, `rf-${order.reference}`, 1000))).toMatch(/^unavailable/)
      await refundOf(order, `rf-${order.reference}`, 1000)
      expect((await stage.ledger.look(order.reference)).refunds).toHaveLength(1)
    },
  )

  test('after a lost answer a closed order is closed', async () => {
    const order = anOrder(stage)
    await stage.cashier.open(order)
    stage.misbehave('answer-lost')
    expect(await outcome(stage.cashier.close(order.reference))).toMatch(/^unavailable/)
    expect((await stage.cashier.close(order.reference)).state).toBe('CLOSED')
  })

  test('with a key the vendor does not know nothing is done', async () => {
    const order = anOrder(stage)
    expect(await outcome(stage.strangers.open(order))).toBe('refused: credentials')
    expect((await stage.ledger.look(order.reference)).order).toBeNull()
  })

  test('a notification names order and amount, and comes once', async () => {
    const order = await paidOrder()
    await stage.sweep()
    await stage.sweep()
    const claim = { kind: 'payment', reference: order.reference, refundReference: null, amountFen: 1234 }
    expect(stage.inbox).toEqual([{ ...claim, id: expect.any(String) }])
  })

  test('news of a refund names the refund and the amount of the order', async () => {
    const order = await paidOrder()
    await stage.sweep()
    stage.inbox.length = 0
    const refundReference = `rf-${order.reference}`
    await refundOf(order, refundReference, 1000)
    await stage.sweep()
    await stage.sweep()
    expect(stage.inbox).toEqual([
      { kind: 'refund', reference: order.reference, refundReference, amountFen: 1234, id: expect.any(String) },
    ])
  })

  test.each<[Misbehaviour, string[]]>([
    ['notification-old', ['time', 'taken']],
    ['notification-early', ['time', 'taken']],
    ['notification-wrong-currency', ['currency', 'taken']],
    ['notification-wrong-key', ['signature', 'taken']],
    ['notification-wrong-merchant', ['merchant', 'taken']],
    ['notification-wrong-app', ['app', 'taken']],
    ['notification-replayed', ['taken', 'repeated']],
    ['notification-repeated', ['taken', 'repeated', 'repeated']],
    ['notification-lost', []],
  ])('of %s at most one is taken, and the vendor sends until one is', async (misbehaviour, expected) => {
    stage.misbehave(misbehaviour)
    await paidOrder()
    await stage.sweep()
    stage.advance(600)
    await stage.sweep()
    stage.advance(600)
    await stage.sweep()
    expect(stage.inbox.map((each) => (typeof each === 'string' ? each : 'taken'))).toEqual(expected)
  })

  test('a wrong amount is claimed as it was signed: the caller compares it, then asks', async () => {
    stage.misbehave('notification-wrong-amount')
    const order = await paidOrder()
    await stage.sweep()
    expect(stage.inbox).toMatchObject([{ amountFen: 1235 }])
    expect((await stage.cashier.query(order.reference)).amountFen).toBe(1234)
  })

  test('a late notification comes after newer ones', async () => {
    stage.misbehave('notification-late')
    const order = await paidOrder()
    await refundOf(order, `rf-${order.reference}`, 1000)
    await stage.sweep()
    await stage.sweep()
    expect(stage.inbox).toMatchObject([{ kind: 'refund' }])
    stage.advance(20)
    await stage.sweep()
    expect(stage.inbox).toMatchObject([{ kind: 'refund' }, { kind: 'payment' }])
  })

  test('a notification that finds the city down comes again after growing pauses', async () => {
    stage.breakDown(2)
    await paidOrder()
    await stage.sweep()
    await stage.sweep()
    expect(stage.inbox).toEqual([])
    stage.advance(600)
    await stage.sweep()
    expect(stage.inbox).toEqual([])
    stage.advance(600)
    await stage.sweep()
    expect(stage.inbox).toHaveLength(1)
  })

  test('a notification with one byte changed is refused, and what is none is malformed', async () => {
    await paidOrder()
    await stage.sweep()
    const [raw] = stage.raw.slice(-1)
    if (raw === undefined) throw new Error('nothing came')
    const refusal = (body: Buffer, headers = raw.headers) =>
      stage.cashier.notification({ body, headers }).then(
        () => 'taken',
        (error: { reason: string }) => error.reason,
      )
    expect(await refusal(raw.body)).toBe('repeated')
    const changed = Buffer.from(raw.body)
    const at = changed.indexOf('0') + 1
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await refusal(changed)).toBe('signature')
    expect(await refusal(Buffer.from('{}'), {})).toBe('malformed')
  })

  test('whatever goes wrong on the way, asking again ends with the truth, and nothing is done twice', async () => {
    await liveHistories(stage, own.partlyRefunded, 60)
  }, 60_000)

  test('a vendor that is not there is unavailable', async () => {
    const gone = await start()
    await gone.close()
    expect(await outcome(gone.cashier.query('33010020261123000001'))).toBe('unavailable: connection')
  })
}
