import type { Bill, Payment } from '../../contract/wire/types.gen'
import type { Sandbox } from '../../sandbox/start'
import { own } from '../../sandbox/tables'
import { startBooking } from '../support/booking'
import { signIn } from '../support/citizen'
import { bookBill, daysPass, lookOnce, newHome, payerAt, signAtHost } from '../support/mandates'
import { moneyProblems, readLedger } from '../support/money-ledger'
import { controlOf } from '../support/sandbox'

const monday = new Date('2026-11-23T09:00:00+08:00')
let sandbox: Sandbox
let close: () => Promise<void>
beforeAll(async () => {
  ;({ sandbox, close } = await startBooking(monday, { sweepMs: null }))
}, 60_000)
beforeEach(async () => {
  const { world } = sandbox
  world.clock.set(monday)
  world.faults.clear()
  await world.database.db.updateTable('mandates').set({ look_at: null }).execute()
})
afterAll(() => close())
const control = controlOf(() => sandbox)

async function scene(who: string, amounts: readonly number[] = [12_345]) {
  const { world } = sandbox
  const home = await newHome(
    world,
    amounts.map((amountFen) => ({ amountFen })),
  )
  const payer = await payerAt(world, who, home)
  const [bill] = home.bills
  if (!bill) throw new Error('no bill')
  return { world, home, payer, bill }
}

const lettersAbout = async (billId: string) =>
  own(sandbox.world.database.db)
    .selectFrom('letters')
    .selectAll()
    .where('id', 'like', `%${billId}%`)
    .orderBy('shown_at')
    .execute()

const paymentsOf = async (billId: string) =>
  sandbox.world.database.db
    .selectFrom('payments as p')
    .innerJoin('payment_bills as b', (join) =>
      join.onRef('b.city_id', '=', 'p.city_id').onRef('b.payment_id', '=', 'p.id'),
    )
    .selectAll('p')
    .where('b.bill_id', '=', billId)
    .orderBy('p.created_at')
    .execute()

test('view and pay is in force at once: the city brings each new bill once, and takes nothing by itself', async () => {
  const { world, home, payer, bill } = await scene('viewer')
  const { body, status } = await payer.begin({ kind: 'view-and-pay' })
  expect([status, body.mandate.state, body.signing]).toEqual([201, 'active', undefined])
  await lookOnce(world)
  await lookOnce(world)
  expect(await payer.billOf(body.mandate.id, bill.id)).toMatchObject({ state: 'yours', amountFen: 12_345 })
  const letters = await lettersAbout(bill.id)
  expect(letters.map(({ title }) => title.zh)).toEqual(['新账单'])
  await bookBill(world.database, home.number, { id: `${bill.id}-next`, amountFen: 700 })
  await daysPass(world, 6)
  expect(await payer.billOf(body.mandate.id, `${bill.id}-next`)).toMatchObject({ state: 'yours' })
  expect(await paymentsOf(bill.id)).toEqual([])
})

test('auto-pay is in force when the vendor says that it was signed, and not before', async () => {
  const { world, payer, bill } = await scene('signer')
  const { body } = await payer.begin({ kind: 'auto-pay', cashier: 'till', ceilingFen: 20_000, endsOn: '2027-05-31' })
  expect([body.mandate.state, body.signing?.kind]).toEqual(['signing', 'till'])
  await lookOnce(world)
  const listed = await payer.list()
  expect(listed.items.map(({ state }) => state)).toEqual(['signing'])
  expect(listed.offers).toContainEqual({ kind: 'auto-pay', cashier: 'alipay', maxFen: 10_000 })
  await signAtHost(world, body.mandate.id, 'active')
  expect((await payer.list()).items.map(({ state }) => state)).toEqual(['active'])
  await lookOnce(world)
  expect(await payer.billOf(body.mandate.id, bill.id)).toMatchObject({ state: 'announced' })
})

test('what is never signed ends by itself, and cannot be signed any more', async () => {
  const { world, payer } = await scene('hesitant')
  const { mandate } = (
    await payer.begin({ kind: 'auto-pay', cashier: 'till', ceilingFen: 20_000, endsOn: '2027-05-31' })
  ).body
  world.clock.advance(1900)
  await lookOnce(world)
  await signAtHost(world, mandate.id, 'active')
  await lookOnce(world)
  expect((await payer.list()).items).toMatchObject([{ state: 'ended', endReason: 'not-signed' }])
})

