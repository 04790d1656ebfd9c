import type { Citizen, MessageGrantList, Report } from '../../contract/wire/types.gen'
import { newKey } from '../support/booking'
import { signIn } from '../support/citizen'
import { wordsIn } from '../support/words'
import { booked, byHall } from './bookings'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { booking, failures, home, me, messages, terms } = wordsIn('zh-CN')
const { delivery, grants } = messages
const link = `/pages/messages/list/index?city=${hangzhou}`
const answered = '您的反馈有答复了'
const unread = async (on: Walk) => (await on.get<Citizen>('/citizen')).unreadMessages

async function begin({ phone }: Walk, city = '杭州'): Promise<void> {
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap(city)
}

/** A report that its office answers; the city tells of it. */
async function anAnswer(on: Walk): Promise<void> {
  const about = { kind: 'app', id: '1.0.0' }
  const { id } = await on.send<Report>('/reports', { about, reason: 'other', text: '打不开账单' })
  await on.sandbox.control('POST', '/answer-report', { reportId: id })
  await on.sandbox.control('POST', '/clock', { advanceSeconds: 1 })
}

async function turnOff({ host, sandbox }: Walk): Promise<void> {
  const code = `${host === 'wechat' ? 'wx' : 'ali'}-walker-test${newKey().slice(0, 8)}`
  const other = await signIn(sandbox.city(hangzhou), code, host)
  expect((await other.send('/citizen/consents/messages', { given: false }, newKey(), 'PUT')).status).toBe(204)
}

walk(
  'an answer is counted at oneself without a request for it, leads to the answer, and is read on every phone',
  async (on) => {
    const { phone } = on
    await begin(on)
    await anAnswer(on)
    await phone.tapTab(3)
    phone.sees(me.unread(1))
    expect(JSON.stringify(phone.trace.flatMap(({ requests }) => requests))).not.toContain('/messages')
    await phone.tap(new RegExp(`^${me.messages} `))
    expect(phone.screen.find(new RegExp(`^${answered} ${messages.fresh}.*${delivery.sent}`, 's'))).toHaveLength(1)
    expect(await unread(on)).toBe(0)
    await phone.tap(new RegExp(`^${answered}`))
    phone.sees(/^您好，您反映的情况已核实/)
    await phone.back()
    expect(phone.screen.find(new RegExp(`^${answered}`))).toHaveLength(1)
    phone.seesNot(messages.fresh)
    await phone.back()
    phone.seesNot(me.unread(1))
  },
)

walk(
  'what the hall changed leads to the visit; a reading that fails leaves the mark, until the next time',
  async (on) => {
    const { phone } = on
    await begin(on)
    const { visit } = await booked(on, '2026-11-26')
    await byHall(on, visit, 'cancelled-by-hall')
    await on.leap(1)
    await on.fault('error-500', { operationId: 'readMessages' })
    await phone.tapTab(3)
    await phone.tap(new RegExp(`^${me.messages} `))
    await phone.tap(/^大厅取消了您的预约/)
    phone.sees(booking.outcome['cancelled-by-hall'].title)
    await on.noFaults()
    expect(await unread(on)).toBe(1)
    await phone.launch(link)
    expect(await unread(on)).toBe(0)
    await phone.tapTab(3)
    phone.seesNot(me.unread(1))
  },
)

walk(
  'a fact that is gone says so, with a way on; a kind of a later version shows its words and leads nowhere',
  async (on) => {
    const { phone } = on
    await phone.launch(link)
    phone.sees(messages.none)
    const messagesNow = [
      {
        id: 'm-2',
        kind: 'of-a-later-version',
        about: { kind: 'of-a-later-version', id: 'x' },
        title: '新式消息',
        text: '以后才有',
        delivery: 'of-a-later-version',
      },
      {
        id: 'm-1',
        kind: 'bill-due',
        about: { kind: 'bill', id: 'b-gone' },
        title: '账单快到期了',
        text: '请缴清',
        delivery: 'sent',
      },
    ]
    phone.circumstances.onTheWay = ({ path }, answer) => {
      if (!path.endsWith('/messages')) return answer
      const items = messagesNow.map((message) => ({ ...message, at: '2026-11-23T09:00:00+08:00', read: true }))
      return { ...answer, text: JSON.stringify({ ...JSON.parse(answer.text ?? ''), items }) }
    }
    await phone.background()
    await phone.foreground()
    phone.sees('新式消息', new RegExp(delivery.unlisted))
    expect(phone.screen.find(/^新式消息/)).toEqual([])
    await phone.tap(/^账单快到期了/)
    phone.sees(failures.notFound.title)
  },
)

walk('the host is asked from the tap, a no stays a polite no, and each yes is counted by the city', async (on) => {
  const { phone } = on
  const progress = async () =>
    (await on.get<MessageGrantList>('/message-grants')).items.find(({ template }) => template.endsWith('progress'))
  await phone.launch(link)
  await phone.tap(grants.entry)
  phone.circumstances.messages = 'refused'
  await phone.tap(/^退款和反馈进度/)
  phone.sees(grants.refused)
  phone.seesNot(grants.left(1))
  phone.circumstances.messages = 'granted'
  await phone.tap(/^退款和反馈进度/)
  phone.seesNot(grants.refused)
  phone.sees(new RegExp(grants.left(1)))
  // Its answer is lost on the way: said again, it counts once.
  await on.fault('lost-answer', { operationId: 'noteMessageGrants', times: 3 })
  await phone.tap(/^退款和反馈进度/)
  await on.pass(30)
  await on.noFaults()
  phone.sees(grants.notNoted)
  await phone.tap(terms.retry)
  phone.sees(new RegExp(grants.left(2)))
  expect(await progress()).toMatchObject({ state: 'granted', left: 2 })
  await anAnswer(on)
  expect(await progress()).toMatchObject({ left: 1 })
})

walk('who turned messages off reads them here, each saying that the phone was not told and why', async (on) => {
  const { phone } = on
  await on.fault('messages-refused')
  await anAnswer(on)
  await on.noFaults()
  await turnOff(on)
  await anAnswer(on)
  await phone.launch(link)
  for (const why of [delivery.off, delivery.refused])
    expect(phone.screen.find(new RegExp(`^${answered}.*${why}`, 's'))).toHaveLength(1)
  await phone.tap(grants.entry)
  phone.sees(grants.off)
  await phone.tap(grants.turnOn)
  phone.sees('发送消息')
})

walk('S15: without network there is never "none", and a city without messages offers no page of them', async (on) => {
  const { phone } = on
  await phone.launch(link, { isOnline: false })
  phone.sees(failures.offline.title)
  phone.seesNot(messages.none)
  await phone.setOnline(true)
  await phone.pass(5)
  phone.sees(messages.none)
  await begin(on, '哈尔滨')
  await phone.tapTab(3)
  expect(phone.screen.find(new RegExp(`^${me.messages}`))).toEqual([])
  await phone.launch('/pages/messages/list/index?city=230100')
  phone.sees(messages.notOffered)
})
