import type pg from 'pg'
import type {
  Account,
  AccountMatch,
  Appointment,
  Bill,
  Hold,
  Lookup,
  Payment,
  PaymentStart,
  Session,
  SlotDays,
  SlotList,
  WaitlistEntry,
} from '../../contract/wire/types.gen'
import { hall, newKey } from '../support/booking'
import { type Answer, call, pick, type Storm } from './storm'

const city = '330100'
const items = ['id-card-renewal', 'household-transfer', 'newborn-registration']
/** The accounts that all of them pay for, so that many want the same bill. */
export const accounts = ['3301001234565', '3301002000015', '3301002000023'] as const

/** What all have in view. */
export type Town = {
  readonly storm: Storm
  /** Few, so that all want the same. */
  readonly slotIds: readonly string[]
  readonly days: readonly string[]
  /** The wallet at the vendor: pays an order, or leaves it. */
  pays(paymentId: string, act: 'pay' | 'cancel' | 'unknown-8000'): Promise<unknown>
}

/** Slots of two days with few places each, and bills enough for everybody, written into the biller's book by hand. */
export async function prepareTown(client: pg.ClientBase, storm: Storm, bills: number): Promise<Omit<Town, 'pays'>> {
  const path = `/${city}/slot-days?hallId=${hall}&itemId=${items[0]}`
  const all = await call<SlotDays>(storm, { name: 'days', path })
  const days = (all?.body.days ?? []).flatMap(({ day, status }) => (status === 'free' ? [day] : [])).slice(1, 3)
  const lists = await Promise.all(
    days.map((day) =>
      call<SlotList>(storm, { name: 'slots', path: `/${city}/slots?hallId=${hall}&itemId=${items[0]}&day=${day}` }),
    ),
  )
  const slotIds = lists.flatMap((list) => list?.body.slots.slice(0, 4).map(({ id }) => id) ?? [])
  await client.query('update slots set capacity = 4, elsewhere = 1, taken = 1 where id = any($1)', [slotIds])
  await client.query(
    `insert into book_bills (id, city_id, biller_id, number, kind, title, lines, amount_fen, partial_min_fen, issued_on)
     select 'storm-' || number || '-' || n, city_id, biller_id, number, 'electricity', '{"zh":"账单","en":"Bill"}', '[]',
       1000 + n, case when n % 3 = 0 then 100 end, '2026-11-01'
     from book_accounts, generate_series(1, $2::int) n where city_id = $3 and number = any($1)`,
    [accounts, bills, city],
  )
  return { storm, slotIds, days }
}

/** A citizen who does now this, now that. */
export class Person {
  private token = ''
  private holdId = 'h-none'
  private readonly visits: string[] = []
  private readonly payments: string[] = []
  private account = ''

  constructor(
    private readonly town: Town,
    private readonly who: string,
  ) {}

  private async send<Body>(name: string, method: string, path: string, body?: unknown): Promise<Answer<Body> | null> {
    const key = method === 'POST' ? { key: newKey() } : {}
    const content = body === undefined ? {} : { body }
    const ask = () =>
      call<Body>(this.town.storm, { name, method, path: `/${city}${path}`, token: this.token, ...key, ...content })
    const answer = await ask()
    if (answer?.status !== 401) return answer
    await this.begin()
    return ask()
  }

  async begin(): Promise<void> {
    const body = { host: 'preview', code: `preview-${this.who}` }
    const session = await call<Session>(this.town.storm, {
      name: 'sign in',
      method: 'POST',
      path: `/${city}/sessions`,
      body,
    })
    if (session?.status === 201) this.token = session.body.token
  }

  private async bound(): Promise<string> {
    if (this.account !== '') return this.account
    const number = pick(this.town.storm, accounts) ?? ''
    const match = await this.send<AccountMatch>('match', 'POST', '/account-matches', {
      billerId: 'hz-electricity',
      number,
    })
    if (match?.body.outcome !== 'matched') return ''
    const request = { matchId: match.body.matchId, relation: 'mine' }
    const bound = await this.send<Account>('bind', 'POST', '/accounts', request)
    if (bound && bound.status < 300) this.account = bound.body.id
    return this.account
  }

