import { lookAtMandates } from '../../city/mandates/due'
import { sweepPapers } from '../../city/payments/paper-issuing'
import type {
  AccountMatch,
  AccountPage,
  Appointment,
  BillPage,
  Finding,
  Grant,
  Hold,
  Lookup,
  MandateStart,
  MessagePage,
  PaymentStart,
  Report,
  SlotDays,
  SlotList,
  VisitorList,
  WaitlistEntry,
} from '../../contract/wire/types.gen'
import { answerNow } from '../../sandbox/offices'
import { accountSeeds, fullNumber } from '../../sandbox/seed/accounts'
import { hangzhou } from '../../sandbox/seed/hangzhou'
import type { Sandbox } from '../../sandbox/start'
import { newestVerification, playVerifier } from '../../sandbox/verifier'
import { hall, item, newKey } from '../support/booking'
import { signIn, type TestCitizen } from '../support/citizen'
import { signAtHost } from '../support/mandates'

/** Does one step of a walk; the name is an operation's, or `tick`. */
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>

const visitor = { name: '李小明', phone: '13800000001' }

function callsOf(citizen: TestCitizen, step: Step) {
  const call = <Body>(name: string, method: string, path: string, body?: object): Promise<Body> =>
    step(name, async () => {
      const reply = await (method === 'GET'
        ? citizen.get<Body>(path)
        : citizen.send<Body>(path, body, undefined, method))
      if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
      return reply.body
    })
  return {
    get: <Body>(name: string, path: string) => call<Body>(name, 'GET', path),
    send: <Body>(name: string, path: string, body?: object, method = 'POST') => call<Body>(name, method, path, body),
  }
}

/** A day of a citizen of a grown city: the main calls, which leave things nearly as they found them. */
export async function walkMainCalls(citizen: TestCitizen, step: Step): Promise<void> {
  const { get, send } = callsOf(citizen, step)
  const accounts = await get<AccountPage>('listAccounts', '/accounts')
  const account = accounts.items.find(({ billerId }) => billerId === 'hz-electricity')?.id
  await get('listBills', '/bills')
  await get('listBills due', '/bills?due=true')
  await get('listPayments', '/payments')
  await get('getHistory', `/accounts/${account}/history`)
  const lookup = await get<Lookup>('lookUpBills', `/accounts/${account}/lookup`)
  const bill = lookup.outcome === 'bill' ? lookup.bills[0] : undefined
  if (!bill) throw new Error(lookup.outcome)
  const wanted = { bills: [{ billId: bill.id, version: bill.version }], totalFen: bill.amountFen, cashier: 'till' }
  const { payment } = await send<PaymentStart>('createPayment', '/payments', { cityId: bill.cityId, ...wanted })
  await get('getPayment', `/payments/${payment.id}`)
  await send('closePayment', `/payments/${payment.id}/closing`)
  const days = await get<SlotDays>('listSlotDays', `/slot-days?hallId=${hall}&itemId=${item}`)
  const day = days.days.filter(({ status }) => status === 'free').at(-1)?.day
  const slots = await get<SlotList>('listSlots', `/slots?hallId=${hall}&itemId=${item}&day=${day}`)
  const slot = slots.slots.filter(({ free }) => free > 0)[0]
  const hold = await send<Hold>('createHold', '/holds', { slotId: slot?.id, itemId: item })
  const visit = await send<Appointment>('confirmHold', '/appointments', { holdId: hold.id, visitor })
  await get('listAppointments', '/appointments')
  await send('cancelAppointment', `/appointments/${visit.id}/cancellation`)
  await get('listWaitlist', '/waitlist')
}

/** Every other operation of the contract. `n` is the citizen's number in the grown city. */
export async function walkOtherCalls(sandbox: Sandbox, citizen: TestCitizen, n: number, step: Step): Promise<void> {
  const { get, send } = callsOf(citizen, step)
  await get('getManifest', '/manifest')
  await get('getCitizen', '/citizen')
  const person = { level: 'real-name', name: '李小明', idNumber: '11010519491231002X' }
  const { id } = await send<{ id: string }>('beginVerification', '/verifications', person)
  await playVerifier(sandbox.world, await newestVerification(sandbox.world), 'pass')
  await get('getVerification', `/verifications/${id}`)
  await send('setConsent', '/citizen/consents/messages', { given: true }, 'PUT')
  await get('listConsents', '/citizen/consents')
  await get('listDataUses', '/citizen/data-uses?purpose=bills')
  await billing(sandbox, citizen, n, step)
  await messages(sandbox, citizen, step)
  await booking(citizen, n, step)
  await family(sandbox, citizen, step)
  await get('exportCitizen', '/citizen/data')
  const leaving = await step('createSession', () => signIn(citizen.base, 'leaving'))
  await callsOf(leaving, step).send('eraseCitizen', '/citizen/erasure', { confirmed: true })
  const another = await step('createSession', () => signIn(citizen.base, 'another'))
  await callsOf(another, step).send('endSession', '/sessions/current', undefined, 'DELETE')
}

