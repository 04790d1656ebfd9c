import type { GrantList } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { agreeing, hostVerifies } from './identity'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { family, identity } = wordsIn('zh-CN')
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
  await agreeing(on, identity.verify)
}

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
