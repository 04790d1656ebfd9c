import { consent } from '@/text/parts/consent'
import type { VisitorList } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { aFreeTime, byHall, onlyVisit, timesLink, typeVisitor, visitsOf } from './bookings'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { booking, visitors } = wordsIn('zh-CN')
const page = `/pages/booking/visitors/index?city=${hangzhou}`
const keptBy = async (on: Walk) => (await on.get<VisitorList>('/visitors')).items
const saveBox = new RegExp(`^${visitors.save}`)

async function bookAndSave({ phone }: Walk) {
  await phone.launch(timesLink)
  await phone.tap(aFreeTime, 'radio')
  await typeVisitor(phone)
  await phone.tap(saveBox, 'checkbox')
  await phone.tap(booking.doConfirm)
  // Once: what is kept of other people has a text of its own.
  phone.sees('保存常用办事人')
  await phone.tap(consent['zh-CN'].agree)
  phone.sees(booking.codeHint)
}

walk('who is saved once is chosen the next time, with nothing to type, and removed with two taps', async (on) => {
  const { phone } = on
  await bookAndSave(on)
  expect(await keptBy(on)).toMatchObject([{ maskedName: '王*英', maskedPhone: '139****0002' }])
  await byHall(on, await onlyVisit(on), 'cancelled-by-hall')

  await phone.launch('/pages/booking/slots/index?city=330100&hall=9007199254740995&item=social-card')
  await phone.tap(aFreeTime, 'radio')
  phone.sees(visitors.somebodyElse)
  await phone.tap(/^王\*英/, 'radio')
  expect(phone.screen.lines().filter((line) => line.startsWith('textbox'))).toEqual([])
  await phone.tap(booking.doConfirm)
  phone.sees(booking.codeHint, '王*英')
  expect((await visitsOf(on)).filter(({ state }) => state === 'confirmed')).toMatchObject([{ visitorName: '王*英' }])

  await phone.launch(page)
  phone.sees(visitors.lead)
  await phone.tap(/^王\*英/)
  phone.sees(visitors.removeText)
  await phone.tap(visitors.keep)
  expect(await keptBy(on)).toHaveLength(1)
  await phone.tap(/^王\*英/)
  await phone.tap(visitors.remove)
  phone.sees(visitors.none)
  expect(await keptBy(on)).toEqual([])
})

walk(
  'nobody is saved unless the citizen says so, and one removed elsewhere is asked for anew, the time still held',
  async (on) => {
    const { phone } = on
    await bookAndSave(on)
    const [kept] = await keptBy(on)
    await byHall(on, await onlyVisit(on), 'cancelled-by-hall')
    await phone.launch('/pages/booking/slots/index?city=330100&hall=9007199254740995&item=social-card')
    await phone.tap(aFreeTime, 'radio')
    await phone.tap(/^王\*英/, 'radio')
    await on.remove(`/visitors/${kept?.id}`)
    await phone.tap(booking.doConfirm)
    phone.sees(booking.held)
    await typeVisitor(phone)
    await phone.tap(booking.doConfirm)
    phone.sees(booking.codeHint)
    expect(await keptBy(on)).toEqual([])
  },
)
