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
  spouse: Awaited<ReturnType<typeof payerAt>>
  mandate: Mandate
  promised: Promised
}

type Step =
  | { do: 'wait'; hours: number }
  | { do: 'outage'; hours: number }
  | { do: 'look'; times: number }
  | { do: 'end' | 'end-while-looking' | 'end-at-host' | 'again' | 'unbind' | 'refuse-messages' | 'arrive' }
  | { do: 'ceiling' | 'ceiling-while-looking'; fen: number }
  | { do: 'until'; day: string }
  | { do: 'pay'; who: number; pays: boolean; isLooking: boolean }
  | { do: 'bill'; fen: number }
  | { do: 'paid-elsewhere'; bill: number }
  | { do: 'new-bill'; fen: number }
  | { do: 'fault'; fault: (typeof faults)[number]; on: boolean }
  | { do: 'trouble'; trouble: Trouble }
  | { do: 'mute' | 'deaf'; on: boolean }

const faults = ['no-money', 'unknown-result', 'credit-refused', 'biller-not-answering', 'biller-closed'] as const
const amounts = fc.constantFrom(900, 5_000, 12_345, 29_999, 30_000, 30_001, 99_999)
const just = <T extends string>(...names: T[]) => fc.constantFrom(...names).map((name) => ({ do: name }))
const on = fc.boolean()

export const steps = (maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({ do: fc.constant('outage' as const), hours: fc.constantFrom(13, 73, 98, 122) }),
      },
      {
        weight: 9,
        arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 7, 24, 73, 97, 121) }),
      },
      { weight: 6, arbitrary: fc.record({ do: fc.constant('look' as const), times: fc.constantFrom(1, 2) }) },
      { weight: 2, arbitrary: just('end', 'end-while-looking', 'end-at-host', 'unbind') },
      { weight: 3, arbitrary: just('again', 'arrive') },
      { weight: 1, arbitrary: just('refuse-messages') },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constantFrom('ceiling' as const, 'ceiling-while-looking' as const),
          fen: amounts,
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constant('until' as const),
          day: fc.constantFrom('2026-11-25', '2026-12-01', '2027-01-01'),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({ do: fc.constant('pay' as const), who: fc.nat({ max: 1 }), pays: on, isLooking: on }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('bill' as const), fen: amounts }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('paid-elsewhere' as const), bill: fc.nat({ max: 2 }) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('new-bill' as const), fen: amounts }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('fault' as const), fault: fc.constantFrom(...faults), on }) },
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant('trouble' as const),
          trouble: fc.constantFrom<Trouble>('lost', 'answer-lost', 'late', 'slow'),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('mute' as const, 'deaf' as const), on }) },
    ),
    { minLength: 4, maxLength, size: 'max' },
  )

let histories = 0

/** Tells one history from its morning on, then heals everything and waits; looks after each step whether a promise is broken. */
export async function tell(stage: Stage, history: readonly Step[]): Promise<void> {
  const scene = await begin(stage)
  await lookOnce(stage.instances[0])
  for (const step of history) {
    stage.note(step.do)
    await act(scene, step)
    await check(scene, false)
  }
  stage.world.faults.clear()
  Object.assign(stage, { isMute: false, isDeaf: false, trouble: null })
  await arrive(stage)
  for (const hours of [1, 120, 2]) await wait(stage, hours)
  await check(scene, true)
}

async function begin(stage: Stage): Promise<Scene> {
  const { world } = stage
  histories += 1
  world.clock.set(morning)
  world.faults.clear()
  Object.assign(stage, { isMute: false, isDeaf: false, trouble: null })
  stage.onTheWay.length = 0
  // What earlier histories left is not looked at again.
  for (const table of ['mandates', 'payments'] as const)
    await world.database.db.updateTable(table).set({ look_at: null }).where('look_at', 'is not', null).execute()
  await world.database.db.updateTable('messages').set({ send_at: null }).where('send_at', 'is not', null).execute()
  const home = await newHome(world, [{ amountFen: 12_345 }, { amountFen: 30_001 }])
  const payer = await payerAt(world, `giver${histories}`, home)
  const spouse = await payerAt(world, `spouse${histories}`, home)
  const mandate = await payer.autoPay(30_000)
  const promised: Promised = { of: new Map(), names: [`preview/giver${histories}`] }
  promise(world.clock.now(), promised, mandate.id, 30_000, '2027-11-30')
  return { stage, home, payer, spouse, mandate, promised }
}