  /** One step. */
  async act(): Promise<void> {
    const { storm } = this.town
    const dice = storm.random(24)
    if (dice < 5) return this.hold(false)
    if (dice < 7) return this.hold(true)
    if (dice < 10) return this.confirm()
    if (dice < 12) return this.move()
    if (dice < 13) return this.end()
    if (dice < 15) return this.wait()
    if (dice < 21) return this.pay()
    await this.look()
  }

  private async hold(moves: boolean): Promise<void> {
    const { storm, slotIds } = this.town
    const visit = pick(storm, this.visits)
    const slotId = pick(storm, slotIds) ?? ''
    const itemId = pick(storm, items) ?? ''
    const held = await this.send<Hold>('hold', 'POST', '/holds', {
      slotId,
      itemId,
      ...(moves && visit && { appointmentId: visit }),
    })
    if (held?.status === 201) this.holdId = held.body.id
  }

  private async confirm(): Promise<void> {
    const visitor = { name: '李小明', phone: '13800000001' }
    const answer = await this.send<Appointment>('confirm', 'POST', '/appointments', { holdId: this.holdId, visitor })
    if (answer?.status === 201 && !this.visits.includes(answer.body.id)) this.visits.push(answer.body.id)
  }

  private async move(): Promise<void> {
    const visit = pick(this.town.storm, this.visits)
    if (visit) await this.send('swap', 'POST', `/appointments/${visit}/swap`, { holdId: this.holdId })
  }

  private async end(): Promise<void> {
    const at = this.town.storm.random(this.visits.length + 1)
    const [visit] = this.visits.splice(at, 1)
    if (visit) await this.send('cancel', 'POST', `/appointments/${visit}/cancellation`)
    else await this.send('release', 'DELETE', `/holds/${this.holdId}`)
  }

  private async wait(): Promise<void> {
    const { storm, days } = this.town
    const request = { hallId: hall, itemId: pick(storm, items), day: pick(storm, days), part: 'any' }
    const entry = await this.send<WaitlistEntry>('wait', 'POST', '/waitlist', request)
    if (entry && entry.status < 300 && storm.random(4) === 0)
      await this.send('leave', 'DELETE', `/waitlist/${entry.body.id}`)
    else await this.send('waiting', 'GET', '/waitlist')
  }

  /** Pays one bill or two, from one tap or two at once, and lets the wallet do what it likes. */
  private async pay(): Promise<void> {
    const { storm, pays } = this.town
    const account = await this.bound()
    if (account === '') return
    const { body } = (await this.send<Lookup>('look up', 'GET', `/accounts/${account}/lookup`)) ?? {}
    if (body?.outcome !== 'bill') return
    const first = storm.random(Math.min(4, body.bills.length))
    const bills: Bill[] = body.bills.slice(first, first + 1 + storm.random(2))
    const request = {
      cityId: city,
      bills: bills.map(({ id, version }) => ({ billId: id, version })),
      totalFen: bills.reduce((sum, bill) => sum + bill.amountFen, 0),
      cashier: 'till',
      acknowledgeRecent: true,
    }
    const taps = storm.random(3) === 0 ? 2 : 1
    const tap = () => this.send<PaymentStart>('pay', 'POST', '/payments', request)
    const starts = await Promise.all(Array.from({ length: taps }, tap))
    const id = starts.flatMap((start) => (start && start.status < 300 ? start.body.payment.id : []))[0]
    if (id === undefined) return
    this.payments.push(id)
    const act = (['pay', 'pay', 'pay', 'cancel', 'unknown-8000'] as const)[storm.random(5)] ?? 'pay'
    const close = () => this.send('close', 'POST', `/payments/${id}/closing`)
    // Paying and giving up cross.
    await Promise.all([pays(id, act).catch(() => null), ...(storm.random(4) === 0 ? [close()] : [])])
    await this.send('payment', 'GET', `/payments/${id}`)
  }

  private async look(): Promise<void> {
    const id = pick(this.town.storm, this.payments)
    if (id) await this.send<Payment>('payment', 'GET', `/payments/${id}`)
    await this.send('visits', 'GET', '/appointments')
    await this.send('payments', 'GET', '/payments')
  }
}

/** All act at once, each one step after the other. */
export async function rage(people: readonly Person[], steps: number): Promise<void> {
  await Promise.all(
    people.map(async (person) => {
      await person.begin()
      for (let step = 0; step < steps; step += 1) await person.act()
    }),
  )
}
