import { changeVisitByHall } from '../../city/booking'
import { remindOfBills } from '../../city/messages/bill-reminders'
import { sendMessages } from '../../city/messages/send'
import type { Messages } from '../../city/ports'
import type { Service } from '../../city/service'
import type { Account } from '../../contract/wire/types.gen'
import type { Sandbox } from '../../sandbox/start'
import { sweep } from '../../sandbox/sweep'
import { citizenOf, freeDays, hall, item, leave, slotsOf, startBooking } from '../support/booking'
import { electricity, signIn } from '../support/citizen'
import { controlOf } from '../support/sandbox'

const monday = new Date('2026-11-23T10:00:00+08:00')
let sandbox: Sandbox
let base: string
let close: () => Promise<void>
beforeAll(async () => {
  ;({ sandbox, base, close } = await startBooking(monday, { sweepMs: null }))
}, 60_000)
beforeEach(() => sandbox.world.clock.set(monday))
afterAll(() => close())
const control = controlOf(() => sandbox)

type Letter = { id: string; subject: string; title: { zh: string; en: string }; text: { zh: string; en: string } }
const lettersTo = async (who: string) => {
  await sweep(sandbox.world)
  const { letters } = (await control('GET', '/state')) as { letters: Letter[] }
  return letters.filter(({ subject }) => subject === `preview/${who}`)
}
const titlesTo = async (who: string) => (await lettersTo(who)).map(({ title }) => title.zh)
const stateOf = async (kind: string, citizenId: string) =>
  sandbox.world.database.db
    .selectFrom('messages')
    .select(['state', 'tries', 'send_at'])
    .where('kind', '=', kind as 'bill-due')
    .where('citizen_id', '=', citizenId)
    .executeTakeFirst()

async function visitOf(who: string, dayAhead = 2) {
  const citizen = await citizenOf(base, who)
  const day = (await freeDays(base))[dayAhead] ?? ''
  const slots = await slotsOf(base, day)
  await leave(sandbox, slots, 2)
  const hold = await citizen.hold(slots[4]?.id ?? '')
  const visit = await citizen.confirm(hold.body.id)
  expect(visit.status).toBe(201)
  return { citizen, visit: visit.body, day, slots }
}

test('a visit is told of the evening before, once, on the day that it was moved to', async () => {
  const { citizen, visit, day } = await visitOf('tomorrow')
  expect(await titlesTo('tomorrow')).toEqual([])
  const later = (await freeDays(base))[3] ?? ''
  const slots = await slotsOf(base, later)
  await leave(sandbox, slots, 2)
  const hold = await citizen.hold(slots[4]?.id ?? '', { appointmentId: visit.id })
  expect((await citizen.swap(visit.id, hold.body.id)).status).toBe(200)
  sandbox.world.clock.set(new Date(`${day}T09:00:00+08:00`))
  expect(await titlesTo('tomorrow')).toEqual([])
  sandbox.world.clock.set(new Date(new Date(`${later}T18:00:01+08:00`).getTime() - 86_400_000))
  expect(await titlesTo('tomorrow')).toEqual(['明天有预约'])
  expect((await lettersTo('tomorrow'))[0]?.text.zh).toContain(later)
  expect(await titlesTo('tomorrow')).toHaveLength(1)
})

test('a visit that was cancelled is not told of, and one that the hall cancels is told of at once', async () => {
  const { citizen, visit } = await visitOf('cancelling')
  expect((await citizen.cancel(visit.id)).status).toBe(200)
  const other = await visitOf('cancelled')
  await changeVisitByHall(sandbox.world, other.visit.id, 'cancelled-by-hall')
  expect(await titlesTo('cancelled')).toEqual(['大厅取消了您的预约'])
  sandbox.world.clock.advance(4 * 86_400)
  expect(await titlesTo('cancelling')).toEqual([])
  expect(await titlesTo('cancelled')).toHaveLength(1)
})

test('who waits is told of a place, and who has withdrawn messages meanwhile is not', async () => {
  const day = (await freeDays(base))[5] ?? ''
  const slots = await slotsOf(base, day)
  await leave(sandbox, slots, 0)
  const first = await citizenOf(base, 'waiting')
  await first.join({ hallId: hall, itemId: item, day, part: 'any' })
  await leave(sandbox, slots.slice(3, 4), 1)
  expect(await titlesTo('waiting')).toEqual(['候补有空位了'])
  const second = await citizenOf(base, 'waiting-silently')
  await second.join({ hallId: hall, itemId: item, day, part: 'any' })
  await second.send('/citizen/consents/messages', { given: false }, undefined, 'PUT')
  await leave(sandbox, slots.slice(5, 6), 1)
  expect(await titlesTo('waiting-silently')).toEqual([])
  expect((await second.waitlist())[0]).toMatchObject({ state: 'offered' })
  expect(await stateOf('place-offered', second.id)).toMatchObject({ state: 'off', send_at: null })
})

