import type { MandateList, PaymentPage } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { owed } from './debts'
import { onBothBundles } from './stage'
import type { Walk } from './walk'

const { walk } = onBothBundles()
const { billing, mandate, paying, terms } = wordsIn('zh-CN')
const { account } = billing

/** What the citizen does where the host has it signed. */
function atHost(on: Walk, act: 'signs' | 'leaves' | 'does not open'): void {
  on.phone.circumstances.signing = async () => {
    if (act === 'signs') await settle(on, 'sign')
    return act !== 'does not open'
  }
}

async function settle(on: Walk, act: 'sign' | 'end'): Promise<void> {
  const { items } = await mandatesOf(on)
  await on.sandbox.control('POST', '/agreement', { mandateId: items[0]?.id, act })
}

const mandatesOf = async (on: Walk): Promise<MandateList> => {
  const { items } = await on.get<{ items: { id: string; billerId: string }[] }>('/accounts')
  const gas = items.find(({ billerId }) => billerId === 'hz-gas')
  return on.get<MandateList>(`/accounts/${gas?.id}/mandates`)
}

/** From the account to the page, with an auto-pay chosen up to a hundred yuan. */
async function chooseAutoPay(on: Walk): Promise<void> {
  const { phone } = on
  await phone.launch((await owed(on)).accountLink)
  await phone.tap(new RegExp(`^${account.mandate}`))
  expect(
    phone.screen.find(/./, 'radio').filter(({ element }) => element.getAttribute('aria-checked') === 'true'),
  ).toEqual([])
  phone.sees(mandate.choose)
  await phone.tap(new RegExp(`^${mandate.auto}`), 'radio')
  phone.sees(mandate.chooseCeiling, mandate.rule.notice(3), mandate.rule.leave)
  await phone.tap(mandate.upTo('¥100.00'), 'radio')
  phone.sees(mandate.chooseUntil)
  await phone.tap(/2027年11月/, 'radio')
}

/** The city goes on by itself until this is so. */
async function until(on: Walk, isSo: (list: MandateList) => boolean): Promise<void> {
  for (let second = 0; second < 60; second += 1) {
    if (isSo(await mandatesOf(on))) return
    await on.sandbox.control('POST', '/clock', { advanceSeconds: 1 })
  }
  throw new Error('it never came')
}
const billOf = ({ items }: MandateList) => items[0]?.bills[0]

const day = 86_400

walk('a citizen gives an automatic payment, sees its notice, and finds what was collected', async (on) => {
  const { phone } = on
  await chooseAutoPay(on)
  // The host's page is left without a word on what was signed.
  atHost(on, 'leaves')
  await phone.tap(mandate.beginAuto)
  phone.sees(mandate.signing)
  await settle(on, 'sign')
  await phone.background()
  await phone.foreground()
  phone.sees(mandate.on.auto, mandate.facts.ceiling, '¥100.00')
  await until(on, (list) => billOf(list)?.noticedAt !== undefined)
  await phone.background()
  await phone.foreground()
  phone.sees(mandate.next, mandate.noticed)
  // The morning of the collection, then the biller's crediting.
  await on.leap(4 * day)
  await until(on, (list) => billOf(list)?.state === 'collected')
  await on.leap(60)
  await phone.background()
  await phone.foreground()
  phone.sees(mandate.noNext, mandate.state.collected)
  const [bill] = (await mandatesOf(on)).items[0]?.bills ?? []
  await phone.tap(new RegExp(bill?.title ?? ''))
  phone.sees(paying.states.credited.title)
  expect((await on.get<PaymentPage>('/payments')).items).toHaveLength(1)
})

walk('what the host does not open is not turned on, and what was begun is given up in one tap', async (on) => {
  const { phone } = on
  await chooseAutoPay(on)
  atHost(on, 'does not open')
  await phone.tap(mandate.beginAuto)
  phone.sees(mandate.notOpened, mandate.signing)
  await phone.tap(mandate.giveUp)
  phone.sees(mandate.ended)
  expect((await mandatesOf(on)).items.map(({ state }) => state)).toEqual(['ended'])
})

walk('an automatic payment ends in one tap and one yes, and nothing is collected', async (on) => {
  const { phone } = on
  await chooseAutoPay(on)
  atHost(on, 'signs')
  await phone.tap(mandate.beginAuto)
  phone.sees(mandate.on.auto)
  await on.leap(60)
  await phone.tap(mandate.end)
  phone.sees(mandate.endAsk)
  await phone.tap(terms.cancel)
  await phone.tap(mandate.end)
  await phone.tap(mandate.endYes)
  phone.sees(mandate.ended, mandate.endedText)
  await on.leap(6 * day)
  expect((await on.get<PaymentPage>('/payments')).items).toEqual([])
})

walk('ended at the host, it says so; view and pay brings bills and takes nothing', async (on) => {
  const { phone } = on
  await chooseAutoPay(on)
  atHost(on, 'signs')
  await phone.tap(mandate.beginAuto)
  phone.sees(mandate.on.auto)
  await settle(on, 'end')
  await on.leap(day)
  await phone.background()
  await phone.foreground()
  phone.sees(mandate.why.host)
  await phone.tap(new RegExp(`^${mandate.view}`), 'radio')
  await phone.tap(mandate.beginView)
  phone.sees(mandate.on.view, mandate.noBills)
  await until(on, (list) => billOf(list)?.state === 'yours')
  await phone.background()
  await phone.foreground()
  phone.sees(mandate.state.yours)
  await phone.tap(mandate.end)
  await phone.tap(mandate.endYes)
  phone.sees(mandate.ended)
  expect((await on.get<PaymentPage>('/payments')).items).toEqual([])
})
