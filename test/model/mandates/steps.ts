import fc from 'fast-check'
import type { Bill, Mandate } from '../../../contract/wire/types.gen'
import { payElsewhere, tellCity } from '../../../sandbox/faulty-bills'
import { own } from '../../../sandbox/tables'
import { bookBill, cityId, lookOnce, newHome, payerAt, signAtHost } from '../../support/mandates'
import { moneyProblems } from '../../support/money-ledger'
import { morning, type Stage, type Trouble } from './stage'
import { breaches, type Promised, readTruth } from './truth'

/** One history: a home with bills, the citizen who gave a permission, and somebody else at home who pays by hand now and then. */
type Scene = {
  stage: Stage
  home: Awaited<ReturnType<typeof newHome>>
  payer: Awaited<ReturnType<typeof payerAt>>
  /** Whom the host knows the payer as. */
  name: string
  /** Null where nothing is ever heard of one. */
  spouse: Awaited<ReturnType<typeof payerAt>> | null
  mandate: Mandate
  promised: Promised
}

/** What happens to all homes alike. */
type Event =
  | { do: 'wait' | 'outage'; hours: number }
  | { do: 'look'; times: number }
  | { do: 'fault'; fault: (typeof faults)[number]; on: boolean }
  | { do: 'deaf'; on: boolean }

/** What happens to one home. */
type Act =
  | { do: 'end' | 'end-while-looking' | 'end-at-host' | 'again' | 'unbind' | 'refuse-messages' | 'arrive' }
  | { do: 'ceiling' | 'ceiling-while-looking'; fen: number }
  | { do: 'until'; day: string }
  | { do: 'pay'; who: number; pays: boolean; isLooking: boolean }
  | { do: 'bill'; fen: number }
  | { do: 'paid-elsewhere'; bill: number }
  | { do: 'new-bill'; fen: number }
  | { do: 'trouble'; trouble: Trouble }
  | { do: 'mute'; on: boolean }

/** Histories that go on at the same time: each home's acts come before the event that they name. */
export type Street = { events: Event[]; homes: { before: number; act: Act }[][] }

const faults = ['no-money', 'unknown-result', 'credit-refused', 'biller-not-answering', 'biller-closed'] as const
const amounts = fc.constantFrom(900, 5_000, 12_345, 29_999, 30_000, 30_001, 99_999)
const on = fc.boolean()
const a = <T extends string, Rest extends Record<string, fc.Arbitrary<unknown>>>(names: readonly T[], rest: Rest) =>
  fc.record({ do: fc.constantFrom(...names), ...rest }) as fc.Arbitrary<
    { do: T } & { [Key in keyof Rest]: Rest[Key] extends fc.Arbitrary<infer Value> ? Value : never }
  >

const events: fc.Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: a(['outage'], { hours: fc.constantFrom(13, 73, 98, 122) }) },
  { weight: 9, arbitrary: a(['wait'], { hours: fc.constantFrom(1, 7, 24, 73, 97, 121) }) },
  { weight: 6, arbitrary: a(['look'], { times: fc.constantFrom(1, 2) }) },
  { weight: 2, arbitrary: a(['fault'], { fault: fc.constantFrom(...faults), on }) },
  { weight: 1, arbitrary: a(['deaf'], { on }) },
)
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 2, arbitrary: a(['end', 'end-while-looking', 'end-at-host', 'unbind'], {}) },
  { weight: 3, arbitrary: a(['again', 'arrive'], {}) },
  { weight: 1, arbitrary: a(['refuse-messages'], {}) },
  { weight: 2, arbitrary: a(['ceiling', 'ceiling-while-looking'], { fen: amounts }) },
  { weight: 1, arbitrary: a(['until'], { day: fc.constantFrom('2026-11-25', '2026-12-01', '2027-01-01') }) },
  { weight: 3, arbitrary: a(['pay'], { who: fc.nat({ max: 1 }), pays: on, isLooking: on }) },
  { weight: 2, arbitrary: a(['bill'], { fen: amounts }) },
  { weight: 1, arbitrary: a(['paid-elsewhere'], { bill: fc.nat({ max: 2 }) }) },
  { weight: 2, arbitrary: a(['new-bill'], { fen: amounts }) },
  {
    weight: 4,
    arbitrary: a(['trouble'], { trouble: fc.constantFrom<Trouble>('lost', 'answer-lost', 'late', 'slow') }),
  },
  { weight: 1, arbitrary: a(['mute'], { on }) },
)

