import pg from 'pg'
import type { StatementLine } from '../../city/cashiers/cashier'
import { VendorUnavailable } from '../../city/cashiers/errors'
import { sweepPayments } from '../../city/payments/due'
import { readStatements } from '../../city/payments/statements'
import type { Payment, PaymentStart } from '../../contract/wire/types.gen'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { newKey } from '../support/booking'
import { electricity, signIn } from '../support/citizen'
import { type MoneyLedger, moneyProblems } from '../support/money-ledger'
import { testDatabase } from '../support/sandbox'

/** The same promises whether the vendors speak their protocols or are called directly. */
describe.each(['protocol', 'simulated'] as const)('with vendors that are %s', (vendors) => {
  let sandbox: Sandbox
  let rows: pg.Client
  let release: () => Promise<void>
  beforeAll(async () => {
    const { databaseUrl, schema, release: end } = await testDatabase()
    release = end
    const startAt = new Date('2026-11-23T10:00:00+08:00')
    sandbox = await startSandbox({ port: 0, databaseUrl, schema, startAt, vendors, quiet: true, sweepMs: null })
    rows = new pg.Client({ connectionString: databaseUrl, options: `-c search_path=${schema}` })
    await rows.connect()
  }, 100_000)
  afterAll(async () => {
    await rows.end()
    await sandbox.close()
    await release()
  })
  afterEach(() => sandbox.world.faults.clear())

  let citizens = 0
  async function start(cashier: 'wechat' | 'alipay' | 'till') {
    citizens += 1
    await rows.query('update payment_bills set live = false')
    await rows.query('update bills set paid_fen = 0, settled_at = null, settled_by = null, paid_elsewhere_at = null')
    const citizen = await signIn(`${sandbox.address}/330100`, `apart-${citizens}`)
    const [bill] = await citizen.billsOf('hz-electricity', electricity.severalDue)
    if (!bill) throw new Error('no bill')
    const pay = (key = newKey()) => citizen.pay([bill], { cashier, acknowledgeRecent: true }, key)
    return { citizen, pay }
  }
  const control = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${sandbox.address}/control${path}`, {
      method,
      headers: { Authorization: `Bearer ${sandbox.token}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    return answer.json()
  }
  const stateOf = async ({ id }: { id: string }): Promise<string> =>
    (await rows.query('select state from payments where id = $1', [id])).rows[0].state

  test.each(['wechat', 'alipay'] as const)('%s: paid, credited and given back, and the books agree', async (vendor) => {
    const { citizen, pay } = await start(vendor)
    const { status, body } = await pay()
    expect([status, body.cashier?.kind]).toEqual([201, vendor])
    const { id, reference } = body.payment
    await sandbox.world.vendors.pay(reference)
    await sandbox.world.vendors.sweep()
    // The letter came: nobody has asked.
    expect(await stateOf({ id })).toBe('paid')
    sandbox.world.clock.advance(5)
    expect((await citizen.payment(id)).state).toBe('credited')
    expect(await control('POST', '/refund', { paymentId: id })).toMatchObject({ state: 'refunding' })
    sandbox.world.clock.advance(11)
    expect(await citizen.payment(id)).toMatchObject({ state: 'refunded', refundedFen: body.payment.amountFen })
    expect(await control('GET', '/ledger').then((ledger) => moneyProblems(ledger as MoneyLedger))).toEqual([])
  })

  test.each(['wechat', 'alipay'] as const)('%s: an order that is left is closed there by its time', async (vendor) => {
    const { pay } = await start(vendor)
    const { payment } = (await pay()).body
    sandbox.world.clock.advance(2 * 3600 + 1)
    await sweepPayments(sandbox.world)
    expect(await stateOf(payment)).toBe('closed')
    expect(await sandbox.world.vendors.pay(payment.reference)).toBe('CLOSED')
  })

  test.each(['wechat', 'alipay', 'till'] as const)(
    '%s: money for a closed order, of which no letter came, is on the statement of the day and goes back',
    async (vendor) => {
      const { citizen, pay } = await start(vendor)
      const { payment } = (await pay()).body
      expect((await citizen.send<Payment>(`/payments/${payment.id}/closing`)).body.state).toBe('closed')
      sandbox.world.faults.set({ name: 'notification-lost' }, true)
      await sandbox.world.vendors.pay(payment.reference, { force: true })
      sandbox.world.clock.advance(3600)
      await readStatements(sandbox.world)
      expect(await stateOf(payment)).toBe('closed')
      sandbox.world.clock.advance(24 * 3600)
      await readStatements(sandbox.world)
      expect(await stateOf(payment)).toBe('refunding')
      sandbox.world.clock.advance(11)
      await sweepPayments(sandbox.world)
      expect(await stateOf(payment)).toBe('refunded')
      // Read once: the next one is tomorrow's.
      const { rows: read } = await rows.query('select due_at > $1 as later from vendor_statements', [
        sandbox.world.clock.now(),
      ])
      expect(read.every(({ later }) => later)).toBe(true)
    },
  )

  test('a long statement is read in parts: what was missed is found behind many orders of others', async () => {
    const { citizen, pay } = await start('wechat')
    const { payment } = (await pay()).body
    await citizen.send(`/payments/${payment.id}/closing`)
    sandbox.world.faults.set({ name: 'notification-lost' }, true)
    await sandbox.world.vendors.pay(payment.reference, { force: true })
    sandbox.world.clock.advance(25 * 3600)
    const real = sandbox.world.cashiers.of
    const strange: StatementLine[] = Array.from({ length: 1200 }, (_, at) => ({
      kind: 'paid',
      reference: `STRANGE${at}`,
      refundReference: null,
      vendorNumber: `V${at}`,
      amountFen: 1,
      at: sandbox.world.clock.now(),
    }))
    sandbox.world.cashiers.of = (cityId, kind) => {
      const cashier = real(cityId, kind)
      if (cashier === null || cityId !== '330100' || kind !== 'wechat') return cashier
      return { ...cashier, statement: async (day) => [...strange, ...(await cashier.statement(day))] }
    }
    const warn = jest.spyOn(sandbox.world.log, 'warn')
    await readStatements(sandbox.world)
    sandbox.world.cashiers.of = real
    expect(await stateOf(payment)).toBe('refunding')
    const told = warn.mock.calls.map(([about]) => about as unknown as Record<string, unknown>)
    warn.mockRestore()
    const here = told.filter(({ city, vendor }) => city === '330100' && vendor === 'wechat')
    expect(here.map((each) => each.strange)).toEqual([500, 500, 200])
  })

  test('C2: a city that dies after it has decided to close or refund leaves it to the next one', async () => {
    const { citizen, pay } = await start('wechat')
    const { payment } = (await pay()).body
    const real = sandbox.world.cashiers.of
    const dead = new Error('the process is gone')
    // Whatever the vendor would have been told is never sent.
    sandbox.world.cashiers.of = (cityId, kind) => {
      const cashier = real(cityId, kind)
      return cashier && { ...cashier, close: () => Promise.reject(dead), refund: () => Promise.reject(dead) }
    }
    expect((await citizen.send(`/payments/${payment.id}/closing`)).status).toBe(500)
    expect(await stateOf(payment)).toBe('closing')
    expect(await sandbox.world.vendors.stateOf(payment.reference)).toBe('NOTPAY')
    sandbox.world.cashiers.of = real
    await sweepPayments(sandbox.world)
    expect(await stateOf(payment)).toBe('closed')
    expect(await sandbox.world.vendors.stateOf(payment.reference)).toBe('CLOSED')

    // Money that arrives after the end: the refund is decided, and nobody is left to tell of it.
    sandbox.world.cashiers.of = (cityId, kind) => {
      const cashier = real(cityId, kind)
      return cashier && { ...cashier, refund: () => Promise.reject(dead) }
    }
    await sandbox.world.vendors.pay(payment.reference, { force: true })
    await sandbox.world.vendors.sweep()
    sandbox.world.clock.advance(11)
    await sweepPayments(sandbox.world)
    expect(await stateOf(payment)).toBe('refunding')
    sandbox.world.cashiers.of = real
    sandbox.world.clock.advance(60)
    await sweepPayments(sandbox.world)
    expect(await stateOf(payment)).toBe('refunded')
  })

  test('C2: a city that dies before the vendor knows the order makes it known by the same key', async () => {
    const { pay } = await start('alipay')
    const real = sandbox.world.cashiers.of
    sandbox.world.cashiers.of = (cityId, kind) => {
      const cashier = real(cityId, kind)
      return cashier && { ...cashier, open: () => Promise.reject(new VendorUnavailable('connection', 'gone')) }
    }
    const key = newKey()
    const refused = await pay(key)
    expect([refused.status, refused.problem?.code]).toEqual([503, 'cashier-not-answering'])
    sandbox.world.cashiers.of = real
    const again = await pay(key)
    expect([again.status, again.body.cashier?.kind]).toEqual([201, 'alipay'])
    expect((await rows.query('select 1 from payments where id = $1', [again.body.payment.id])).rows).toHaveLength(1)
  })

  test('a refund that two tell the vendor of at once moves money once', async () => {
    const { citizen, pay } = await start('alipay')
    const { payment } = (await pay()).body
    await sandbox.world.vendors.pay(payment.reference)
    await citizen.payment(payment.id)
    await control('POST', '/refund', { paymentId: payment.id })
    sandbox.world.clock.advance(11)
    await Promise.all([1, 2, 3, 4].map(() => citizen.payment(payment.id)))
    expect((await citizen.payment(payment.id)).state).toBe('refunded')
    const refunds = await rows.query('select amount_fen from vendor_refunds where reference = $1', [payment.reference])
    expect(refunds.rows).toEqual([{ amount_fen: payment.amountFen }])
    const booked = await rows.query(`select 1 from ledger where payment_id = $1 and kind = 'refunded'`, [payment.id])
    expect(booked.rows).toHaveLength(1)
  })

  test('while a vendor thinks, nothing is locked and nobody else waits', async () => {
    const { citizen, pay } = await start('wechat')
    const { payment } = (await pay()).body
    const real = sandbox.world.cashiers.of
    let asked = 0
    let answer: () => void = () => undefined
    const slow = new Promise<void>((resolve) => {
      answer = resolve
    })
    sandbox.world.cashiers.of = (cityId, kind) => {
      const cashier = real(cityId, kind)
      if (cashier === null || kind !== 'wechat') return cashier
      return {
        ...cashier,
        query: async (reference) => {
          asked += 1
          await slow
          return cashier.query(reference)
        },
      }
    }
    const waiting = [citizen.payment(payment.id), citizen.payment(payment.id)]
    while (asked < 2) await new Promise((resolve) => setTimeout(resolve, 10))
    // The very rows, for whoever wants them at once.
    await rows.query('begin')
    await rows.query('select 1 from payments where id = $1 for update nowait', [payment.id])
    await rows.query('select 1 from bills b join payment_bills pb on pb.bill_id = b.id for update of b nowait')
    await rows.query('rollback')
    const idle = `select count(*)::int as open from pg_stat_activity where state like 'idle in transaction%' and query like '%payments%'`
    expect((await rows.query(idle)).rows).toEqual([{ open: 0 }])
    // What the citizen does meanwhile is not undone by the old answer.
    const closed = await citizen.send<Payment>(`/payments/${payment.id}/closing`)
    expect(closed.body.state).toBe('closed')
    answer()
    expect((await Promise.all(waiting)).map(({ state }) => state)).toEqual(['closed', 'closed'])
    sandbox.world.cashiers.of = real
  }, 20_000)

  test('an answer that was overtaken by a newer one changes nothing', async () => {
    const { citizen, pay } = await start('wechat')
    const { payment } = (await pay()).body
    const real = sandbox.world.cashiers.of
    let isHeld = true
    let answer: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    let arrived: () => void = () => undefined
    const hasArrived = new Promise<void>((resolve) => {
      arrived = resolve
    })
    sandbox.world.cashiers.of = (cityId, kind) => {
      const cashier = real(cityId, kind)
      if (cashier === null || !isHeld) return cashier
      isHeld = false
      return {
        ...cashier,
        query: async (reference) => {
          const order = await cashier.query(reference)
          arrived()
          await held
          return order
        },
      }
    }
    const old = citizen.payment(payment.id)
    await hasArrived
    // Nobody had paid; now somebody is.
    await sandbox.world.vendors.ponder(payment.reference, 60, 'SUCCESS')
    sandbox.world.clock.advance(1)
    expect((await citizen.payment(payment.id)).state).toBe('unknown')
    answer()
    expect((await old).state).toBe('unknown')
    sandbox.world.cashiers.of = real
  }, 20_000)

  test('M19: a vendor that is away holds up its own payments only, and is asked once a tick', async () => {
    const away = sandbox.world.cashiers.of
    let asked = 0
    sandbox.world.cashiers.of = (cityId, kind) => {
      const cashier = away(cityId, kind)
      if (cashier === null || kind !== 'wechat') return cashier
      const gone = async () => {
        asked += 1
        await new Promise((resolve) => setTimeout(resolve, 500))
        throw new VendorUnavailable('timeout', 'gone')
      }
      return { ...cashier, query: gone, close: gone }
    }
    await rows.query(`
      insert into payments (id, city_id, citizen_id, reference, state, amount_fen, cashier, created_at, expires_at, look_at)
      select 'away-' || n, '330100', 'c', 'away-' || n, 'unknown', 100, 'wechat', now(), now(), '2026-11-01'
      from generate_series(1, 200) n`)
    const { citizen, pay } = await start('till')
    const { payment } = (await pay()).body
    await sandbox.world.vendors.pay(payment.reference)
    await citizen.payment(payment.id)
    sandbox.world.clock.advance(5)
    const began = Date.now()
    await sweepPayments(sandbox.world)
    expect(Date.now() - began).toBeLessThan(4000)
    expect(await stateOf(payment)).toBe('credited')
    expect(asked).toBeLessThan(10)
    sandbox.world.cashiers.of = away
    await rows.query(`delete from payments where id like 'away-%'`)
  }, 20_000)

  test('who waits for a vendor that is away reads what the city knows, and no claim that nothing was paid', async () => {
    const { citizen, pay } = await start('wechat')
    const { payment } = (await pay()).body
    const real = sandbox.world.cashiers.of
    const gone = () => Promise.reject(new VendorUnavailable('connection', 'gone'))
    sandbox.world.cashiers.of = (cityId, kind) => {
      const cashier = real(cityId, kind)
      return cashier && { ...cashier, open: gone, query: gone, close: gone }
    }
    const read = await citizen.payment(payment.id)
    expect([read.state, read.unpaidAsOf]).toEqual(['created', undefined])
    const opened = await citizen.send<PaymentStart>(`/payments/${payment.id}/cashier`)
    expect(opened.problem?.code).toBe('cashier-not-answering')
    const hint = { outcome: 'cancelled', detail: '6001' }
    // Cancelled, says the cashier; the vendor may know better.
    expect((await citizen.send<Payment>(`/payments/${payment.id}/cashier-answers`, hint)).body.state).toBe('unknown')
    expect((await citizen.send<Payment>(`/payments/${payment.id}/closing`)).body.state).toBe('closing')
    sandbox.world.cashiers.of = real
    expect((await citizen.payment(payment.id)).state).toBe('closed')
  })
})
