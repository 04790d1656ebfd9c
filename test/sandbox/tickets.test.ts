import { callNext, endQueue, passTicket, stopTickets, takeAtMachine } from '../../city/tickets'
import type { Hall, HallPage, Ticket, TicketLine, TicketList } from '../../contract/wire/types.gen'
import type { Sandbox } from '../../sandbox/start'
import { sweep } from '../../sandbox/sweep'
import { newestVerification, playVerifier } from '../../sandbox/verifier'
import { ask, type BookingCitizen, citizenOf, newKey, startBooking } from '../support/booking'
import { controlOf } from '../support/sandbox'

const cityId = '330100'
const hallId = '9007199254740997'
const where = { cityId, hallId }
/** Real name wanted, and a number that was passed is void. */
const strictHall = '9007199254741003'
jest.setTimeout(60_000)

let sandbox: Sandbox
let base: string
let close: () => Promise<void>
beforeAll(async () => {
  ;({ sandbox, base, close } = await startBooking(new Date('2026-11-23T10:00:00+08:00'), { sweepMs: null }))
}, 100_000)
afterAll(() => close(), 30_000)
const control = controlOf(() => sandbox)

/** A morning of its own for each test: the queue is empty. */
let days = 0
const workdays = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']
const freshDay = () => {
  const day = new Date(
    new Date(`${workdays[days % 5]}T10:00:00+08:00`).getTime() + Math.floor(days / 5) * 7 * 86_400_000,
  )
  days += 1
  sandbox.world.clock.set(day)
}
beforeEach(freshDay)

const take = (citizen: BookingCitizen, more: object = {}, key = newKey()) =>
  citizen.send<Ticket>('/tickets', { hallId, ...more }, key)
const look = async (citizen: BookingCitizen, id: string) => (await citizen.get<Ticket>(`/tickets/${id}`)).body
const giveBack = (citizen: BookingCitizen, id: string) => citizen.send<Ticket>(`/tickets/${id}/return`, undefined)
const line = async (hall = hallId) => (await ask<TicketLine>(base, { path: `/halls/${hall}/tickets` })).body
const numbers = async () =>
  (
    await sandbox.world.database.db
      .selectFrom('tickets')
      .select('number')
      .where('city_id', '=', cityId)
      .where('hall_id', '=', hallId)
      .where('day', '=', (await line()).day)
      .orderBy('number')
      .execute()
  ).map(({ number }) => number)
type Letter = { subject: string; title: { zh: string }; text: { zh: string } }
const lettersTo = async (who: string) => {
  const { sendMessages } = await import('../../city/messages/send')
  await sendMessages(sandbox.world)
  const { letters } = (await control('GET', '/state')) as { letters: Letter[] }
  return letters.filter(({ subject }) => subject === `preview/${who}`).map(({ title }) => title.zh)
}

test('a number is taken from home, with who is before it and about how long it takes; the list and the line say the same', async () => {
  await takeAtMachine(sandbox.world, where, 5)
  const citizen = await citizenOf(base, 'first')
  const before = await line()
  expect(before).toMatchObject({ status: 'open', waiting: 5, wait: { fromMinutes: 5, toMinutes: 20 } })
  expect(before.rules).toEqual({ dailyNumbers: 60, numbersPerPerson: 3, calledAgainAfter: 3 })
  const { status, body: ticket } = await take(citizen)
  expect([status, ticket.number, ticket.state, ticket.ahead, ticket.wait, ticket.calledAgainAfter]).toEqual([
    201,
    'A006',
    'waiting',
    5,
    { fromMinutes: 5, toMinutes: 20 },
    3,
  ])
  expect(ticket.hall.id).toBe(hallId)
  await callNext(sandbox.world, where, 2)
  expect(await look(citizen, ticket.id)).toMatchObject({ ahead: 4, lineCalled: 'A001', version: 1 })
  expect((await citizen.get<TicketList>('/tickets')).body.items.map(({ id }) => id)).toEqual([ticket.id])
  const halls = (await ask<HallPage>(base, { path: '/halls' })).body.items
  const shown = (id: string): Hall | undefined => halls.find((each) => each.id === id)
  expect([shown(hallId)?.queue?.waiting, shown(hallId)?.tickets?.dailyNumbers]).toEqual([5, 60])
  expect(shown('9007199254740995')?.tickets).toBeUndefined()
  // Nobody else reads it.
  expect((await (await citizenOf(base, 'curious')).get(`/tickets/${ticket.id}`)).status).toBe(404)
})

