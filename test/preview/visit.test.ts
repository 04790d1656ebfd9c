import type { Language } from '@/domain/language'
import type { AppointmentPage } from '../../contract/wire/types.gen'
import { signIn } from '../support/citizen'
import { walks } from '../support/walks'
import { wordsIn } from '../support/words'

const { preview, phone } = walks()

/** How a sentence begins, up to what is filled in. */
const beginning = (sentence: (part: string) => string) => sentence('|').split('|')[0] ?? ''

const walksIn: [Language, string, string, string][] = [
  ['zh-CN', '居民身份证换领', '杭州市民中心办事大厅', '李小明'],
  ['en', 'Renew an ID card', 'Hangzhou Citizens’ Centre', 'Li Xiaoming'],
]

test.each(walksIn)(
  'in %s, a citizen books a visit and holds the check-in code, also without network',
  async (language, item, hall, name) => {
    const { booking, terms, home, appointments } = wordsIn(language)
    const who = `visitor-${language}`
    const citizen = await phone({ language, city: '330100', citizen: who })

    await citizen.open()
    await citizen.tap(home.book)
    await citizen.tap(item)
    await citizen.tap(hall)
    // The last of the day: far enough away to cancel without a missed visit.
    const time = citizen.find(language === 'en' ? /^\d\d:\d\d.* left$/ : /^\d\d:\d\d.*余/, 'radio').last()
    const start = (await time.innerText()).slice(0, 5)
    await time.click()

    await citizen.sees(booking.held)
    await citizen.sees(/^0[45]:\d\d$/)
    await citizen.sees(beginning((count) => booking.ruleYours(0, 0).replace(/0/g, count)))
    await citizen.tap(booking.doConfirm)
    await citizen.sees(booking.badName)
    await citizen.type(booking.name, name)
    await citizen.type(booking.phone, '13800000001')
    await citizen.tap(booking.doConfirm)

    const known = await signIn(preview().sandbox.city('330100'), who)
    await citizen.sees(booking.codeHint)
    const { items } = (await known.get<AppointmentPage>('/appointments')).body
    expect(items).toMatchObject([{ state: 'confirmed', itemId: 'id-card-renewal' }])
    const code = items[0]?.checkIn?.code ?? 'none'
    const spoken = `${code.slice(0, 3)} ${code.slice(3)}`
    await citizen.sees(spoken)
    await citizen.sees(new RegExp(`${start}`))
    await citizen.page.getByRole('img', { name: booking.codeLabel(code) }).waitFor()

    await citizen.page.reload()
    await citizen.sees(spoken)

    // The hall's basement: the app is there, the network is not.
    preview().cut = true
    await citizen.open()
    await citizen.tapTab(home.tabs.appointments)
    await citizen.tap(item)
    await citizen.sees(spoken)
    await citizen.sees(beginning(terms.asOfOffline))
    preview().cut = false
    await citizen.tap(terms.refresh)
    await citizen.seesNot(beginning(terms.asOfOffline))

    await citizen.tap(booking.cancel)
    await citizen.sees(booking.cancelAsk)
    await citizen.sees(beginning(booking.cancelFreeUntil))
    await citizen.find(booking.cancelAsk, 'dialog').getByRole('button', { name: booking.cancel }).click()
    await citizen.sees(booking.outcome['cancelled-by-citizen'].title)
    await citizen.seesNot(spoken)
    await citizen.open()
    await citizen.tapTab(home.tabs.appointments)
    await citizen.sees(appointments.state['cancelled-by-citizen'])
  },
)
