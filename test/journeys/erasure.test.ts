import type { Citizen } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { booked } from './bookings'
import { moneyMoves } from './cashier'
import { owed, toCheckout } from './debts'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { booking, data, home, me, paying, settings } = wordsIn('zh-CN')
const { copy, erasure, phone: kept } = data

/** From 我的 to what a citizen may do with their data. */
async function toMyData({ phone }: Walk) {
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  await phone.tapTab(3)
  await phone.tap(me.privacy)
}

async function erase({ phone }: Walk) {
  await phone.tap(erasure.understood, 'checkbox')
  await phone.tap(erasure.erase)
  phone.sees(erasure.ask)
  await phone.tap(erasure.yes)
}

walk('N20: a copy is taken on a tap, read by kind and copied as text; each one is noted', async (on) => {
  const { phone } = on
  await owed(on)
  await toMyData(on)
  await phone.tap(settings.myData.copy)
  phone.sees(copy.before, copy.noted)
  const uses = async () => (await on.get<Citizen>('/citizen')).dataUse.filter(({ purpose }) => /副本/.test(purpose))
  expect(await uses()).toEqual([])
  await phone.tap(copy.get)
  await phone.tap(/^绑定的户号/)
  phone.sees(copy.record(1))
  expect(await uses()).toHaveLength(1)
})

walk(
  'N20: erasure says what goes and stays, is refused while a visit is ahead with the way there, then erases',
  async (on) => {
    const { phone } = on
    const { visit } = await booked(on, '2026-11-26')
    await toMyData(on)
    await phone.tap(settings.myData.erasure)
    phone.sees(erasure.lost, erasure.kept, erasure.keptText)
    await erase(on)
    phone.sees(erasure.refused, erasure.pending.appointment)
    await phone.tap(new RegExp(`^${erasure.pending.appointment}`))
    phone.sees(booking.codeHint)
    await on.send(`/appointments/${visit.id}/cancellation`, {})
    await phone.back()
    await phone.tap(erasure.erase)
    await phone.tap(erasure.yes)
    phone.sees(erasure.done, erasure.leftText)
    await phone.tap(erasure.phone)
    phone.sees(kept.lead)
    phone.seesNot(kept.kinds.names)
  },
)

walk(
  'N20: an erasure whose answer is lost is unsure, and checking it finishes without erasing anybody else',
  async (on) => {
    const { phone } = on
    await toMyData(on)
    const before = (await on.get<Citizen>('/citizen')).id
    await phone.tap(settings.myData.erasure)
    await on.fault('lost-answer', { operationId: 'eraseCitizen', times: 1 })
    await erase(on)
    await on.pass(30)
    phone.sees(erasure.unsure)
    await phone.tap(erasure.check)
    phone.sees(erasure.done)
    expect((await on.get<Citizen>('/citizen')).id).not.toBe(before)
  },
)

walk('N17: what the phone keeps is listed and cleared one by one; an open payment stays, and says why', async (on) => {
  const { phone } = on
  const { amount, link } = await owed(on)
  const pay = await toCheckout(on, { amount, link })
  moneyMoves(on, 'not known, and not paid')
  await phone.tap(pay)
  phone.sees(paying.states.unknown.title)
  await phone.launch('/pages/data/phone/index')
  phone.sees(kept.kinds.recent, kept.notes.recent, kept.openText(1))
  await phone.tap(new RegExp(`^${kept.kinds.recent}`))
  phone.sees(kept.clearAsk(kept.kinds.recent))
  await phone.tap(kept.clear)
  phone.seesNot(kept.kinds.recent)
  expect([...phone.storage.keys()].filter((key) => key.startsWith('kept:'))).toEqual([])
  await phone.tap(kept.clearAll)
  await phone.tap(kept.clear)
  expect([...phone.storage.keys()]).toEqual(['journal'])
  phone.sees(kept.open(1))
})

walk('without network a copy and an erasure say so, and nothing has changed', async (on) => {
  const { phone } = on
  await toMyData(on)
  await phone.tap(settings.myData.erasure)
  await phone.tap(erasure.understood, 'checkbox')
  await phone.setOnline(false)
  await phone.tap(erasure.erase)
  await phone.tap(erasure.yes)
  await on.pass(30)
  phone.seesNot(erasure.done)
  await phone.setOnline(true)
  await phone.launch(`/pages/data/copy/index?city=${hangzhou}`)
  await phone.tap(copy.get)
  phone.sees(copy.copyAll)
})
