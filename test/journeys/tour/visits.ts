import type { AppointmentPage, TicketList } from '../../../contract/wire/types.gen'
import { agreeing, hostVerifies } from '../identity'
import { hangzhou } from '../walk'
import type { Guide } from './tour'

const page = (name: string, query: string) => `/pages/booking/${name}/index?city=${hangzhou}${query}`
const slots = page('slots', '&hall=9007199254740995&item=id-card-renewal')
const free = /^\d\d:\d\d.*(余|left)/

/** Finding a time, booking it, going there. */
export async function visits(guide: Guide): Promise<void> {
  const { phone, words, see } = guide
  const { booking } = words
  await finding(guide)
  await phone.launch(page('items', ''))
  await see('items')
  await phone.type(new RegExp(booking.itemsSearch), 'zzz')
  await see('items, none found')
  await phone.launch(page('halls', '&item=id-card-renewal'))
  await see('halls')
  await phone.tap(booking.hoursOf(guide.language === 'en' ? 'Hangzhou Citizens’ Centre' : '杭州市民中心办事大厅'))
  await see('halls, hours')
  await choosing(guide)
  await booked(guide)
  await documents(guide)
  await verifying(guide)
  await phone.launch()
  await phone.tapTab(2)
  await see('appointments')
  await numbers(guide)
}

/** A number of today's queue, until it is void. */
async function numbers(guide: Guide) {
  const { phone, words, see } = guide
  const { tickets } = words
  const hall = (act: string) =>
    guide.sandbox.control('POST', '/hall', { cityId: hangzhou, hallId: '9007199254740997', act })
  const again = async () => {
    await phone.background()
    await phone.foreground()
  }
  await phone.launch(`/pages/tickets/list/index?city=${hangzhou}`)
  await see('numbers, halls')
  await hall('stop')
  await phone.launch(`/pages/tickets/take/index?city=${hangzhou}&hall=9007199254740997`)
  await see('numbers, none given')
  await hall('resume')
  await again()
  await see('numbers, take one')
  for (let drawn = 0; drawn < 5; drawn += 1) await hall('draw')
  await phone.tap(tickets.take)
  await see('number')
  await phone.tap(tickets.giveBack)
  await see('number, give back?')
  await phone.tap(tickets.keep)
  for (let ahead = 1; ahead > 0; ) {
    const { items } = await guide.get<TicketList>('/tickets')
    ahead = items[0]?.state === 'waiting' ? 1 : 0
    if (ahead) await hall('call')
  }
  await again()
  await see('number, called')
  await hall('pass')
  await again()
  await see('number, passed')
  await phone.launch(`/pages/tickets/list/index?city=${hangzhou}`)
  await see('numbers, mine')
  await hall('end')
  await phone.tap(new RegExp(`${tickets.state.passed}|A\\d{3}`))
  await see('number, ended by the hall')
}

/** What most come for, events in life, a search with nothing, what is saved. */
async function finding({ phone, words, language, see, unfold }: Guide) {
  const { finding } = words
  const find = (query = '') => `/pages/finding/services/index?city=${hangzhou}${query}`
  await phone.launch(`/pages/finding/favourites/index?city=${hangzhou}`)
  await phone.tap(/^(普通护照申领|Ordinary passport)/, 'checkbox')
  await see('favourites')
  await phone.tap(finding.halls, 'radio')
  await phone.tap(/^(杭州市民中心|Hangzhou Citizens)/, 'checkbox')
  await see('favourites, halls')
  await phone.launch(find())
  await phone.type(new RegExp(finding.search), 'zzz')
  await see('find, none found')
  await phone.type(new RegExp(finding.search), language === 'en' ? 'tax' : '税')
  await see('find, found')
  await phone.tap(/^(契税申报|Deed tax)/)
  await phone.launch(find())
  await see('find')
  await unfold(finding.more)
  await see('find, other ways')
  await phone.launch(find('&event=home'))
  await see('find, an event')
}

