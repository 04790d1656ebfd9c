import type { Ticket, TicketLine, TicketList } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { agreeing, hostVerifies } from './identity'
import { requestsOf, signIns } from './requests'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { appointments, home, identity, tickets } = wordsIn('zh-CN')
const hall = '9007199254740997'
/** It wants the real name, and a number that was passed is void. */
const strictHall = '9007199254741003'
const takeLink = (of = hall) => `/pages/tickets/take/index?city=${hangzhou}&hall=${of}`
const comeBack = async ({ phone }: Walk) => {
  await phone.background()
  await phone.foreground()
}

const atHall = (on: Walk, act: string, hallId = hall) =>
  on.sandbox.control('POST', '/hall', { cityId: hangzhou, hallId, act })
const all = async (on: Walk): Promise<Ticket[]> => (await on.get<TicketList>('/tickets')).items
const newest = async (on: Walk): Promise<Ticket> => {
  const [ticket] = await all(on)
  if (!ticket) throw new Error('no ticket')
  return ticket
}
const line = (on: Walk, of = hall) => on.get<TicketLine>(`/halls/${of}/tickets`)
/** Nobody comes and nobody is called but by this journey; so many wait at the door. */
const queueOf = async (on: Walk, people: number, hallId = hall) => {
  await on.fault('queue-missing')
  // The machines may have been at it a moment ago.
  for (let waiting = -1; waiting !== people; ) {
    await atHall(on, 'clear', hallId)
    for (let drawn = 0; drawn < people; drawn += 1) await atHall(on, 'draw', hallId)
    await new Promise((resolve) => setTimeout(resolve, 200))
    waiting = (await line(on, hallId)).waiting
  }
}
const callUntil = async (on: Walk, isSo: (ticket: Ticket) => boolean) => {
  for (let calls = 0; calls < 20; calls += 1) {
    if (isSo(await newest(on))) return
    await atHall(on, 'call')
  }
  throw new Error('never called')
}

walk('a number is taken at home, three are before it, it is called, passed, called again and served', async (on) => {
  const { phone } = on
  await queueOf(on, 0, strictHall)
  await queueOf(on, 8)
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  await phone.tapTab(2)
  await phone.tap(new RegExp(`^${appointments.takeNumber}`))
  phone.sees(tickets.lead)
  await phone.tap(/^杭州市西湖区人民政府政务服务中心/)
  const { waiting } = await line(on)
  phone.sees(tickets.waiting(waiting), tickets.ruleAgain(3))
  await phone.tap(tickets.take)
  const taken = await newest(on)
  phone.sees(taken.number, tickets.ahead(taken.ahead ?? -1))
  expect(taken.messages).toBe(true)

  await callUntil(on, ({ ahead = 9 }) => ahead <= 3)
  await comeBack(on)
  phone.sees(tickets.near, tickets.ahead(3))
  await callUntil(on, ({ state }) => state === 'called')
  await comeBack(on)
  phone.sees(tickets.callTitle('1 号窗口'))
  await atHall(on, 'pass')
  await comeBack(on)
  phone.sees(tickets.passed, tickets.passedText((await newest(on)).ahead ?? -1))
  await callUntil(on, ({ state }) => state === 'called')
  await comeBack(on)
  phone.sees(tickets.callTitle('1 号窗口'), tickets.ruleNever)
  await atHall(on, 'call')
  await comeBack(on)
  phone.sees(tickets.end.served.title)
  expect(phone.screen.find(tickets.giveBack)).toEqual([])
})

walk('two taps and a lost answer are one number, and the page finds it', async (on) => {
  const { phone } = on
  await queueOf(on, 2)
  await phone.launch(takeLink())
  await on.fault('lost-answer', { operationId: 'takeTicket', times: 4 })
  await phone.tap(tickets.take)
  await phone.pass(20)
  phone.sees(tickets.unsure, tickets.unsureText)
  await on.noFaults()
  await phone.tap(tickets.take)
  phone.sees((await newest(on)).number, tickets.number)
  expect(await all(on)).toHaveLength(1)
})

walk('a number is given back after a question, and another one is the last of the queue', async (on) => {
  const { phone } = on
  await queueOf(on, 2)
  await phone.launch(takeLink())
  await phone.tap(tickets.take)
  const first = await newest(on)
  await phone.tap(tickets.giveBack)
  phone.sees(tickets.giveBackText)
  await phone.tap(tickets.keep)
  expect((await newest(on)).state).toBe('waiting')
  await phone.tap(tickets.giveBack)
  await phone.tap(tickets.giveBack)
  phone.sees(tickets.end.returned.title)
  expect((await newest(on)).state).toBe('returned')
  await phone.tap(tickets.again)
  await phone.tap(tickets.take)
  const second = await newest(on)
  phone.sees(second.number)
  expect(second.number > first.number).toBe(true)
})

