import { consent } from '@/text/parts/consent'
import { wordsIn } from '../../support/words'
import type { Guide } from './tour'

const chinese = wordsIn('zh-CN')

/** As the citizen wants to see it, if it is not how a phone shows it anyway. */
async function dress({ phone, look, see }: Guide) {
  if (!look.elder && !look.theme && !look.language) return
  const { me, settings } = chinese
  await phone.tapTab(3)
  await phone.tap(new RegExp(`^${me.display}`))
  if (look.elder) await phone.tap(new RegExp(`^${settings.elder}`), 'radio')
  if (look.theme) await phone.tap(settings[look.theme], 'radio')
  if (look.language === 'en') await phone.tap('English', 'radio')
  await see('display, chosen')
  await phone.tapTab(0)
}

/** From the first launch to a city's home. */
export async function beginning(guide: Guide): Promise<void> {
  const { phone, words, language, look, see } = guide
  const { cities, elder, home } = words
  const privacy = consent[language]
  await phone.launch()
  await dress(guide)
  await see('welcome')
  for (const [index, name] of ['bills', 'appointments', 'me'].entries()) {
    await phone.tapTab(index + 1)
    await see(`${name} without a city`)
  }
  await phone.tapTab(0)
  await phone.tap(home.chooseCity)
  await see('cities')
  await phone.type(new RegExp(cities.search), 'zzz')
  await see('cities, none found')
  await phone.type(new RegExp(cities.search), '')
  await phone.tap(cities.locate)
  phone.sees(privacy.title)
  await see('cities, privacy sheet')
  await phone.tap(privacy.disagree)
  await see('cities, refused')
  await phone.tap(language === 'en' ? 'Hangzhou' : '杭州')
  if (look.elder) {
    phone.sees(elder.dueNone, elder.visitNone)
    await see('home, nothing to do')
    await phone.tap(elder.all)
    await see('home, all services')
    await phone.tap(elder.less)
  } else {
    phone.sees(home.todoNone)
    await see('home, nothing to do')
  }
  await phone.tapTab(1)
  await see('bills without an account')
  await phone.tapTab(2)
  await see('appointments, none')
}