async function choosing(guide: Guide) {
  const { phone, words, see } = guide
  const { booking } = words
  await phone.launch(slots)
  await see('times')
  await guide.unfold(words.elder.before)
  await phone.tap(new RegExp(`^${booking.rules}`))
  await see('times, the rules')
  await phone.launch(slots)
  await guide.unfold(words.elder.before)
  await phone.tap(new RegExp(`^${booking.addItems}`))
  await see('times, several items')
  await phone.launch(slots)
  if (!guide.look.elder) {
    await phone.tap(booking.asMonth)
    await see('times, month')
    await phone.tap(booking.asStrip)
  }
  const full = phone.screen.find(new RegExp(booking.full), 'radio')[0]
  await phone.tap(full?.name ?? 'no full day', 'radio')
  await see('times, a full day')
  await phone.tap(booking.wait)
  await see('times, wait?')
  await phone.tap(booking.waitDo)
  await see('times, waiting')
  await phone.launch(slots)
  await guide.fault('slot-taken', { operationId: 'createHold', times: 1 })
  await phone.tap(free, 'radio')
  await see('times, taken')
}

/** A city that takes several documents. */
export async function documents({ phone, words, see }: Guide) {
  const { booking } = words
  await phone.launch('/pages/booking/slots/index?city=510100&hall=9007199254741101&item=newborn-registration')
  await phone.tap(free, 'radio')
  await phone.type(new RegExp(`^${booking.documents['id-card'].number}`), '330102199002291234')
  await see('confirm, documents')
  await phone.tap(booking.otherDocument)
  await see('confirm, all documents')
  await phone.tap(booking.documents['permanent-resident'].name, 'radio')
  await phone.type(new RegExp(`^${booking.documents['permanent-resident'].number}`), 'USA12')
  await see('confirm, another document')
}

/** An item that wants to know who books it. */
async function verifying(guide: Guide) {
  const { phone, words, see } = guide
  const { booking, identity } = words
  await phone.launch(page('slots', '&hall=9007199254740995&item=travel-permit'))
  await phone.tap(free, 'radio')
  await phone.type(new RegExp(`^${booking.name}`), '古丽努尔·买买提')
  await phone.type(new RegExp(`^${booking.phone}`), '13800000001')
  await phone.tap(booking.doConfirm)
  await see('verify')
  await phone.tap(identity.verify)
  await see('verify, what is missing')
  await phone.type(new RegExp(`^${identity.idNumber}`), '11010519491231002X')
  hostVerifies(guide, 'not the same person')
  await phone.tap(identity.verify)
  await see('verify, consent')
  await agreeing(guide)
  await see('verify, somebody else')
  await phone.back()
  await see('confirm, not verified')
}

async function booked(guide: Guide) {
  const { phone, words, see } = guide
  const { booking } = words
  await phone.launch(slots)
  await phone.tap(free, 'radio')
  await phone.tap(booking.doConfirm)
  await see('confirm, what is missing')
  await guide.pass(310)
  await see('confirm, the hold ran out')
  await phone.tap(booking.holdAgain)
  await phone.type(new RegExp(`^${booking.name}`), '古丽努尔·买买提')
  await phone.type(new RegExp(`^${booking.phone}`), '13800000001')
  await see('confirm')
  await phone.tap(booking.doConfirm)
  await see('appointment')
  await phone.tap(booking.move)
  await see('another time')
  await phone.back()
  await phone.tap(booking.cancel)
  await see('appointment, cancel?')
  const [visit] = (await guide.get<AppointmentPage>('/appointments')).items
  if (!visit) throw new Error('no visit')
  const link = page('appointment', `&appointment=${visit.id}`)
  const byHall = (state: string) => guide.sandbox.control('POST', '/visit', { appointmentId: visit.id, state })
  await byHall('checked-in')
  await phone.launch(link)
  await see('appointment, waiting to be called')
  await byHall('served')
  await phone.launch(link)
  await see('appointment, served')
  await phone.launch(`/pages/report/form/index?city=${hangzhou}&appointment=${visit.id}`)
  await see('report about an appointment')
}