/** `depth` is about how much happens in one history. */
export const streets = (homes: number, depth: number): fc.Arbitrary<Street> =>
  fc.record({
    events: fc.array(events, { minLength: 1, maxLength: Math.ceil(depth / 2), size: 'max' }),
    homes: fc.array(
      fc.array(fc.record({ before: fc.nat({ max: depth }), act: acts }), {
        maxLength: Math.ceil((depth * 2) / 3),
        size: 'max',
      }),
      { minLength: homes, maxLength: homes },
    ),
  })

let histories = 0
let streetsTold = 0
/** One street of so many calls the city over HTTP. */
const OVER_HTTP = 5

/** Tells the histories of a street from a morning on, then heals everything and waits; looks after each event whether a promise is broken. */
export async function tell(stage: Stage, { events: course, homes }: Street): Promise<void> {
  await begin(stage)
  const direct = streetsTold % OVER_HTTP !== 0
  streetsTold += 1
  const scenes = await Promise.all(homes.map((ahead) => moveIn(stage, ahead, direct)))
  await lookOnce(stage.instances[0])
  for (const [at, event] of course.entries()) {
    const ahead = homes.map((home) => home.filter(({ before }) => before % course.length === at).map(({ act }) => act))
    await live(stage, scenes, ahead)
    stage.note(event.do)
    await happen(stage, event)
    await check(stage, scenes, false)
  }
  stage.world.faults.clear()
  stage.heal()
  await Promise.all(scenes.map(arrive))
  for (const hours of [1, 120, 2]) await wait(stage, hours)
  await check(stage, scenes, true)
}

/** Homes at the same time, each of them one act after the other; then all that is done while two instances look. */
async function live(stage: Stage, scenes: readonly Scene[], ahead: readonly Act[][]): Promise<void> {
  const each = (which: (act: Act) => boolean) =>
    scenes.map(async (scene, home) => {
      for (const act of ahead[home]?.filter(which) ?? []) {
        stage.note(act.do)
        await perform(scene, act)
      }
    })
  await Promise.all(each((act) => !isWhileLooking(act)))
  if (ahead.flat().some(isWhileLooking)) await Promise.all([...each(isWhileLooking), look(stage, 2)])
}

const isWhileLooking = (act: Act): boolean =>
  act.do === 'end-while-looking' || act.do === 'ceiling-while-looking' || (act.do === 'pay' && act.isLooking)

/** What earlier histories left is not looked at again. */
async function begin(stage: Stage): Promise<void> {
  const { world } = stage
  const { db } = world.database
  world.clock.set(morning)
  world.faults.clear()
  stage.heal()
  stage.onTheWay.clear()
  for (const table of ['mandates', 'payments'] as const)
    await db.updateTable(table).set({ look_at: null }).where('look_at', 'is not', null).execute()
  await db.updateTable('messages').set({ send_at: null }).where('send_at', 'is not', null).execute()
  await own(db).deleteFrom('letters').execute()
}

async function moveIn(stage: Stage, ahead: Street['homes'][number], direct: boolean): Promise<Scene> {
  const { world } = stage
  histories += 1
  const [name, other] = [`giver${histories}`, `spouse${histories}`]
  const home = await newHome(world, [{ amountFen: 12_345 }, { amountFen: 30_001 }])
  const payer = await payerAt(world, name, home, { direct })
  const mandate = await payer.autoPay(30_000)
  const promised: Promised = { of: new Map(), names: [`preview/${name}`] }
  promise(world.clock.now(), promised, mandate.id, 30_000, '2027-11-30')
  const isTwo = ahead.some(({ act }) => act.do === 'pay' && act.who === 1)
  const spouse = isTwo ? await payerAt(world, other, home, { direct }) : null
  return { stage, home, payer, name, spouse, mandate, promised }
}

