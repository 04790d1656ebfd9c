import { kinds } from '@/text/kinds'
import type { Finding, MandateList } from '../../../contract/wire/types.gen'
import { numberOf, owed } from '../debts'
import { hangzhou } from '../walk'
import type { Guide } from './tour'

const page = (name: string, query: string) => `/pages/billing/${name}/index?city=${hangzhou}${query}`

/** Accounts and bills, before anything is paid. */
export async function bills(guide: Guide): Promise<void> {
  await binding(guide)
  await findingABill(guide)
  const { phone, words, see, unfold } = guide

  const { accountLink, link } = await owed(guide, 'hz-electricity', 'huge')
  await phone.launch(link)
  await see('bill, a long name')
  await phone.launch(accountLink)
  await see('account with two years')
  await owed(guide, 'hz-electricity', 'overdue')
  const several = await owed(guide, 'hz-water', 'several-due')
  await phone.launch(several.accountLink)
  await see('account, several due')
  await unfold(words.elder.account)
  await see('account, everything')
  await phone.tap(new RegExp(`^${words.billing.account.unbind}`))
  await see('account, unbind?')
  await standing(guide, several.accountLink)
  for (const plan of ['one-due', 'decision', 'not-payable']) {
    const fine = await owed(guide, 'hz-fine', plan)
    await phone.launch(fine.link)
    await see(`fine, ${plan}`)
  }
  const arrears = await owed(guide, 'hz-electricity', 'arrears')
  await phone.launch(arrears.link)
  await see('bill with arrears')
  await unfold(words.elder.details)
  await see('bill with arrears, in detail')

  await phone.launch(page('list', ''))
  await see('all bills')
  await phone.type(new RegExp(words.billing.list.search), 'zzz')
  await see('all bills, none found')
  await phone.launch(page('choose', ''))
  await see('choose bills')
  await phone.tap(words.billing.choose.all)
  await see('choose bills, all chosen')
  await phone.launch()
  await see('home, much to do')
  await phone.tapTab(1)
  await see('bills, much due')
  await unfold(words.elder.records)
  await see('bills, everything')
}

/** Standing permissions of an account: what is chosen, what stands, what has ended. */
async function standing({ phone, words, see, ...on }: Guide, accountLink: string) {
  const { mandate } = words
  const { account } = words.billing
  await phone.launch(accountLink)
  await phone.tap(new RegExp(`^${account.mandate}`))
  await see('permission, how')
  await phone.tap(new RegExp(`^${mandate.auto}`), 'radio')
  await phone.tap(mandate.upTo('¥100.00'), 'radio')
  await phone.tap(/2027/, 'radio')
  await see('permission, its terms')
  phone.circumstances.signing = async () => true
  await phone.tap(mandate.beginAuto)
  await see('permission, not signed')
  const id = accountLink.split('account=')[1]
  const { items } = await on.get<MandateList>(`/accounts/${id}/mandates`)
  await on.sandbox.control('POST', '/agreement', { mandateId: items[0]?.id, act: 'sign' })
  await phone.tap(mandate.check)
  await on.leap(60)
  await phone.launch(`/pages/mandate/index?city=${hangzhou}&account=${id}`)
  await see('permission in force')
  await on.unfold(mandate.bills)
  await see('permission in force, its bills')
  await phone.tap(mandate.change)
  await see('permission, change')
  await phone.launch(`/pages/mandate/index?city=${hangzhou}&account=${id}`)
  await phone.tap(mandate.end)
  await see('permission, end it?')
  await phone.tap(mandate.endYes)
  await see('permission ended')
}

async function binding({ phone, words, see, ...on }: Guide) {
  const { bind } = words.billing
  await phone.launch(page('bind', ''))
  await see('bind, which biller')
  await phone.launch(page('bind', '&biller=hz-water'))
  await see('bind')
  await phone.type(/./, '12')
  await phone.tap(bind.lookUp)
  await see('bind, wrong number')
  await phone.type(/./, '86000000')
  await phone.tap(bind.lookUp)
  phone.sees(bind.outcome['no-account'].title)
  await see('bind, no such account')
  await phone.launch(page('bind', '&biller=hz-water'))
  await phone.type(/./, await numberOf({ phone, ...on }, 'hz-water', 'very-many'))
  for (const name of ['biller-closed', 'biller-not-answering'] as const) {
    await on.fault(name, { times: 1 })
    await phone.tap(name === 'biller-closed' ? bind.lookUp : bind.tryAgain)
    await see(`bind, ${name}`)
  }
  await phone.tap(bind.tryAgain)
  phone.sees(kinds[on.language].water.confirm)
  await see('bind, is this you')
}

/** By its number, without binding. */
async function findingABill({ phone, see, ...on }: Guide) {
  await phone.launch(page('find', ''))
  await see('find a bill, of whom')
  await phone.launch(page('find', '&biller=hz-fine'))
  await see('find a fine')
  const late = { billerId: 'hz-fine', number: '330106190022351', proof: '古丽努尔·买买提' }
  const found = await on.send<Finding>('/findings', late)
  await phone.launch(page('found', `&bill=${found.outcome === 'found' ? found.bills[0]?.id : ''}`))
  await see('a fine that was found')
}