test('a bill is announced, and collected after three whole days, once, by a payment like any other', async () => {
  const { world, payer, bill } = await scene('payer')
  const mandate = await payer.autoPay()
  await lookOnce(world)
  const announced = await payer.billOf(mandate.id, bill.id)
  expect(announced).toMatchObject({ state: 'announced', amountFen: 12_345, collectAt: '2026-11-27T10:00:00.000+08:00' })
  const [letter] = await lettersAbout(bill.id)
  expect(letter?.text.zh).toContain('¥123.45，将于 2026-11-27 10:00 起自动扣款')
  await daysPass(world, 4)
  expect(await paymentsOf(bill.id)).toEqual([])
  await daysPass(world, 1)
  const [payment, ...others] = await paymentsOf(bill.id)
  expect(others).toEqual([])
  expect(payment).toMatchObject({ mandate_id: mandate.id, amount_fen: 12_345, state: 'credited' })
  const noticed = letter?.shown_at.getTime() ?? 0
  expect((payment?.paid_at?.getTime() ?? 0) - noticed).toBeGreaterThanOrEqual(3 * 86_400_000)
  expect(await payer.billOf(mandate.id, bill.id)).toMatchObject({ state: 'collected', paymentId: payment?.id })
  expect((await payer.get<Bill>(`/bills/${bill.id}`)).body.status).toBe('settled')
  await daysPass(world, 5)
  expect(await paymentsOf(bill.id)).toHaveLength(1)
  expect(moneyProblems(await readLedger({ control }), { atRest: true })).toEqual([])
})

test('above the ceiling, above the host’s limit, too near its day: the bill is the citizen’s own, with the reason', async () => {
  const { world } = sandbox
  const home = await newHome(world, [
    { amountFen: 20_001 },
    { amountFen: 150_000 },
    { amountFen: 500, dueOn: '2026-11-25' },
    { amountFen: 20_000 },
  ])
  const payer = await payerAt(world, 'careful', home)
  const mandate = await payer.autoPay(20_000)
  await daysPass(world, 6)
  const reasons = await Promise.all(
    home.bills.map(async ({ id }) => {
      const bill = await payer.billOf(mandate.id, id)
      return [bill?.state, bill?.reason]
    }),
  )
  expect(reasons).toEqual([
    ['yours', 'above-ceiling'],
    ['yours', 'above-host-limit'],
    ['yours', 'too-late'],
    ['collected', undefined],
  ])
})

test('cancelled in the app: nothing is collected, and the host refuses what might still come', async () => {
  const { world, payer, bill } = await scene('leaver')
  const mandate = await payer.autoPay()
  await daysPass(world, 3)
  const { status, body } = await payer.end(mandate.id)
  expect([status, body.state, body.endReason]).toEqual([200, 'ended', 'citizen'])
  expect(body.bills).toMatchObject([{ state: 'yours', reason: 'ended' }])
  expect((await payer.end(mandate.id)).body.version).toBe(body.version)
  const { reference = '' } = await world.database.db
    .selectFrom('mandates')
    .select('reference')
    .where('id', '=', mandate.id)
    .executeTakeFirstOrThrow()
  await expect(world.cashiers.of('330100', 'till')?.contract?.query(reference ?? '')).resolves.toBe('ended')
  await daysPass(world, 6)
  expect(await paymentsOf(bill.id)).toEqual([])
})

test('cancelled at the host: it ends here too, the citizen is told, and nothing is collected', async () => {
  const { world, payer, bill } = await scene('leaver-at-host')
  const mandate = await payer.autoPay()
  await lookOnce(world)
  await signAtHost(world, mandate.id, 'ended')
  await daysPass(world, 6)
  expect((await payer.list()).items).toMatchObject([{ state: 'ended', endReason: 'host' }])
  expect(await paymentsOf(bill.id)).toEqual([])
  expect((await lettersAbout(mandate.id)).map(({ title }) => title.zh)).toContain('自动扣款已结束')
})