function promise(at: Date, { of }: Promised, id: string, ceilingFen: number, endsOn: string): void {
  const terms = of.get(id) ?? { ceilings: [], ends: [], endedAt: null, named: new Set<string>() }
  terms.ceilings.push({ at, fen: ceilingFen })
  terms.ends.push({ at, day: endsOn })
  of.set(id, terms)
}

/** Looks where something is due: hours later, when billers are asked again, on the morning of each collection, and in the end. */
async function wait(stage: Stage, hours: number): Promise<void> {
  const { world, instances } = stage
  const began = world.clock.now()
  const until = hoursAfter(began, hours)
  for (let next = hoursAfter(began, 7); next < until; next = await nextCollection(world)) {
    world.clock.set(next)
    await lookOnce(instances[0])
  }
  world.clock.set(until)
  await lookOnce(instances[0])
}

const hoursAfter = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 3_600_000)

/** An hour into the next one that is announced. */
async function nextCollection({ database, clock }: Stage['world']): Promise<Date> {
  const { at } = await database.db
    .selectFrom('mandate_bills')
    .select(({ fn }) => fn.min('collect_at').as('at'))
    .where('state', '=', 'announced')
    .where('collect_at', '>', clock.now())
    .executeTakeFirstOrThrow()
  return at === null ? new Date(8.64e15) : hoursAfter(at, 1)
}

async function arrive({ stage, name }: Scene): Promise<void> {
  const requests = stage.onTheWay.get(name) ?? []
  stage.onTheWay.delete(name)
  for (const request of requests) await request()
}

async function look(stage: Stage, times: number): Promise<void> {
  const [one, other] = stage.instances
  await Promise.all(times === 1 ? [lookOnce(one)] : [lookOnce(one), lookOnce(other)])
}

async function happen(stage: Stage, event: Event): Promise<unknown> {
  switch (event.do) {
    case 'wait':
      return wait(stage, event.hours)
    case 'outage':
      // No instance runs meanwhile.
      stage.world.clock.advance(event.hours * 3600)
      return look(stage, 2)
    case 'look':
      return look(stage, event.times)
    case 'fault':
      return stage.world.faults.set({ name: event.fault }, event.on)
    case 'deaf':
      stage.isDeaf = event.on
  }
}

/** The answer counts from when it came; what it names was begun before. */
async function end(scene: Scene): Promise<void> {
  const { payer, mandate, promised, stage } = scene
  const { status, body } = await payer.end(mandate.id)
  const terms = promised.of.get(mandate.id)
  if (status !== 200 || !terms || terms.endedAt !== null) return
  terms.endedAt = stage.world.clock.now()
  for (const { paymentId } of body.bills) if (paymentId) terms.named.add(paymentId)
}

async function changeCeiling({ payer, mandate, promised, stage }: Scene, fen: number): Promise<void> {
  const { status, body } = await payer.change(mandate.id, { ceilingFen: fen })
  const terms = promised.of.get(mandate.id)
  if (status !== 200 || !terms) return
  terms.ceilings.push({ at: stage.world.clock.now(), fen })
  for (const { paymentId } of body.bills) if (paymentId) terms.named.add(paymentId)
}

/** By hand, in an app; paid, or left in the cashier. */
async function pay({ payer, spouse, stage }: Scene, who: number, pays: boolean): Promise<void> {
  const person = who === 0 ? payer : (spouse ?? payer)
  const { body } = await person.get<{ items: Bill[] }>(`/bills?due=true&accountId=${person.account.id}`)
  const [bill] = body.items
  if (!bill) return
  const start = await person.pay([bill], { acknowledgeRecent: true })
  if (pays && start.body.cashier) await stage.world.vendors.pay(start.body.payment.reference)
}

