import type { BillPage, GrantList } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { hostVerifies } from './identity'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { family, identity, me } = wordsIn('zh-CN')
const page = (name: string, more = '') => `/pages/family/${name}/index?city=${hangzhou}${more}`
const newest = async (on: Walk) => (await on.get<GrantList>('/family/grants')).items.find(({ code }) => code)

/** From the first tap to the code: the city asks who it is once, and all that was chosen stays. */
async function invite(on: Walk, role: string) {
  const { phone } = on
  await phone.launch(page('invite'))
  await phone.tap(new RegExp(`^${role}`), 'radio')
  await phone.tap(new RegExp(`^${family.thing.pay}`), 'switch')
  await phone.tap(/2027/, 'radio')
  await phone.tap(family.make)
}

async function verify(on: Walk) {
  const { phone } = on
  await phone.type(new RegExp(`^${identity.name}`), '李小明')
  await phone.type(new RegExp(identity.idNumber), '11010519491231002X')
  await phone.tap(identity.verify)
}

walk('a code read out at a counter lets a child see the bills of a parent, named, until either ends it', async (on) => {
  const { phone } = on
  await phone.launch('/pages/me/index')
  await phone.tap(me.family)
  phone.sees(family.lead)
  hostVerifies(on, 'passed')
  await invite(on, family.roles.actor)
  await verify(on)
  phone.sees(family.codeText, family.codeCounter)
  const code = (await newest(on))?.code
  await on.sandbox.control('POST', '/counter', { code })

  await phone.launch(page('list'))
  phone.sees(family.received, family.things)
  await phone.tap(new RegExp(`^${family.things}`))
  phone.sees(family.thingsNote, /\*.* · /)
  const { items } = await on.get<GrantList>('/family/grants')
  const grant = items.find(({ things }) => things.includes('pay'))
  const seen = await on.get<BillPage>(`/bills?due=true&grantId=${grant?.id}`)
  for (const { accountLabel = '' } of seen.items) phone.sees(new RegExp(accountLabel.replace(/\*/g, '\\*')))

  await phone.launch(page('grant', `&grant=${grant?.id}`))
  phone.sees(family.log, '查看账单')
  await phone.tap(family.end)
  await phone.tap(family.endYes)
  phone.sees(family.why.actor)
})

walk('who is not verified invites nobody, and a code that is none is refused with all that was typed', async (on) => {
  const { phone } = on
  hostVerifies(on, 'refused')
  await invite(on, family.roles.giver)
  await verify(on)
  expect(await newest(on)).toBeUndefined()

  hostVerifies(on, 'passed')
  await phone.launch(page('accept', '&invitation=ACDEFGHJ'))
  await phone.tap(family.look)
  await verify(on)
  phone.sees(family.lookFailed, family.codeField)
})
