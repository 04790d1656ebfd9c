import { payableRange } from '@/domain/bill'
import type { Strong } from '@/domain/consistency'
import type { BillId, PaymentId } from '@/domain/ids'
import { type Intent, openIntentFor, openIntents } from '@/domain/journal'
import {
  actionsFor,
  advance,
  type Payment,
  type PaymentAction,
  type PaymentState,
  stateAfterCashier,
} from '@/domain/payment'
import { priceOf } from '@/domain/price'
import { instantOf } from '@/domain/time'
import type { Order } from '@/pages/paying/checkout/place-order'
import type { CashierInvocation, CashierResult, HttpRequest } from '@/platform/types'
import type { BillSelection } from '@/routes'
import { isRefusal, isServiceError } from '@/services/errors'
import { cashierOf, memoryStorage, nodeRequest } from '../../support/phone'
import { type App, launch } from './app'
import { type Host, type Moves, refusal, rowsOf } from './cashier'
import type { Household, ModelCity } from './city'
import { note, type Seen } from './seen'

/** What a payment's page says and offers after a strong read. */
export interface Shown {
  readonly payment: Strong<Payment>
  readonly state: PaymentState
  readonly actions: readonly PaymentAction[]
}

/** What a bill's page offers: to pay, a payment to look at, or nothing. */
export type Offer = { readonly offers: 'pay' | 'nothing' } | { readonly offers: 'payment'; readonly payment: PaymentId }

/** How the citizen and the cashier behave in one attempt to pay. */
export interface Attempt {
  readonly moves: Moves
  /** A row of the host's table, counted round. */
  readonly says: number
  readonly isDoubleTap: boolean
  /** Whether questions in between (the amount changed, somebody paid just now, no room) are answered with yes. */
  readonly agrees: boolean
}

/** A citizen's phone: the real client, stores and paying logic, on a storage that outlives them. */
export class Phone {
  readonly storage = memoryStorage()
  /** Payments whose pages this citizen can open. */
  readonly known = new Set<PaymentId>()
  isFull = false
  isInCashier = false
  isBound = false
  private started: App | null = null
  private attempt: Attempt = { moves: 'nothing', says: 0, isDoubleTap: false, agrees: true }
  private wrongByMs = 0
  private codes = 0
  private newest = new Map<PaymentId, Strong<Payment>>()
  private silent: () => void = () => {}

  constructor(
    readonly name: string,
    readonly host: Host,
    private readonly who: string,
    private readonly city: ModelCity,
    private readonly household: Household,
    /** A promise broken where only the phone can see it. */
    private readonly tell: (breach: string) => void,
    private readonly seen: Seen,
  ) {}

  /** It starts when it is first needed. */
  get app(): App {
    this.started ??= this.start()
    return this.started
  }

  private start(): App {
    const { storage, host, city } = this
    return launch(
      {
        cashierKind: cashierOf[host],
        storage: { ...storage, set: (key, value) => !this.isFull && storage.set(key, value) },
        request: (request: HttpRequest) => nodeRequest(request),
        login: async () => {
          this.codes += 1
          return { host, code: `${host === 'wechat' ? 'wx' : 'ali'}-${this.who}-${this.name}${this.codes}` }
        },
        pay: (invocation) => this.cashier(invocation),
      },
      {
        addressOf: (asked) => (asked === city.id ? city.base : null),
        phoneNow: () => Date.now() + this.wrongByMs,
        // A pause costs no time here, but the phone's clock goes on.
        sleep: async (ms) => {
          this.wrongByMs += ms
        },
      },
    )
  }

  /** The app is killed; only what was stored is left. Then it is launched, and open payments are asked about. */
  async relaunch(options: { isWiped?: boolean } = {}): Promise<void> {
    if (options.isWiped) this.storage.texts.clear()
    this.newest.clear()
    this.isInCashier = false
    this.started = null
    await this.app.reconcileJournal()
  }