async function perform(scene: Scene, act: Act): Promise<unknown> {
  const { stage, payer, home, promised, name } = scene
  const { world } = stage
  const { db } = world.database
  switch (act.do) {
    case 'end':
    case 'end-while-looking':
      return end(scene)
    case 'end-at-host': {
      await signAtHost(world, scene.mandate.id, 'ended')
      const terms = promised.of.get(scene.mandate.id)
      if (terms && terms.endedAt === null) terms.endedAt = world.clock.now()
      return
    }
    case 'again': {
      if ((await payer.list()).items.some(({ state }) => state !== 'ended')) return
      scene.mandate = await payer.autoPay(20_000)
      return promise(world.clock.now(), promised, scene.mandate.id, 20_000, '2027-11-30')
    }
    case 'unbind': {
      await payer.send(`/accounts/${payer.account.id}`, undefined, undefined, 'DELETE')
      const ended = await payer.send(`/accounts/${payer.account.id}/restoration`)
      const terms = promised.of.get(scene.mandate.id)
      if (ended.status !== 200 || !terms || terms.endedAt !== null) return
      terms.endedAt = world.clock.now()
      for (const { bills } of (await payer.list()).items)
        for (const { paymentId } of bills) if (paymentId) terms.named.add(paymentId)
      return
    }
    case 'refuse-messages':
      return payer.send('/citizen/consents/messages', { given: false }, undefined, 'PUT')
    case 'arrive':
      return arrive(scene)
    case 'ceiling':
    case 'ceiling-while-looking':
      return changeCeiling(scene, act.fen)
    case 'until': {
      const { status } = await payer.change(scene.mandate.id, { endsOn: act.day })
      if (status === 200) promised.of.get(scene.mandate.id)?.ends.push({ at: world.clock.now(), day: act.day })
      return
    }
    case 'pay':
      return pay(scene, act.who, act.pays)
    case 'bill': {
      const [bill] = home.bills
      if (!bill) return
      await own(db)
        .updateTable('book_bills')
        .set((eb) => ({ amount_fen: eb('paid_fen', '+', act.fen), version: eb('version', '+', 1) }))
        .where('id', '=', bill.id)
        .where('settled_at', 'is', null)
        .execute()
      return tellCity(db, cityId, [bill.id], world.clock.now())
    }
    case 'paid-elsewhere': {
      const bill = home.bills[act.bill % home.bills.length]
      if (bill) await payElsewhere(db, cityId, [bill.id], world.clock.now(), world.clock.now())
      return
    }
    case 'new-bill': {
      if (home.bills.length > 4) return
      const bill = { id: `${home.bills[0]?.id}-${home.bills.length}`, amountFen: act.fen }
      home.bills.push(bill)
      return bookBill(world.database, home.number, bill)
    }
    case 'trouble':
      stage.trouble.set(name, act.trouble)
      return
    case 'mute':
      return act.on ? stage.mute.add(`preview/${name}`) : stage.mute.delete(`preview/${name}`)
  }
}

/** One look at the books for all homes. */
async function check(stage: Stage, scenes: readonly Scene[], atRest: boolean): Promise<void> {
  const ids = scenes.flatMap(({ home }) => home.bills.map(({ id }) => id))
  const truth = await readTruth(stage.world, ids)
  const broken = moneyProblems(truth.ledger, { atRest })
  for (const { home, promised } of scenes) {
    const payments = truth.payments.filter(({ billId }) => home.bills.some(({ id }) => id === billId))
    broken.push(...breaches({ ...truth, payments }, promised))
  }
  if (broken.length > 0) throw new Error(broken.join('\n'))
  if (!atRest) return
  for (const { mandateId, paidAt } of truth.payments)
    stage.note(mandateId === null ? 'ends paid by hand' : paidAt === null ? 'ends not collected' : 'collected')
}
