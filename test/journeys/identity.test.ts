import { wordsIn } from '../support/words'
import { aFreeTime, hall, keepsVisitor, onlyVisit, typeVisitor, visitsOf } from './bookings'
import { owed } from './debts'
import { agreeing, type HostEndingName, hostVerifies } from './identity'
import { requestsOf, signIns } from './requests'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { billing, booking, identity } = wordsIn('zh-CN')

const idNumber = '11010519491231002X'
const timesOf = (item: string) => `/pages/booking/slots/index?city=${hangzhou}&hall=${hall}&item=${item}`
const permit = '往来港澳通行证'
const calls = (on: Walk) =>
  requestsOf(on.phone, /^POST \/(appointments|verifications)$/).map(({ path }) => path.split(' ')[1])

/** A place is held for an item that wants a real name, who comes is typed, and the button is tapped. */
async function confirmed(on: Walk, item = 'travel-permit'): Promise<void> {
  const { phone } = on
  await phone.launch(timesOf(item))
  await phone.tap(aFreeTime, 'radio')
  phone.sees(booking.held)
  await typeVisitor(phone)
  await phone.tap(booking.doConfirm)
}

/** What stands in the fields of the screen. */
const typedIn = ({ phone }: Walk): string[] =>
  phone.screen.lines().flatMap((line) => /^textbox .* = "(.+)"$/.exec(line)?.[1] ?? [])

async function typeNumber({ phone }: Walk): Promise<void> {
  await phone.type(new RegExp(identity.idNumber), idNumber)
}

walk('halls, items and times are there for anybody: nobody is signed in for them, and nothing asks', async (on) => {
  const { phone } = on
  phone.circumstances.login = 'fails'
  await phone.launch(`/pages/booking/items/index?city=${hangzhou}`)
  phone.sees(/往来港澳通行证/)
  await phone.tap(/往来港澳通行证/)
  phone.sees('杭州市民中心办事大厅')
  await phone.launch(timesOf('travel-permit'))
  expect(phone.screen.find(aFreeTime, 'radio').length).toBeGreaterThan(0)
  expect(
    requestsOf(phone, /^GET \/(manifest|items|halls|slots|slot-days)\b/).map(({ status }) => status),
  ).not.toContain(401)
  expect(signIns(phone)).toBe(0)
  expect(phone.screen.find(new RegExp(identity.idNumber), 'textbox')).toEqual([])
})

walk(
  'an item that wants a real name is booked: verified there and then, once, and it goes on by itself',
  async (on) => {
    const { phone } = on
    const host = hostVerifies(on, 'passed')
    await confirmed(on)
    phone.sees(identity.lead['real-name'](`${permit}申领及签注`), identity.sent)
    // The name is not typed twice.
    expect(typedIn(on)).toEqual(['王秀英'])
    await typeNumber(on)
    await agreeing(on, identity.verify)
    phone.sees(booking.codeHint)
    await onlyVisit(on)
    expect(host.opened).toBe(1)
    // Twice: the city asked for the consent first.
    expect(calls(on)).toEqual(['/appointments', '/verifications', '/verifications', '/appointments'])
  },
)

walk('who was verified is not asked again, and a face is asked for where a name is not enough', async (on) => {
  const { phone } = on
  const host = hostVerifies(on, 'passed')
  await confirmed(on)
  await typeNumber(on)
  await agreeing(on, identity.verify)
  phone.sees(booking.codeHint)
  await confirmed(on, 'estate-mortgage')
  phone.sees(identity.lead.face('不动产抵押权注销登记'))
  await typeNumber(on)
  await agreeing(on, identity.verify)
  phone.sees(booking.codeHint)
  expect([host.opened, (await visitsOf(on)).length]).toEqual([2, 2])
})