walk('a hall that stops, ends early or is closed says so; who has a number is told why it is over', async (on) => {
  const { phone } = on
  await queueOf(on, 2)
  await phone.launch(takeLink())
  await atHall(on, 'stop')
  // The page does not know yet.
  await phone.tap(tickets.take)
  phone.sees(`${tickets.line.stopped.title} · 系统故障`)
  expect([phone.screen.find(tickets.take), await all(on)]).toEqual([[], []])
  await atHall(on, 'resume')
  await comeBack(on)
  await phone.tap(tickets.take)
  phone.sees(tickets.number)
  await atHall(on, 'end')
  await comeBack(on)
  phone.sees(`${tickets.end['ended-by-hall'].title} · 停电`)
  await phone.tap(tickets.book)
  phone.sees(/居民身份证换领/)
  await on.leap(12 * 3600)
  await phone.launch(takeLink())
  phone.sees(tickets.line.over.title)
  expect(phone.screen.find(tickets.take)).toEqual([])
})

walk('a number of yesterday is over, and can be taken anew when the hall opens', async (on) => {
  const { phone } = on
  await queueOf(on, 2)
  const { id } = await on.send<Ticket>('/tickets', { hallId: hall })
  await phone.launch(`/pages/tickets/ticket/index?city=${hangzhou}&ticket=${id}`)
  phone.sees(tickets.number)
  await on.leap(22 * 3600)
  await comeBack(on)
  phone.sees(tickets.end.expired.title)
  await phone.tap(tickets.again)
  phone.sees(tickets.line['not-yet'].text('09:00'))
})

walk(
  'a hall that wants the real name: verified there and then, refused, and taken by itself once verified',
  async (on) => {
    const { phone } = on
    await queueOf(on, 2, strictHall)
    const refused = hostVerifies(on, 'cancelled')
    await phone.launch(takeLink(strictHall))
    expect(signIns(phone)).toBe(0)
    phone.sees(tickets.ruleName, tickets.ruleNever)
    await phone.tap(tickets.take)
    phone.sees(identity.sent)
    await phone.type(new RegExp(identity.name), '李小明')
    await phone.type(new RegExp(identity.idNumber), '11010519491231002X')
    await agreeing(on, identity.verify)
    expect(refused.opened).toBe(1)
    await phone.back()
    phone.sees(tickets.take)
    expect(await all(on)).toEqual([])

    hostVerifies(on, 'passed')
    await phone.tap(tickets.take)
    await phone.type(new RegExp(identity.name), '李小明')
    await phone.type(new RegExp(identity.idNumber), '11010519491231002X')
    await agreeing(on, identity.verify)
    phone.sees((await newest(on)).number, tickets.number)
  },
)

walk(
  'without network the number is there with its age, and soon nothing is claimed of who is before it',
  async (on) => {
    const { phone } = on
    await queueOf(on, 8)
    await phone.launch(takeLink())
    await phone.tap(tickets.take)
    await phone.pass(16)
    const { id, number } = await newest(on)
    const link = `/pages/tickets/ticket/index?city=${hangzhou}&ticket=${id}`
    phone.sees(/^前面 \d+ 位/)
    await phone.launch(link, { isOnline: false })
    await phone.pass(10)
    phone.sees(number, /^前面 \d+ 位/, /^网络不通，显示的是/)
    await phone.background()
    await on.leap(600)
    await phone.foreground()
    await phone.pass(40)
    phone.sees(number, tickets.placeUnknown, /^网络不通，显示的是/)
    phone.seesNot(/^前面 \d+ 位$/)
    await phone.setOnline(true)
    await phone.pass(5)
    phone.seesNot(tickets.placeUnknown)
  },
)

walk('hidden, the page asks nothing and is sent nothing; shown, it asks every quarter of a minute', async (on) => {
  const { phone } = on
  await queueOf(on, 8)
  await phone.launch(takeLink())
  await phone.tap(tickets.take)
  const reads = () => requestsOf(phone, /^GET \/tickets\/tk-/).length
  await phone.background()
  const before = reads()
  await on.leap(60)
  expect(reads()).toBe(before)
  await phone.foreground()
  const shown = reads()
  await on.leap(31)
  expect(reads()).toBeGreaterThan(shown)
})