function promise(at: Date, { of }: Promised, id: string, ceilingFen: number, endsOn: string): void {
  const terms = of.get(id) ?? { ceilings: [], ends: [], endedAt: null, named: new Set<string>() }
  terms.ceilings.push({ at, fen: ceilingFen })
  terms.ends.push({ at, day: endsOn })
  of.set(id, terms)
}

async function wait(stage: Stage, hours: number): Promise<void> {
  const { world, instances } = stage
  const until = new Date(world.clock.now().getTime() + hours * 3_600_000)
  // Once within the hours of each day's collections.
  for (let at = morningOf(world.clock.now()); at < until; at = new Date(at.getTime() + 86_400_000)) {
    if (at <= world.clock.now()) continue
    world.clock.set(at)
    await lookOnce(instances[0])
  }
  world.clock.set(until)
  await lookOnce(instances[0])
}

const morningOf = (at: Date): Date =>
  new Date(at.getTime() - ((at.getTime() + 8 * 3_600_000) % 86_400_000) + 11 * 3_600_000)

async function arrive(stage: Stage): Promise<void> {
  for (const request of stage.onTheWay.splice(0)) await request()
}

async function look({ stage }: Scene, times: number): Promise<void> {
  const [one, other] = stage.instances
  await Promise.all(times === 1 ? [lookOnce(one)] : [lookOnce(one), lookOnce(other)])
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
  const person = who === 0 ? payer : spouse
  const { body } = await person.get<{ items: Bill[] }>(`/bills?due=true&accountId=${person.account.id}`)
  const [bill] = body.items
  if (!bill) return
  const start = await person.pay([bill], { acknowledgeRecent: true })
  if (pays && start.body.cashier) await stage.world.vendors.pay(start.body.payment.reference)
}

async function act(scene: Scene, step: Step): Promise<unknown> {
  const { stage, payer, home, promised } = scene
  const { world } = stage
  const { db } = world.database
  switch (step.do) {
    case 'wait':
      return wait(stage, step.hours)
    case 'outage':
      // No instance runs meanwhile.
      world.clock.advance(step.hours * 3600)
      return look(scene, 2)
    case 'look':
      return look(scene, step.times)
    case 'end':
      return end(scene)
    case 'end-while-looking':
      return Promise.all([end(scene), look(scene, 2)])
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
      return arrive(stage)
    case 'ceiling':
      return changeCeiling(scene, step.fen)
    case 'ceiling-while-looking':
      return Promise.all([changeCeiling(scene, step.fen), look(scene, 2)])
    case 'until': {
      const { status } = await payer.change(scene.mandate.id, { endsOn: step.day })
      if (status === 200) promised.of.get(scene.mandate.id)?.ends.push({ at: world.clock.now(), day: step.day })
      return
    }
    case 'pay':
      return Promise.all([pay(scene, step.who, step.pays), ...(step.isLooking ? [look(scene, 1)] : [])])
    case 'bill': {
      const [bill] = home.bills
      if (!bill) return
      await own(db)
        .updateTable('book_bills')
        .set((eb) => ({ amount_fen: eb('paid_fen', '+', step.fen), version: eb('version', '+', 1) }))
        .where('id', '=', bill.id)
        .where('settled_at', 'is', null)
        .execute()
      return tellCity(db, cityId, [bill.id], world.clock.now())
    }
    case 'paid-elsewhere': {
      const bill = home.bills[step.bill % home.bills.length]
      if (bill) await payElsewhere(db, cityId, [bill.id], world.clock.now(), world.clock.now())
      return
    }
    case 'new-bill': {
      if (home.bills.length > 4) return
      const bill = { id: `${home.bills[0]?.id}-${home.bills.length}`, amountFen: step.fen }
      home.bills.push(bill)
      return bookBill(world.database, home.number, bill)
    }
    case 'fault':
      return world.faults.set({ name: step.fault }, step.on)
    case 'trouble':
      stage.trouble = step.trouble
      return
    case 'mute':
      stage.isMute = step.on
      return
    case 'deaf':
      stage.isDeaf = step.on
  }
}

async function check({ stage, home, promised }: Scene, atRest: boolean): Promise<void> {
  const truth = await readTruth(
    stage.world,
    home.bills.map(({ id }) => id),
  )
  const broken = [...breaches(truth, promised), ...moneyProblems(truth.ledger, { atRest })]
  if (broken.length > 0) throw new Error(broken.join('\n'))
  if (!atRest) return
  for (const { mandateId, paidAt } of truth.payments)
    stage.note(mandateId === null ? 'ends paid by hand' : paidAt === null ? 'ends not collected' : 'collected')
}
