import type { FavouriteList } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { requestsOf } from './requests'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { data, finding, home, me } = wordsIn('zh-CN')
const find = `/pages/finding/services/index?city=${hangzhou}`
const search = new RegExp(finding.search)

const saved = async (on: Walk) => (await on.get<FavouriteList>('/favourites')).items.map(({ name }) => name)
/** The items as they stand one under the other. */
const order = ({ phone }: Walk, ...names: string[]) => {
  const lines = phone.screen.lines()
  return names.map((name) => lines.findIndex((line) => line.includes(name)))
}

async function toFinding(on: Walk) {
  const { phone } = on
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  await phone.tap(home.search)
  expect(phone.page).toBe('pages/finding/services/index')
}

walk('what most come for is first, and an event in life leads to its items and on to halls', async (on) => {
  const { phone } = on
  await toFinding(on)
  const [renewal, permit, registration] = order(on, '居民身份证换领', '往来港澳通行证', '营业执照变更登记')
  expect([renewal, permit, registration]).toEqual([renewal, permit, registration].sort((a, b) => (a ?? 0) - (b ?? 0)))
  expect(phone.screen.find(finding.event.bereavement).length).toBe(1)
  // Nothing here belongs to it.
  expect(phone.screen.find(finding.event.car)).toEqual([])
  await phone.tap(finding.event.birth)
  phone.sees('新生儿入户')
  phone.seesNot('居民身份证换领')
  await phone.tap(/^新生儿入户/)
  expect(phone.page).toBe('pages/booking/halls/index')
  await phone.back()
  await phone.back()
  phone.sees('居民身份证换领')
})

walk('an event that nobody knows leads home, and nobody is signed in for looking around', async (on) => {
  const { phone } = on
  phone.circumstances.login = 'fails'
  await phone.launch(find)
  phone.sees('居民身份证换领')
  await phone.tap(finding.event.home)
  phone.sees('契税申报')
  expect(requestsOf(phone, /^POST \/sessions$/)).toEqual([])
  await phone.launch(`${find}&event=moon`)
  phone.seesNot('居民身份证换领')
})

walk(
  'a search is kept once its result is opened, stays on the phone, and is cleared or never kept again',
  async (on) => {
    const { phone } = on
    const kept = () => [...phone.storage].filter(([key]) => key.startsWith('searches:')).map(([, value]) => value)
    await toFinding(on)
    await phone.type(search, '身份证')
    expect(kept()).toEqual([])
    await phone.tap(/^居民身份证换领/)
    expect(kept().join()).toContain('身份证')
    await phone.back()
    // Nothing that may be somebody's number, whatever it finds.
    await phone.type(search, '3301001234565')
    phone.sees(finding.searchNothing('3301001234565'))
    await phone.type(search, '')
    phone.sees(finding.searches)
    await phone.tap('身份证')
    phone.sees(/居民身份证换领/)
    await phone.type(search, '')
    await phone.tap(`${finding.clear} ${finding.searches}`)
    expect(kept()).toEqual([])
    phone.seesNot(finding.searches)
    await phone.type(search, '电费')
    await phone.tap(home.kinds.electricity)
    await phone.launch(find)
    await phone.tap(finding.stop)
    expect(kept()).toEqual([])
    await phone.type(search, '电费')
    await phone.tap(home.kinds.electricity)
    expect(kept()).toEqual([])
    await phone.launch(find)
    await phone.tap(finding.keep)
    await phone.type(search, '护照')
    await phone.tap(/^普通护照/)
    await phone.launch('/pages/data/phone/index')
    phone.sees(data.phone.kinds.searches)
    await phone.tap(new RegExp(`^${data.phone.kinds.searches}`))
    await phone.tap(data.phone.clear)
    expect(kept()).toEqual([])
  },
)

walk('what is saved is on the next phone too; what the city does not take is taken back on the screen', async (on) => {
  const { phone } = on
  await toFinding(on)
  await phone.tap(finding.save)
  await phone.tap(/^普通护照申领/, 'checkbox')
  await phone.tap(finding.halls, 'radio')
  await phone.tap(/^杭州市民中心办事大厅/, 'checkbox')
  expect(await saved(on)).toEqual(['杭州市民中心办事大厅', '普通护照申领'])
  await phone.back()
  phone.sees(finding.favourites)
  // A phone without anything on it: who signs in there is the same citizen.
  phone.kill()
  phone.storage.clear()
  await toFinding(on)
  phone.sees(finding.favourites)
  await phone.tap(/^杭州市民中心办事大厅/)
  expect(phone.page).toBe('pages/booking/items/index')
  await phone.back()
  await phone.tap(`${finding.edit} ${finding.favourites}`)
  await on.fault('error-500', { operationId: 'removeFavourite' })
  await phone.tap(/^普通护照申领/, 'checkbox')
  phone.sees(finding.removeFailed)
  await on.noFaults()
  expect(await saved(on)).toContain('普通护照申领')
})

walk('elder mode: six items and what is saved; all else is one tap away', async (on) => {
  const { phone } = on
  await phone.launch('/pages/me/index')
  await phone.tap(new RegExp(`^${me.elderOn}`), 'switch')
  await phone.launch(find)
  phone.seesNot('营业执照变更登记')
  phone.seesNot(finding.event.birth)
  await phone.tap(finding.more)
  phone.sees(finding.event.birth)
  await phone.tap(finding.seeAll)
  phone.sees('营业执照变更登记')
})
