import { wordsIn } from '../support/words'
import { onBothBundles } from './stage'

const { walk } = onBothBundles()
const { terms, failures, home } = wordsIn('zh-CN')

const inHangzhou = async (phone: { launch(): Promise<void>; tap(words: string): Promise<void> }) => {
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
}

walk('S13: a page whose sub-package does not arrive raises a question, and opens on a retry', async ({ phone }) => {
  await inHangzhou(phone)
  phone.circumstances.arrives = () => 'not'
  await phone.tap(home.book)
  phone.sees(failures.unopened.title, failures.unopened.text)
  expect(phone.page).toBe('pages/home/index')
  await phone.tap(terms.retry)
  phone.sees(failures.unopened.title)
  phone.circumstances.arrives = () => 0
  await phone.tap(terms.retry)
  expect(phone.page).toBe('pages/finding/services/index')
  await phone.back()
  phone.seesNot(failures.unopened.title)
})

walk('S13: a host that never calls back raises it too, and one that is late opens its page', async (on) => {
  const { phone } = on
  await inHangzhou(phone)
  phone.circumstances.arrives = () => 'never'
  await phone.tap(home.book)
  phone.seesNot(failures.unopened.title)
  await on.pass(16)
  phone.sees(failures.unopened.title)
  await phone.tap(terms.close)
  phone.seesNot(failures.unopened.title)
  phone.circumstances.arrives = () => 20_000
  await phone.tap(home.book)
  await on.pass(16)
  phone.sees(failures.unopened.title)
  await on.pass(5)
  expect(phone.page).toBe('pages/finding/services/index')
  await phone.back()
  phone.seesNot(failures.unopened.title)
})

const aFreeTime = /^\d\d:\d\d.*余/

walk('S13: an answer that comes when its page has been left opens nothing over another', async (on) => {
  const { phone } = on
  await inHangzhou(phone)
  await phone.tap(home.book)
  await phone.tap(/^居民身份证换领/)
  await phone.tap(/^杭州市民中心办事大厅/)
  phone.holdAnswers(/^POST .*holds/)
  await phone.tap(aFreeTime, 'radio')
  await phone.back()
  await phone.letAnswersIn()
  expect(phone.page).toBe('pages/booking/halls/index')
  // A hold that is not shown is released.
  expect(phone.trace.at(-1)?.requests.map(({ method }) => method)).toEqual(['DELETE'])

  await phone.tap(/^杭州市民中心办事大厅/)
  phone.holdAnswers(/^POST .*holds/)
  await phone.tap(aFreeTime, 'radio')
  await phone.background()
  await phone.letAnswersIn()
  expect(phone.page).toBe('pages/booking/slots/index')
  await phone.foreground()
  expect(phone.page).toBe('pages/booking/confirm/index')
})