test('paid elsewhere before its day: skipped', async () => {
  const { world, payer, bill } = await scene('early')
  const mandate = await payer.autoPay()
  await lookOnce(world)
  await control('POST', '/paid-elsewhere', { billId: bill.id })
  await own(world.database.db)
    .updateTable('book_bills')
    .set({ settled_at: world.clock.now(), paid_fen: bill.amountFen })
    .where('id', '=', bill.id)
    .execute()
  await daysPass(world, 6)
  expect(await payer.billOf(mandate.id, bill.id)).toMatchObject({ state: 'skipped' })
  expect(await paymentsOf(bill.id)).toEqual([])
})

test('another amount is announced anew: the first notice collects nothing', async () => {
  const { world, payer, bill } = await scene('changed')
  const mandate = await payer.autoPay()
  await daysPass(world, 2)
  await control('POST', '/bill', { billId: bill.id, amountFen: 13_000 })
  await daysPass(world, 3)
  expect(await payer.billOf(mandate.id, bill.id)).toMatchObject({ state: 'announced', amountFen: 13_000 })
  await daysPass(world, 3)
  const [payment] = await paymentsOf(bill.id)
  expect(payment).toMatchObject({ amount_fen: 13_000, state: 'credited' })
  const amounts = (await lettersAbout(bill.id)).map(({ text }) => /¥([\d.]+)/.exec(text.zh)?.[1])
  expect(amounts).toEqual(['123.45', '130.00'])
})

test('no money: nothing is tried again, and the bill is the citizen’s own', async () => {
  const { world, payer, bill } = await scene('poor')
  const mandate = await payer.autoPay()
  await lookOnce(world)
  world.faults.set({ name: 'no-money' }, true)
  await daysPass(world, 5)
  world.faults.clear()
  await daysPass(world, 3)
  expect((await paymentsOf(bill.id)).map(({ state }) => state)).toEqual(['failed'])
  expect(await payer.billOf(mandate.id, bill.id)).toMatchObject({ state: 'yours', reason: 'no-money' })
  const [found] = (await payer.get<{ items: Bill[] }>(`/bills?due=true&accountId=${payer.account.id}`)).body.items
  if (!found) throw new Error('no bill')
  expect((await payer.pay([found])).status).toBe(201)
})

test('an unknown result: nobody can pay again and nothing is tried until it is known', async () => {
  const { world, payer, bill } = await scene('unknown')
  const mandate = await payer.autoPay()
  await lookOnce(world)
  world.faults.set({ name: 'unknown-result' }, true)
  await daysPass(world, 6)
  const [payment] = await paymentsOf(bill.id)
  expect(payment?.state).toBe('unknown')
  expect(await payer.billOf(mandate.id, bill.id)).toMatchObject({ state: 'collecting' })
  const [found] = (await payer.get<{ items: Bill[] }>(`/bills?due=true&accountId=${payer.account.id}`)).body.items
  if (!found) throw new Error('no bill')
  const again = await payer.pay([found])
  expect([again.status, again.body.payment.id, again.body.cashier]).toEqual([200, payment?.id, undefined])
  world.faults.clear()
  await daysPass(world, 1)
  expect((await paymentsOf(bill.id)).map(({ state }) => state)).toEqual(['credited'])
})

test('a request that gets lost is known to be lost when its time is over, and the bill is the citizen’s own', async () => {
  const { world, payer, bill } = await scene('lost')
  const mandate = await payer.autoPay()
  await lookOnce(world)
  const till = world.cashiers.of('330100', 'till')
  if (!till?.contract) throw new Error('no contract')
  const { VendorUnavailable } = await import('../../city/cashiers/errors')
  const contract = {
    ...till.contract,
    collect: async () => {
      throw new VendorUnavailable('timeout', 'lost')
    },
  }
  const deaf = { ...world, cashiers: { of: () => ({ ...till, contract }) } }
  world.clock.set(new Date('2026-11-27T10:05:00+08:00'))
  await lookOnce(deaf)
  expect((await paymentsOf(bill.id)).map(({ state }) => state)).toEqual(['unknown'])
  world.clock.advance(600)
  await lookOnce(deaf)
  expect((await paymentsOf(bill.id)).map(({ state }) => state)).toEqual(['unknown'])
  await daysPass(world, 1)
  expect((await paymentsOf(bill.id)).map(({ state }) => state)).toEqual(['failed'])
  expect(await payer.billOf(mandate.id, bill.id)).toMatchObject({ state: 'yours', reason: 'not-collected' })
})