test('two taps, two phones and a lost answer are one ticket', async () => {
  const phone = await citizenOf(base, 'two-phones')
  const other = await citizenOf(base, 'two-phones')
  const key = newKey()
  const replies = await Promise.all([
    take(phone, {}, key),
    take(phone, {}, key),
    ...Array.from({ length: 6 }, () => take(phone)),
    ...Array.from({ length: 6 }, () => take(other)),
  ])
  expect(new Set(replies.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
  expect(await numbers()).toEqual([1])
})

test('the door, the phones and the counters at once: numbers without a gap, each once, and everybody called in their order', async () => {
  const people = await Promise.all(Array.from({ length: 20 }, (_, i) => citizenOf(base, `crowd-${i}`)))
  const taken = await Promise.all([
    ...people.map((one) => take(one)),
    ...Array.from({ length: 20 }, () => takeAtMachine(sandbox.world, where)),
  ])
  expect(taken).toHaveLength(40)
  expect(await numbers()).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
  const returned = people.slice(0, 4)
  const ids = await Promise.all(
    people.map(async (one) => (await one.get<TicketList>('/tickets')).body.items[0]?.id ?? ''),
  )
  const [called] = await Promise.all([
    Promise.all(Array.from({ length: 12 }, (_, i) => callNext(sandbox.world, where, i + 1))),
    ...returned.map((one, i) => giveBack(one, ids[i] ?? '')),
  ])
  const numbersCalled = called.flatMap((ticket) => ticket?.number ?? [])
  expect(new Set(numbersCalled).size).toBe(12)
  for (let last = called.length; last > 0; ) last = (await callNext(sandbox.world, where, 99)) === null ? 0 : 1
  const states = await Promise.all(people.map(async (one, i) => (await look(one, ids[i] ?? '')).state))
  // Whose call was a counter's last one, people of the door or of a phone, is chance.
  expect(states.slice(4).filter((state) => state !== 'served' && state !== 'called')).toEqual([])
})

test('a hall that several instances fill at once has no larger crowd', async () => {
  const fill = () => takeAtMachine(sandbox.world, where, 6, { upTo: 6, seen: 0 })
  await Promise.all([fill(), fill(), fill(), fill()])
  expect(await numbers()).toEqual([1, 2, 3, 4, 5, 6])
  // Who looked before the call of another draws for one that is made already.
  await callNext(sandbox.world, where, 1)
  await fill()
  expect(await numbers()).toEqual([1, 2, 3, 4, 5, 6])
})

test('one that is given back is given to nobody else, frees no place in the day, and stays as it ended', async () => {
  const citizen = await citizenOf(base, 'gives-back')
  const { body: first } = await take(citizen)
  expect((await giveBack(citizen, first.id)).body).toMatchObject({ state: 'returned', version: 2 })
  expect((await giveBack(citizen, first.id)).body).toMatchObject({ state: 'returned', version: 2 })
  const { body: second } = await take(citizen)
  expect([second.number, (await take(citizen)).body.id]).toEqual(['A002', second.id])
  await giveBack(citizen, second.id)
  const { body: third } = await take(citizen)
  await callNext(sandbox.world, where, 1)
  await callNext(sandbox.world, where, 1)
  expect((await giveBack(citizen, third.id)).body.state).toBe('served')
  const refused = await take(citizen)
  expect([refused.status, refused.problem?.code, refused.problem?.tickets]).toEqual([409, 'tickets-not-given', 'open'])
  await sandbox.world.database.db
    .updateTable('ticket_lines')
    .set({ from_home: 60 })
    .where('hall_id', '=', hallId)
    .where('day', '=', third.day)
    .execute()
  const late = await take(await citizenOf(base, 'too-late'))
  expect([late.problem?.code, late.problem?.tickets, (await line()).status]).toEqual([
    'tickets-not-given',
    'used-up',
    'used-up',
  ])
  // The machine at the door goes on.
  expect((await takeAtMachine(sandbox.world, where))[0]?.number).toBe(4)
})

test('who is passed is called again after three others, a second time the number is void', async () => {
  const citizen = await citizenOf(base, 'passed')
  const { body: ticket } = await take(citizen, { messages: true })
  await takeAtMachine(sandbox.world, where, 6)
  expect((await callNext(sandbox.world, where, 1))?.number).toBe(1)
  expect(await look(citizen, ticket.id)).toMatchObject({ state: 'called', counter: '1 号窗口', calledAgainAfter: 3 })
  await passTicket(sandbox.world, where, 1)
  expect(await look(citizen, ticket.id)).toMatchObject({ state: 'passed', ahead: 3 })
  const order: (number | undefined)[] = []
  for (let i = 0; i < 4; i += 1) order.push((await callNext(sandbox.world, where, 2))?.number)
  expect(order).toEqual([2, 3, 4, 1])
  expect(await look(citizen, ticket.id)).toMatchObject({ state: 'called', calledAgainAfter: 0 })
  await passTicket(sandbox.world, where, 1)
  expect(await look(citizen, ticket.id)).toMatchObject({ state: 'void' })
  expect((await take(citizen)).body.number).toBe('A008')
  // A call that is over is told of no more.
  expect((await lettersTo('passed')).sort()).toEqual(['已过号', '您的号码已作废'])
})

test('who asked for it is told once when three are before them, who did not is told nothing', async () => {
  await takeAtMachine(sandbox.world, where, 5)
  const told = await citizenOf(base, 'told')
  const silent = await citizenOf(base, 'silent')
  await take(told, { messages: true })
  await take(silent)
  await callNext(sandbox.world, where, 1)
  expect(await lettersTo('told')).toEqual([])
  await callNext(sandbox.world, where, 1)
  expect(await lettersTo('told')).toEqual(['快叫到您了'])
  await callNext(sandbox.world, where, 1)
  expect(await lettersTo('told')).toEqual(['快叫到您了'])
  for (let i = 0; i < 3; i += 1) await callNext(sandbox.world, where, 1)
  expect(await lettersTo('told')).toEqual(['叫到您了', '快叫到您了'])
  expect(await lettersTo('silent')).toEqual([])
})

test('outside the hours, when the hall stops giving numbers and when it ends early, each says which; who waits is told', async () => {
  const citizen = await citizenOf(base, 'hours')
  const { body: ticket } = await take(citizen, { messages: true })
  await stopTickets(sandbox.world, where, { zh: '系统故障', en: 'A failure' })
  const other = await citizenOf(base, 'hours-2')
  const stopped = await take(other)
  expect([stopped.problem?.tickets, stopped.problem?.detail]).toEqual(['stopped', '系统故障'])
  await expect(takeAtMachine(sandbox.world, where)).rejects.toThrow('tickets-not-given')
  expect((await look(citizen, ticket.id)).state).toBe('waiting')
  await stopTickets(sandbox.world, where, null)
  expect((await line()).status).toBe('open')
  await endQueue(sandbox.world, where, { zh: '停电', en: 'A power cut' })
  expect(await look(citizen, ticket.id)).toMatchObject({ state: 'ended-by-hall', reason: '停电' })
  expect(await lettersTo('hours')).toEqual(['大厅今天提前结束叫号'])
  expect((await take(other)).problem?.tickets).toBe('over')
  expect(await callNext(sandbox.world, where, 1)).toBeNull()

  freshDay()
  const at = async (seconds: number) => {
    sandbox.world.clock.advance(seconds)
    // A session does not last so long.
    return (await take(await citizenOf(base, 'hours-2'))).problem?.tickets
  }
  expect([await at(2 * 3600 + 60), await at(4.5 * 3600)]).toEqual(['pause', 'over'])
  expect([await at(13 * 3600), (await line()).opensAt?.slice(11, 16)]).toEqual(['not-yet', '09:00'])
})

test('a number of yesterday is over at midnight, for who looks and by itself, and another one can be taken', async () => {
  const citizen = await citizenOf(base, 'midnight')
  const asleep = await citizenOf(base, 'asleep')
  const { body: ticket } = await take(citizen)
  const { body: other } = await take(asleep)
  sandbox.world.clock.advance(13 * 3600 + 3599)
  const awake = await citizenOf(base, 'midnight')
  expect((await look(awake, ticket.id)).state).toBe('waiting')
  sandbox.world.clock.advance(2)
  const ended = await look(awake, ticket.id)
  expect([ended.state, ended.endedAt?.slice(11, 16), ended.ahead]).toEqual(['expired', '00:00', undefined])
  freshDay()
  await sweep(sandbox.world)
  const row = await sandbox.world.database.db
    .selectFrom('tickets')
    .select('state')
    .where('id', '=', other.id)
    .executeTakeFirstOrThrow()
  expect(row.state).toBe('expired')
  expect((await take(await citizenOf(base, 'midnight'))).status).toBe(201)
})

test('a hall may want the real name, a hall without numbers and a city without them have none', async () => {
  const citizen = await citizenOf(base, 'named')
  const refused = await citizen.send<Ticket>('/tickets', { hallId: strictHall })
  expect([refused.status, refused.problem?.code, refused.problem?.level]).toEqual([403, 'level-needed', 'real-name'])
  const person = { level: 'real-name', name: '李小明', idNumber: '11010519491231002X' }
  expect((await citizen.send<{ id: string }>('/verifications', person)).status).toBe(201)
  await playVerifier(sandbox.world, await newestVerification(sandbox.world), 'pass')
  const list = await citizen.get<TicketList>('/tickets')
  expect(list.status).toBe(200)
  expect((await citizen.send<Ticket>('/tickets', { hallId: '9007199254740995' })).status).toBe(404)
  const sanya = base.replace(cityId, '460200')
  expect((await ask(sanya, { path: `/halls/${hallId}/tickets` })).status).toBe(404)
})

test('a citizen who is erased leaves the queue, and the others move up', async () => {
  const leaving = await citizenOf(base, 'leaving')
  const staying = await citizenOf(base, 'staying')
  await take(leaving)
  const { body: ticket } = await take(staying)
  expect(ticket.ahead).toBe(1)
  expect((await leaving.send('/citizen/erasure', { confirmed: true })).status).toBe(204)
  expect((await look(staying, ticket.id)).ahead).toBe(0)
  expect((await callNext(sandbox.world, where, 1))?.number).toBe(2)
})