async function billing(sandbox: Sandbox, citizen: TestCitizen, n: number, step: Step): Promise<void> {
  const { get, send } = callsOf(citizen, step)
  const bind = async (billerId: string, number: string) => {
    const match = await send<AccountMatch>('matchAccount', '/account-matches', { billerId, number })
    if (match.outcome !== 'matched') throw new Error(match.outcome)
    return send<{ id: string }>('bindAccount', '/accounts', { matchId: match.matchId, relation: 'mine' })
  }
  const fine = (accountSeeds['330100'] ?? []).find(({ plan }) => plan === 'decision')
  if (!fine) throw new Error('the seed has no decision')
  const { id } = await bind('hz-fine', fullNumber(hangzhou, fine))
  await get('getAccount', `/accounts/${id}`)
  await send('changeAccount', `/accounts/${id}`, { nickname: '车' }, 'PUT')
  await send('setReminder', `/accounts/${id}/reminder`, { given: true, templates: ['tmpl-hz-bill-due'] }, 'PUT')
  const bills = await get<BillPage>('listBills', `/bills?accountId=${id}&due=true&kind=fine&text=${encodeURI('车')}`)
  const [decision] = bills.items
  await get('getBill', `/bills/${decision?.id}`)
  await send('confirmDecision', `/bills/${decision?.id}/decision`, { version: decision?.version })
  await send('unbindAccount', `/accounts/${id}`, undefined, 'DELETE')
  await send('restoreAccount', `/accounts/${id}/restoration`)

  const late = { billerId: 'hz-fine', number: '330106190022351', proof: '古丽努尔·买买提' }
  const finding = await send<Finding>('findBill', '/findings', late)
  if (finding.outcome !== 'found') throw new Error(finding.outcome)
  await get('getBill', `/bills/${finding.bills[0]?.id}`)
  await get('getAccount', `/accounts/${finding.account.id}`)
  await send('forgetFinding', `/findings/${finding.account.id}`, undefined, 'DELETE')

  const due = (await get<BillPage>('listBills', '/bills?due=true&kind=electricity')).items[0]
  if (!due) throw new Error('nothing due')
  const key = newKey()
  const reply = await step('createPayment', () => citizen.pay([due], {}, key))
  const { payment } = reply.body
  await get('findPayment', `/payments/by-key/${key}`)
  await send('openCashier', `/payments/${payment.id}/cashier`)
  await sandbox.world.vendors.pay(payment.reference)
  await send('reportCashierAnswer', `/payments/${payment.id}/cashier-answers`, { outcome: 'accepted', detail: '9000' })
  sandbox.world.clock.advance(60)
  const paid = await get<{ receiptId?: string }>('getPayment', `/payments/${payment.id}`)
  await get('listRefunds', `/payments/grown-${n}-1/refunds`)
  const { verifyText } = await get<{ verifyText: string }>('getReceipt', `/receipts/${paid.receiptId}`)
  const asked = { billerId: 'hz-electricity', title: { kind: 'personal', name: '李小明' }, keepTitle: true }
  await send('requestPaper', `/payments/${payment.id}/papers`, asked)
  await step('sweepPapers', () => sweepPapers(sandbox.world))
  await get('listPapers', `/payments/${payment.id}/papers`)
  await send('forgetPaperTitle', '/paper-title', undefined, 'DELETE')
  await send('recallPayment', `/payments/${payment.id}/recalls`, { billId: due.id })
  await send('checkReceipt', '/receipt-checks', { text: verifyText })
  const about = { kind: 'payment', id: payment.id }
  const report = await send<Report>('createReport', '/reports', { about, reason: 'other', text: '金额' })
  await get('listReports', '/reports')
  await get('getReport', `/reports/${report.id}`)
  await send('replyToReport', `/reports/${report.id}/replies`, { version: 1, text: '还是不对' })
  await send('closeReport', `/reports/${report.id}/closing`, { version: 2 })
  const { items: accounts } = await get<AccountPage>('listAccounts', '/accounts')
  const home = accounts.find(({ billerId }) => billerId === 'hz-electricity')
  const terms = { cashier: 'till', ceilingFen: 20_000, endsOn: '2027-05-31' }
  const { mandate } = await send<MandateStart>('beginMandate', `/accounts/${home?.id}/mandates`, {
    kind: 'auto-pay',
    ...terms,
  })
  await signAtHost(sandbox.world, mandate.id, 'active')
  await get('listMandates', `/accounts/${home?.id}/mandates`)
  await step('lookAtMandates', () => lookAtMandates(sandbox.world))
  await send('changeMandate', `/mandates/${mandate.id}`, { ceilingFen: 100 }, 'PUT')
  await send('endMandate', `/mandates/${mandate.id}`, undefined, 'DELETE')
}

