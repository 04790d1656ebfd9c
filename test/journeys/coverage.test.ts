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
  for (const [page, [query, sentence]] of await everyPage(on, bundleOf(on.host).pages)) {
    await phone.launch(`/${page}${query}`)
    expect(phone.page).toBe(page)
    if (sentence) phone.sees(sentence)
    phone.seesNot(failures.badLink.title)
    phone.seesNot(terms.somethingBroke)
  }
})