test('no notice, no collection: messages that the host does not take in time move the day, and refused ones end it', async () => {
  const { world, payer, bill } = await scene('unreached')
  const mandate = await payer.autoPay()
  const mute = {
    ...world,
    messages: {
      send: async () => {
        throw new Error('not taken')
      },
    },
  }
  await daysPass(world, 6, mute)
  expect(await paymentsOf(bill.id)).toEqual([])
  expect(await payer.billOf(mandate.id, bill.id)).toMatchObject({ state: 'announced' })
  await payer.send('/citizen/consents/messages', { given: false }, undefined, 'PUT')
  await daysPass(world, 6)
  expect(await paymentsOf(bill.id)).toEqual([])
  expect(await payer.billOf(mandate.id, bill.id)).toMatchObject({ state: 'yours', reason: 'not-told' })
})

test('a lower ceiling and an earlier end count at once', async () => {
  const { world, payer, bill } = await scene('changer', [12_345, 5000])
  const mandate = await payer.autoPay()
  await lookOnce(world)
  const lowered = await payer.change(mandate.id, { ceilingFen: 10_000 })
  expect(lowered.body.bills.map(({ amountFen, state }) => [amountFen, state]).sort()).toEqual([
    [12_345, 'yours'],
    [5000, 'announced'],
  ])
  const ended = await payer.change(mandate.id, { endsOn: '2026-11-26' })
  expect(ended.body.bills.map(({ state, reason }) => [state, reason])).toContainEqual(['yours', 'ends-before'])
  await daysPass(world, 6)
  expect([...(await paymentsOf(bill.id))]).toEqual([])
  expect((await payer.list()).items).toMatchObject([{ state: 'ended', endReason: 'end-date' }])
  expect((await payer.change(mandate.id, { ceilingFen: 100_001 })).status).toBe(404)
})

test('terms outside of what is offered are refused by name; a second auto-pay, a fine and a stranger’s are not possible', async () => {
  const { payer } = await scene('picky')
  const wrong = async (more: object) => {
    const { problem } = await payer.begin({
      ...{ kind: 'auto-pay', cashier: 'till', ceilingFen: 5000, endsOn: '2027-01-31' },
      ...more,
    })
    return problem?.fields?.map(({ field }) => field)
  }
  expect(await wrong({ ceilingFen: 100_001 })).toEqual(['ceilingFen'])
  expect(await wrong({ cashier: 'alipay', ceilingFen: 10_001 })).toEqual(['ceilingFen'])
  expect(await wrong({ endsOn: '2026-11-22' })).toEqual(['endsOn'])
  expect(await wrong({ endsOn: '2029-11-22' })).toEqual(['endsOn'])
  expect(await wrong({ ceilingFen: undefined })).toEqual(['ceilingFen'])
  expect(await wrong({ cashier: undefined })).toEqual(['cashier'])
  const mandate = await payer.autoPay()
  expect((await payer.begin({ kind: 'view-and-pay' })).problem?.code).toBe('forbidden')
  const stranger = await signIn(`${sandbox.address}/330100`, 'stranger')
  const end = await stranger.send(`/mandates/${mandate.id}`, undefined, undefined, 'DELETE')
  expect(end.status).toBe(404)
  const fine = await stranger.bind('hz-fine', await fineNumber())
  const offered = await stranger.get<{ offers: unknown[] }>(`/accounts/${fine.id}/mandates`)
  expect(offered.body.offers).toEqual([])
})

async function fineNumber(): Promise<string> {
  const { accounts } = (await control('GET', '/accounts')) as { accounts: { billerId: string; number: string }[] }
  return accounts.find(({ billerId }) => billerId === 'hz-fine')?.number ?? ''
}