const ends: readonly (readonly [HostEndingName, keyof typeof identity.ends])[] = [
  ['cancelled', 'cancelled'],
  ['refused', 'refused'],
  ['not the same person', 'other-person'],
  ['too late', 'timed-out'],
]
for (const [ending, end] of ends)
  walk(`verification ${ending}: it is said, what was typed stays, and another try goes on`, async (on) => {
    const { phone } = on
    hostVerifies(on, ending)
    await confirmed(on)
    await typeNumber(on)
    await agreeing(on, identity.verify)
    phone.sees(identity.ends[end].title, identity.withoutText)
    expect(typedIn(on)).toEqual(['王秀英', idNumber])
    expect(await visitsOf(on)).toEqual([])
    hostVerifies(on, 'passed')
    await agreeing(on, identity.again)
    phone.sees(booking.codeHint)
    await onlyVisit(on)
  })

walk('what the phone is told counts for nothing: cancelled is passed, passed is no result', async (on) => {
  const { phone } = on
  hostVerifies(on, 'left, called passed')
  await confirmed(on)
  await typeNumber(on)
  await agreeing(on, identity.verify)
  await phone.pass(5)
  phone.sees(identity.ends['no-result'].title)
  expect(await visitsOf(on)).toEqual([])
  // The host decides a little later.
  await on.sandbox.control('POST', '/verify', { act: 'refuse' })
  await phone.tap(identity.check)
  phone.sees(identity.ends.refused.title)
  hostVerifies(on, 'passed, called cancelled')
  await agreeing(on, identity.again)
  phone.sees(booking.codeHint)
  await onlyVisit(on)
})

walk('the host verifies nobody now: it is said, and the same tap works once it does', async (on) => {
  const { phone } = on
  const host = hostVerifies(on, 'passed')
  await confirmed(on)
  await typeNumber(on)
  await on.fault('verifier-not-answering')
  await agreeing(on, identity.verify)
  phone.sees(identity.ends['not-answering'].title)
  expect(host.opened).toBe(0)
  await on.noFaults()
  await agreeing(on, identity.again)
  phone.sees(booking.codeHint)
  await onlyVisit(on)
})

walk(
  'whoever does not want to be verified goes back: the time is kept, all is typed, and there is a telephone',
  async (on) => {
    const { phone } = on
    await confirmed(on)
    phone.sees(identity.without, '杭州市民中心办事大厅')
    await phone.back()
    phone.sees(booking.held, '须核验身份', booking.callTo('0571-12345'))
    keepsVisitor(phone)
    expect(calls(on)).toEqual(['/appointments'])
    // They think again.
    hostVerifies(on, 'passed')
    await phone.tap(booking.doConfirm)
    await typeNumber(on)
    await agreeing(on, identity.verify)
    phone.sees(booking.codeHint)
    await onlyVisit(on)
  },
)

walk('a wrong number is named at its field before anybody is asked', async (on) => {
  const { phone } = on
  await confirmed(on)
  await phone.tap(identity.verify)
  phone.sees(identity.noNumber)
  await phone.type(new RegExp(identity.idNumber), '1101051949123100')
  await phone.tap(identity.verify)
  phone.sees(identity.badNumber)
  expect(requestsOf(phone, /verifications/)).toEqual([])
  // What only a city checks is named there as well.
  await phone.type(new RegExp(identity.idNumber), '110105194912310021')
  await phone.tap(identity.verify)
  phone.sees(booking.badCheck)
})

walk('a decision is read by whom it concerns: verified there, read, confirmed, and then it can be paid', async (on) => {
  const { phone } = on
  const fine = await owed(on, 'cd-fine', 'decision')
  await phone.launch(fine.link)
  phone.sees(billing.bill.decisionHidden)
  phone.seesNot(/罚款 200 元/)
  await phone.tap(billing.bill.verifyToRead)
  phone.sees(identity.lead['real-name'](fine.bill.title))
  // Not now: nothing is lost.
  await phone.back()
  phone.sees(billing.bill.decisionHidden)
  hostVerifies(on, 'passed')
  await phone.tap(billing.bill.verifyToRead)
  await phone.type(new RegExp(`^${identity.name}`), '王秀英')
  await typeNumber(on)
  await agreeing(on, identity.verify)
  phone.sees(/罚款 200 元/)
  await phone.tap(billing.bill.confirmDecision)
  phone.sees(billing.bill.pay('¥200.00'))
})