  get intents(): readonly Intent[] {
    return this.app.stores.journal.getState().intents
  }

  /** The citizen enters the numbers on the paper bills, once; on a second phone they are there. */
  async bind(): Promise<void> {
    if (this.isBound) return
    this.isBound = true
    if (this.household.boundBy.has(this.who)) return
    this.household.boundBy.add(this.who)
    const { services } = this.app
    for (const { billerId, number } of this.household.accounts) {
      const match = await services.accounts.match(this.city.id, billerId, number)
      if (match.outcome !== 'matched') throw new Error(match.outcome)
      await services.accounts.bind(
        this.city.id,
        { matchId: match.matchId, relation: this.name === 'spouse' ? 'someone-else' : 'mine' },
        services.newIdempotencyKey(),
      )
    }
  }

  /** What a bill's own page offers. */
  async offerFor(id: BillId): Promise<Offer> {
    const bill = await this.app.services.bills.get(this.city.id, id)
    const noted = openIntentFor(this.intents, this.city.id, [id])?.paymentId
    const payment = noted ?? (bill.status === 'paying' ? bill.paymentId : undefined)
    if (payment !== undefined) return { offers: 'payment', payment }
    return { offers: payableRange(bill) === null ? 'nothing' : 'pay' }
  }

  private openFor(wanted: readonly BillSelection[]): Intent[] {
    return openIntents(this.intents).filter((intent) =>
      intent.bills.some(({ billId }) => wanted.some(({ bill }) => bill === billId)),
    )
  }

  /** What `useCheckout` decides from the same things: an order to agree to, a payment to look at, or neither. */
  private async checkout(wanted: readonly BillSelection[]): Promise<Order | PaymentId | null> {
    const { readFacts, orderOf, reconcileIntent: reconcileEntry, isIntentOf } = this.app
    for (const { key } of this.openFor(wanted)) await reconcileEntry(key)
    const facts = await readFacts(this.city.id, wanted)
    const open = this.openFor(wanted)
    const noted = open.find(({ paymentId }) => paymentId !== undefined)?.paymentId
    const paying = facts.lines.find(({ bill }) => bill.status === 'paying' && bill.paymentId)?.bill.paymentId
    const elsewhere = noted ?? paying
    if (elsewhere !== undefined) return elsewhere
    const order = orderOf(this.city.id, facts)
    const isOther = (intent: Intent) =>
      !isIntentOf({ ...order, acknowledgeRecent: intent.acknowledgeRecent === true }, intent)
    if (open.some(isOther) || order.lines.length === 0) return null
    return priceOf(order.lines, facts.manifest.billers).shares.some(({ isOverLimit }) => isOverLimit) ? null : order
  }

  /** The citizen pays bills at their checkout, as far as it lets them. */
  async pay(wanted: readonly BillSelection[], attempt: Attempt): Promise<void> {
    const found = await this.quietly(() => this.checkout(wanted))
    if (typeof found === 'string') this.known.add(found)
    if (found === null || typeof found === 'string') return
    this.attempt = attempt
    const { placeOrder } = this.app
    const place = async () => {
      let placed = await placeOrder(found, () => {})
      for (let asked = 0; asked < 3 && placed.kind === 'nothing' && placed.ask !== null; asked += 1) {
        note(this.seen, `asked ${placed.ask.kind}`)
        if (!attempt.agrees) return
        placed = await placeOrder(placed.ask.order, () => {})
      }
      if (placed.kind === 'payment') this.known.add(placed.payment)
      else if (placed.problem) note(this.seen, `refused ${placed.problem.code ?? placed.problem.kind}`)
    }
    await this.unlessSilent(() => (attempt.isDoubleTap ? Promise.all([place(), place()]) : place()))
  }

  /** What `usePayment` does with a strong answer, in whatever order answers come. */
  learn(payment: Strong<Payment>): Strong<Payment> {
    const newest = advance(this.newest.get(payment.id) ?? null, payment)
    this.newest.set(payment.id, newest)
    const { stores, services, openIntentsFor } = this.app
    for (const { key } of openIntentsFor(this.intents, newest)) {
      stores.journal.getState().settle(key, newest, services.serverNow(this.city.id))
    }
    return newest
  }