test('auto-pay replaces view and pay; unbinding ends it, also where that is undone', async () => {
  const { world, payer, bill } = await scene('switcher')
  const first = (await payer.begin({ kind: 'view-and-pay' })).body.mandate
  await lookOnce(world)
  const mandate = await payer.autoPay()
  expect((await payer.list()).items.map(({ id, state, endReason }) => [id, state, endReason])).toEqual([
    [mandate.id, 'active', undefined],
    [first.id, 'ended', 'replaced'],
  ])
  await lookOnce(world)
  await payer.send(`/accounts/${payer.account.id}`, undefined, undefined, 'DELETE')
  await payer.send(`/accounts/${payer.account.id}/restoration`)
  expect((await payer.list()).items[0]).toMatchObject({ id: mandate.id, state: 'ended', endReason: 'account' })
  await daysPass(world, 6)
  expect(await paymentsOf(bill.id)).toEqual([])
})

test('a city without a contract offers to bring bills alone; one without the feature has none of it', async () => {
  const { world, payer } = await scene('elsewhere')
  const { listMandates } = await import('../../city/mandates/operations')
  const till = world.cashiers.of('330100', 'till')
  if (!till) throw new Error('no till')
  const { contract: _, ...plain } = till
  const context = {
    ...{ database: world.database, db: world.database.db, city: world.cities[0], cityId: '330100' },
    ...{ citizenId: payer.citizenId, token: '', language: 'zh-CN', now: world.clock.now, requestId: '', address: '' },
    service: { ...world, cashiers: { of: () => plain } },
  }
  const call = { path: { accountId: payer.account.id }, query: {}, body: undefined, key: '' }
  const { body } = await listMandates(call, context as never)
  expect((body as { offers: unknown[] }).offers).toEqual([{ kind: 'view-and-pay' }])
  const harbin = await signIn(`${sandbox.address}/230100`, 'elsewhere')
  const account = await harbin.bind('hrb-heating', '230100000010')
  expect((await harbin.get(`/accounts/${account.id}/mandates`)).status).toBe(404)
})

test('cancelling and collecting at the same moment: either nothing was begun, or the answer names what was', async () => {
  for (let round = 0; round < 6; round += 1) {
    const { world, payer, bill } = await scene(`racer-${round}`)
    const mandate = await payer.autoPay()
    await lookOnce(world)
    world.clock.set(new Date('2026-11-27T10:05:00+08:00'))
    const [{ body }] = await Promise.all([payer.end(mandate.id), lookOnce(world)])
    await daysPass(world, 1)
    const taken = (await paymentsOf(bill.id)).filter(({ paid_at: at }) => at !== null)
    const named = body.bills.find(({ billId }) => billId === bill.id)
    expect([taken.length, named?.state]).toEqual([
      taken.length,
      taken.length > 0 ? expect.stringMatching(/^collect/) : expect.any(String),
    ])
    world.clock.set(monday)
  }
}, 60_000)

test('two instances collect the same bill at once: one payment', async () => {
  const { world, payer, bill } = await scene('twice')
  const mandate = await payer.autoPay()
  await lookOnce(world)
  world.clock.set(new Date('2026-11-27T10:05:00+08:00'))
  const { collect } = await import('../../city/mandates/collect')
  const { readMandate, billsOf } = await import('../../city/mandates/rows')
  const row = await readMandate(world.database.db, { city_id: '330100', id: mandate.id })
  const [announced] = await billsOf(world.database.db, row)
  if (!announced) throw new Error('nothing announced')
  await Promise.all(Array.from({ length: 5 }, () => collect(world, row, announced)))
  await daysPass(world, 1)
  expect((await paymentsOf(bill.id)).map(({ state }) => state)).toEqual(['credited'])
})

test('the citizen pays at the moment of the collection: the bill is paid once', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { world, payer, bill } = await scene(`impatient-${round}`)
    await payer.autoPay()
    await lookOnce(world)
    world.clock.set(new Date('2026-11-27T10:05:00+08:00'))
    const [found] = (await payer.get<{ items: Bill[] }>(`/bills?due=true&accountId=${payer.account.id}`)).body.items
    if (!found) throw new Error('no bill')
    const [start] = await Promise.all([payer.pay([found]), lookOnce(world)])
    const started = start.body.payment
    if (start.body.cashier) await world.vendors.pay(started.reference)
    await daysPass(world, 1)
    expect((await paymentsOf(bill.id)).map(({ state }) => state)).toEqual(['credited'])
    expect((await payer.get<Payment>(`/payments/${started.id}`)).body.state).toBe('credited')
    world.clock.set(monday)
  }
}, 60_000)