async function messages(sandbox: Sandbox, citizen: TestCitizen, step: Step): Promise<void> {
  const { get, send } = callsOf(citizen, step)
  const about = { kind: 'app', id: '1.0.0' }
  const { id } = await send<Report>('createReport', '/reports', { about, reason: 'other', text: '金额' })
  await answerNow(sandbox.world, id, { zh: '已处理' })
  const { items } = await get<MessagePage>('listMessages', '/messages')
  await send('readMessages', '/messages/reading', { ids: items.map((message) => message.id) }, 'PUT')
  await get('listMessageGrants', '/message-grants')
  await send('noteMessageGrants', '/message-grants', { answers: [{ template: 'tmpl-hz-visit', granted: true }] })
}

async function family(sandbox: Sandbox, citizen: TestCitizen, step: Step): Promise<void> {
  const { get, send } = callsOf(citizen, step)
  const child = callsOf(await step('createSession', () => signIn(citizen.base, 'child')), step)
  const person = { level: 'real-name', name: '李小红', idNumber: '330102199003071230' }
  const { id } = await child.send<{ id: string }>('beginVerification', '/verifications', person)
  await playVerifier(sandbox.world, await newestVerification(sandbox.world), 'pass')
  await child.get('getVerification', `/verifications/${id}`)
  const terms = { role: 'giver', things: ['bills', 'pay', 'book'], endsOn: '2027-11-23' }
  const { code } = await send<Grant>('inviteFamily', '/family/grants', terms)
  await child.send('checkInvitation', '/family/invitation-checks', { code })
  const grant = await child.send<Grant>('acceptInvitation', '/family/acceptances', { code })
  await child.get('listBills for', `/bills?due=true&grantId=${grant.id}`)
  await child.get('listAppointments for', `/appointments?grantId=${grant.id}`)
  await get('listGrants', '/family/grants')
  await get('getGrant', `/family/grants/${grant.id}`)
  await get('listActs', `/family/grants/${grant.id}/acts`)
  await send('endGrant', `/family/grants/${grant.id}`, undefined, 'DELETE')
}

async function booking(citizen: TestCitizen, n: number, step: Step): Promise<void> {
  const { get, send } = callsOf(citizen, step)
  await get('listHalls', `/halls?itemId=${item}`)
  await get('getHall', `/halls/${hall}`)
  await get('listItems', `/items?hallId=${hall}`)
  await get('getItem', `/items/${item}`)
  const days = await get<SlotDays>('listSlotDays', `/slot-days?hallId=${hall}&itemId=${item}`)
  const [day] = days.days.filter(({ status }) => status === 'free').slice(-1)
  const { slots } = await get<SlotList>('listSlots', `/slots?hallId=${hall}&itemId=${item}&day=${day?.day}`)
  const [from, to] = slots.filter(({ free }) => free > 1)
  const holdAt = (slotId: string | undefined, more = {}) =>
    send<Hold>('createHold', '/holds', { slotId, itemId: item, ...more })
  const released = await holdAt(from?.id)
  await get('getHold', `/holds/${released.id}`)
  await send('releaseHold', `/holds/${released.id}`, undefined, 'DELETE')
  const hold = await holdAt(from?.id)
  const visit = await send<Appointment>('confirmHold', '/appointments', { holdId: hold.id, visitor, saveVisitor: true })
  const visitors = await get<VisitorList>('listVisitors', '/visitors')
  const next = await holdAt(to?.id, { appointmentId: visit.id })
  await send('swapAppointment', `/appointments/${visit.id}/swap`, { holdId: next.id })
  await get('getAppointment', `/appointments/${visit.id}`)
  await send('rateAppointment', `/appointments/grown-${n}/rating`, { stars: 5 }, 'PUT')
  const request = { hallId: hall, itemId: item, day: day?.day, part: 'any' }
  const entry = await send<WaitlistEntry>('joinWaitlist', '/waitlist', request)
  await get('listWaitlist', '/waitlist')
  await send('saveFavourite', `/favourites/hall/${hall}`, undefined, 'PUT')
  await get('listFavourites', '/favourites')
  await send('removeFavourite', `/favourites/hall/${hall}`, undefined, 'DELETE')
  await send('forgetVisitor', `/visitors/${visitors.items[0]?.id}`, undefined, 'DELETE')
  const queue = '9007199254740997'
  await get('getTicketLine', `/halls/${queue}/tickets`)
  const ticket = await send<{ id: string }>('takeTicket', '/tickets', { hallId: queue, messages: true })
  await get('listTickets', '/tickets')
  await get('getTicket', `/tickets/${ticket.id}`)
  await send('returnTicket', `/tickets/${ticket.id}/return`)
  await send('leaveWaitlist', `/waitlist/${entry.id}`, undefined, 'DELETE')
}