  /** Looks at a payment's page. */
  async look(id: PaymentId): Promise<Shown> {
    const { services, openIntentOf } = this.app
    const payment = this.learn(await services.payments.get(this.city.id, id))
    const intent = openIntentOf(this.intents, this.city.id, id)
    const state = intent?.cashier === undefined ? payment.state : stateAfterCashier(payment, intent.cashier)
    note(this.seen, `shown ${state}`)
    return { payment, state, actions: actionsFor(payment, services.serverNow(this.city.id), state) }
  }

  /** Opens the cashier of an order again, where the page offers it. */
  async reopen(id: PaymentId, attempt: Attempt): Promise<void> {
    const shown = await this.quietly(() => this.look(id))
    if (!shown?.actions.some((action) => action === 'pay' || action === 'continue-cashier')) return
    this.attempt = attempt
    const { services, stores, throughCashier } = this.app
    const { payment } = shown
    const intent: Intent = this.app.openIntentOf(this.intents, this.city.id, id) ?? {
      key: services.newIdempotencyKey(),
      cityId: payment.cityId,
      bills: payment.bills.map(({ billId, version }) => ({ billId, version })),
      amountFen: payment.amountFen,
      createdAt: instantOf(services.serverNow(payment.cityId)),
      paymentId: payment.id,
      state: payment.state,
    }
    if (!stores.journal.getState().write(intent) && !attempt.agrees) return
    await this.unlessSilent(async () => {
      const start = await services.payments.openCashier(this.city.id, id, services.newIdempotencyKey())
      const opened = this.learn(start.payment)
      const told = start.cashier === null ? null : await throughCashier(intent, opened, start.cashier)
      if (told) this.learn(told)
    })
  }

  /** Gives the payment up, where the page offers it. */
  async close(id: PaymentId): Promise<void> {
    const shown = await this.quietly(() => this.look(id))
    if (!shown?.actions.includes('cancel')) return
    const { services } = this.app
    await this.quietly(async () => {
      this.learn(await services.payments.close(this.city.id, id, services.newIdempotencyKey()))
    })
  }

  /** Null when the city could not be asked: the page says so and offers nothing. Anything but a typed error is a breach. */
  async quietly<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (error) {
      if (!isServiceError(error)) throw error
      if (error.kind === 'app-error') this.tell(`${this.name}: ${error.message}`)
      if (isRefusal(error, 'idempotency-conflict')) this.tell(`${this.name}: one key for two orders`)
      return null
    }
  }

  private async unlessSilent(work: () => Promise<unknown>): Promise<void> {
    this.isInCashier = false
    const silence = new Promise<void>((resolve) => {
      this.silent = () => {
        this.isInCashier = true
        resolve()
      }
    })
    await Promise.race([silence, this.quietly(work)])
  }

  private async cashier(invocation: CashierInvocation): Promise<CashierResult> {
    const { city, host, isFull } = this
    const { moves, says } = this.attempt
    // What an app killed now would find.
    const noted = this.storage.texts.get('journal') ?? ''
    const { reference, paymentId } = await city.orderOf(invocation)
    this.known.add(paymentId)
    if (!isFull && !(noted.includes(`"${paymentId}"`) && noted.includes('"cashier":"none"')))
      this.tell(`${this.name}: the cashier is open and nothing is noted`)
    const { found, isKilled } = await city.atVendor(reference, moves)
    const rows = rowsOf[host]
    const row = rows[says % rows.length]
    note(this.seen, `${host} cashier says ${found === 'CLOSED' ? 'closed' : row?.name}`)
    if (found === 'CLOSED') return refusal[host]
    if (row?.answer && !isKilled) return row.answer()
    this.silent()
    return new Promise<never>(() => {})
  }
}