test('a refund that has arrived is told of with its amount', async () => {
  const payer = await signIn(base, 'refunded')
  const { payment } = (await payer.pay(await payer.billsOf('hz-electricity', electricity.severalDue))).body
  await control('POST', '/pay', { paymentId: payment.id })
  await control('POST', '/credit', { paymentId: payment.id })
  await control('POST', '/refund', { paymentId: payment.id })
  await control('POST', '/refund', { paymentId: payment.id })
  const letters = await lettersTo('refunded')
  const fen = letters.map(({ text }) => Number((/¥([\d.]+)/.exec(text.zh)?.[1] ?? '').replace('.', '')))
  expect(fen.reduce((sum, each) => sum + each, 0)).toBe(payment.amountFen)
  for (const { title, text } of letters) {
    expect(title.en).toBe('Your refund has arrived')
    expect(text.zh).toContain(payment.reference)
  }
})

/** Somebody with an unpaid bill who asked to be reminded of that account. */
async function reminded(who: string) {
  const citizen = await signIn(base, who)
  const bills = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const due = bills[0]?.dueOn ?? ''
  const account = (await citizen.get<{ items: Account[] }>('/accounts')).body.items[0]
  const templates = sandbox.world.cities.find(({ id }) => id === '330100')?.messages?.wechat ?? []
  const choose = (given: boolean) =>
    citizen.send(`/accounts/${account?.id}/reminder`, { given, templates }, undefined, 'PUT')
  expect((await choose(true)).status).toBe(200)
  return { citizen, due, choose: (given: boolean) => signIn(base, who).then(() => choose(given)) }
}

test('a bill is told of three days before it is due to who asked for that account only', async () => {
  const { due } = await reminded('reminded')
  const bound = await signIn(base, 'not-reminded')
  await bound.bind('hz-electricity', electricity.oneDue)
  expect(await titlesTo('reminded')).toEqual([])
  sandbox.world.clock.set(new Date(new Date(`${due}T10:00:00+08:00`).getTime() - 3 * 86_400_000))
  expect(await titlesTo('reminded')).toEqual(['账单快到期了'])
  sandbox.world.clock.advance(86_400)
  expect(await titlesTo('reminded')).toHaveLength(1)
  expect(await titlesTo('not-reminded')).toEqual([])
})

test('a reminder that was withdrawn after it was written is not sent', async () => {
  const { citizen, choose, due } = await reminded('unsubscribed')
  sandbox.world.clock.set(new Date(new Date(`${due}T10:00:00+08:00`).getTime() - 3 * 86_400_000))
  await remindOfBills(sandbox.world)
  expect(await stateOf('bill-due', citizen.citizenId)).toMatchObject({ state: 'waiting' })
  sandbox.world.clock.set(monday)
  expect((await choose(false)).status).toBe(200)
  expect(await stateOf('bill-due', citizen.citizenId)).toMatchObject({ state: 'withdrawn' })
  sandbox.world.clock.set(new Date(new Date(`${due}T11:00:00+08:00`).getTime() - 3 * 86_400_000))
  expect(await titlesTo('unsubscribed')).toEqual([])
})

test('what a host does not take is tried again after growing pauses, and several instances send one thing once', async () => {
  const { visit, citizen } = await visitOf('stubborn', 4)
  const world: Service = sandbox.world
  let refused = 0
  const refusing: Messages = {
    send: async () => {
      refused += 1
      throw new Error('busy')
    },
  }
  await changeVisitByHall(sandbox.world, visit.id, 'cancelled-by-hall')
  const pauses = []
  for (let times = 0; times < 4; times += 1) {
    await sendMessages({ ...world, messages: refusing })
    const { send_at: sendAt } = (await stateOf('visit-cancelled', citizen.id)) ?? {}
    pauses.push(Math.round(((sendAt?.getTime() ?? 0) - world.clock.now().getTime()) / 1000))
    await sendMessages({ ...world, messages: refusing })
    sandbox.world.clock.set(sendAt ?? monday)
  }
  expect([refused, pauses]).toEqual([4, [60, 120, 240, 480]])
  const shown: string[] = []
  const slow: Messages = {
    async send({ id }) {
      shown.push(id)
      await new Promise((resolve) => setTimeout(resolve, 50))
      return 'sent'
    },
  }
  await Promise.all(Array.from({ length: 3 }, () => sendMessages({ ...world, messages: slow })))
  expect(shown).toEqual([`visit-cancelled/${visit.id}`])
  expect(await stateOf('visit-cancelled', citizen.id)).toMatchObject({ state: 'sent', tries: 5 })
})
