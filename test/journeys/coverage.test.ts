import { wordsIn } from '../support/words'
import { everyPage } from './every-page'
import { onBothBundles } from './stage'

const { walk, bundleOf } = onBothBundles()
const { terms, failures, home } = wordsIn('zh-CN')

walk('every page of the bundle is opened by its link and says what it is for', async (on) => {
  const { phone } = on
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  const pages = await everyPage(on)
  // A page that is new has no line above yet.
  expect(Object.keys(pages).sort()).toEqual([...bundleOf(on.host).pages].sort())
  for (const [page, [query, sentence]] of Object.entries(pages)) {
    await phone.launch(`/${page}${query}`)
    expect(phone.page).toBe(page)
    phone.sees(sentence)
    phone.seesNot(failures.badLink.title)
    phone.seesNot(terms.somethingBroke)
  }
})
