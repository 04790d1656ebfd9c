import type { AppointmentPage } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { liveRegions } from './accessibility'
import { onBothBundles } from './stage'

const { walk } = onBothBundles()
const { booking, home, appointments } = wordsIn('zh-CN')

walk('a citizen books a visit, moves it to another time and holds the check-in code', async (on) => {
  const { phone } = on
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  await phone.tap(home.book)
  await phone.tap(/^居民身份证换领/)
  await phone.tap(/^杭州市民中心办事大厅/)
  await phone.tap(/^\d\d:\d\d.*余/, 'radio')
  phone.sees(booking.held)
  expect(liveRegions(phone)).not.toEqual([])
  await phone.tap(booking.doConfirm)
  phone.sees(booking.badName)
  await phone.type(new RegExp(booking.name), '李小明')
  await phone.type(new RegExp(booking.phone), '13800000001')
  await phone.tap(booking.doConfirm)
  phone.sees(booking.codeHint)

  const [first] = (await on.get<AppointmentPage>('/appointments')).items
  expect(first).toMatchObject({ state: 'confirmed', itemId: 'id-card-renewal' })
  const code = first?.checkIn?.code ?? 'none'
  phone.sees(`${code.slice(0, 3)} ${code.slice(3)}`)

  await phone.tap(booking.move)
  const times = phone.screen.find(/^\d\d:\d\d.*余/, 'radio')
  await phone.tap(times.at(-1)?.name ?? 'no other time', 'radio')
  await phone.tap(booking.doMove)
  const { items } = await on.get<AppointmentPage>('/appointments')
  expect(items.filter(({ state }) => state === 'confirmed')).toHaveLength(1)
  const moved = items.find(({ state }) => state === 'confirmed')
  expect(moved?.slot.id).not.toBe(first?.slot.id)
  const now = moved?.checkIn?.code ?? 'none'
  phone.sees(`${now.slice(0, 3)} ${now.slice(3)}`)

  phone.kill()
  await phone.launch()
  await phone.setOnline(false)
  await phone.tapTab(2)
  await phone.tap(/^居民身份证换领/)
  phone.sees(`${now.slice(0, 3)} ${now.slice(3)}`)
  // All retries have ended.
  await phone.pass(5)
  await phone.setOnline(true)
  await phone.tap(booking.cancel)
  phone.sees(booking.cancelAsk)
  await phone.tap(booking.cancel)
  phone.sees(booking.outcome['cancelled-by-citizen'].title)
  await phone.launch()
  await phone.tapTab(2)
  phone.sees(appointments.state['cancelled-by-citizen'])
})
