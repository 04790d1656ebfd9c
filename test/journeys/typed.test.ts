import { consent } from '@/text/parts/consent'
import type { Account, Appointment, AppointmentPage } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { timesLink } from './bookings'
import { numberOf } from './debts'
import { requestsOf } from './requests'
import { onBothBundles } from './stage'

const { walk } = onBothBundles()
const { billing, booking, terms } = wordsIn('zh-CN')
const { agree } = consent['zh-CN']
const chengdu = '510100'
const chengduTimes = (item: string) => `/pages/booking/slots/index?city=${chengdu}&hall=9007199254741101&item=${item}`
const aFreeTime = /^\d\d:\d\d.*余/

walk('N14: name and telephone are sent as they were meant, however they were typed', async (on) => {
  const { phone } = on
  await phone.launch(timesLink)
  await phone.tap(aFreeTime, 'radio')
  await phone.type(new RegExp(booking.name), '\u200b\u3164\u202c')
  await phone.type(new RegExp(booking.phone), '12345')
  await phone.tap(booking.doConfirm)
  phone.sees(booking.badName, booking.badPhone)
  expect(requestsOf(phone, /^POST \/appointments$/)).toEqual([])
  await phone.type(new RegExp(booking.name), '\u202d阿卜杜拉 • 买买提\u202c')
  await phone.type(new RegExp(booking.phone), '＋86 (139) 0000-0002')
  await phone.tap(booking.doConfirm)
  phone.sees(booking.codeHint)
  const [sent] = requestsOf(phone, /^POST \/appointments$/)
  expect(sent?.body).toMatchObject({ visitor: { name: '阿卜杜拉·买买提', phone: '13900000002' } })
})

walk('N14: a visitor chooses the document that they have; its number is checked by its own rule', async (on) => {
  const { phone } = on
  await phone.launch(chengduTimes('newborn-registration'))
  await phone.tap(aFreeTime, 'radio')
  await phone.type(new RegExp(booking.name), 'Maria  Silva')
  await phone.type(new RegExp(booking.phone), '+852 9123 4567')
  const { documents } = booking
  const card = new RegExp(documents['id-card'].number)
  for (const [typed, text] of [
    ['110105491231002', booking.firstCards],
    ['330102199002291234', booking.badBirthday],
    ['110105194912310021', booking.badCheck],
  ] as const) {
    await phone.type(card, typed)
    phone.sees(text)
  }
  await phone.tap(booking.otherDocument)
  await phone.tap(documents['hk-macao-permit'].name, 'radio')
  phone.seesNot(booking.badCheck)
  await phone.tap(booking.doConfirm)
  phone.sees(documents['hk-macao-permit'].bad)
  await phone.tap(booking.otherDocument)
  await phone.tap(documents['foreign-passport'].name, 'radio')
  await phone.type(new RegExp(documents['foreign-passport'].number), 'c01-x00 t47')
  await phone.tap(booking.doConfirm)
  // The number is sensitive: agreed to on its own, before the city takes it.
  await phone.tap(agree)
  phone.sees(booking.codeHint)
  const visits = await on.get<AppointmentPage>('/appointments', chengdu)
  expect(visits.items.map(({ state }: Appointment) => state)).toEqual(['confirmed'])
  const [, sent] = requestsOf(phone, /^POST \/appointments$/)
  expect(sent?.body).toMatchObject({
    visitor: {
      name: 'Maria Silva',
      phone: '+85291234567',
      documentKind: 'foreign-passport',
      documentNumber: 'C01X00T47',
    },
  })
})

walk('N14: an item for ID cards only offers no other document, and a small x is accepted', async (on) => {
  const { phone } = on
  await phone.launch(chengduTimes('id-card-renewal'))
  await phone.tap(aFreeTime, 'radio')
  phone.seesNot(booking.documentKind)
  await phone.type(new RegExp(booking.name), '李小明')
  await phone.type(new RegExp(booking.phone), '13800000001')
  await phone.type(new RegExp(booking.documents['id-card'].number), '１１０１０５ 19491231 002x')
  await phone.tap(booking.doConfirm)
  await phone.tap(agree)
  phone.sees(booking.codeHint)
  const [sent] = requestsOf(phone, /^POST \/appointments$/)
  expect(sent?.body).toMatchObject({ visitor: { idNumber: '11010519491231002X' } })
})

walk('N14: a number is found as it is typed or scanned, and its nickname is kept as it was meant', async (on) => {
  const { phone } = on
  const number = await numberOf(on, 'hz-gas', 'overdue')
  const groups = number.replace(/(\d{4})(?=.)/g, '$1 ')
  await phone.launch('/pages/billing/bind/index?city=330100&biller=hz-gas')
  phone.circumstances.scan = { reads: `https://pay.example/r?to=q%253Fno%253D${number}%2526amt%253D1\n` }
  await phone.tap(billing.bind.scan)
  phone.sees(billing.bind.scanned.number)
  await phone.type(/^燃气户号/, `\u202d${groups.replace(/ /, '–').replace(/X$/, 'ｘ')}\u202c`)
  await phone.tap(billing.bind.lookUp)
  phone.sees('户主')
  await phone.tap(billing.bind.mine, 'radio')
  await phone.type(new RegExp(billing.bind.nickname), '爸'.repeat(21))
  phone.sees(terms.tooLong(1, 20))
  await phone.type(new RegExp(billing.bind.nickname), ' 爸妈家\u200b１号 ')
  await phone.tap(billing.bind.bind)
  const { items } = await on.get<{ items: Account[] }>('/accounts')
  expect(items.map(({ nickname }) => nickname)).toContain('爸妈家1号')
})
