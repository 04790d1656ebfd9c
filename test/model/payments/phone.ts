import { type BillStep, billStep } from '@/domain/bill-step'
import { type BillSelection, viewCheckout } from '@/domain/checkout'
import type { BillId, PaymentId } from '@/domain/ids'
import { type Intent, openIntentOf, openIntentsOfBills } from '@/domain/journal'
import { type PaymentView, viewPayment } from '@/domain/payment-page'
import { createCheckoutStore } from '@/pages/paying/checkout/checkout-store'
import { createPaymentStore } from '@/pages/paying/payment/payment-store'
import type { CashierInvocation, CashierResult, HttpRequest } from '@/platform/types'
import { isRefusal, isServiceError, type ServiceError } from '@/services/errors'
import { cashierOf, memoryStorage, nodeRequest } from '../../support/phone'
import { type App, launch } from './app'
import { type Host, type Moves, refusal, rowsOf } from './cashier'
import type { Household, ModelCity } from './city'
import { note, type Seen } from './seen'

/** How the citizen and the cashier behave in one attempt to pay. */
export interface Attempt {
  readonly moves: Moves
  /** A row of the host's table, counted round. */
  readonly row: number
  readonly isDoubleTap: boolean
  /** Whether questions in between (the amount changed, somebody paid just now, no room) are agreed to. */
  readonly agrees: boolean
}

/** A citizen's phone: the app's own client, stores, pages' state and decisions, on a storage that outlives them. */
export class Phone {
  readonly storage = memoryStorage()
  /** Payments whose pages this citizen can open. */
  readonly known = new Set<PaymentId>()
  isFull = false
  isInCashier = false
  isBound = false
  private started: App | null = null
  private attempt: Attempt = { moves: 'nothing', row: 0, isDoubleTap: false, agrees: true }
  private wrongByMs = 0
  private codes = 0
  /** The payment pages that are open. */
  private readonly pages = new Map<PaymentId, ReturnType<typeof createPaymentStore>>()
  private held: { readonly arrived: () => void; readonly until: Promise<void> } | null = null
  private silent: () => void = () => {}

  constructor(
    readonly name: string,
    readonly host: Host,
    private readonly who: string,
    private readonly city: ModelCity,
    private readonly household: Household,
    /** A promise broken where only the phone can see it. */
    private readonly report: (breach: string) => void,
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
        request: (request) => this.request(request),
        login: async () => {
          this.codes += 1
          return { host, code: `${host === 'wechat' ? 'wx' : 'ali'}-${this.who}-${this.name}${this.codes}` }
        },
        pay: (invocation) => this.cashier(invocation),
      },
      {
        addressOf: (id) => (id === city.id ? city.base : null),
        phoneNow: () => Date.now() + this.wrongByMs,
        // A pause costs no time here, but the phone's clock goes on.
        sleep: async (ms) => {
          this.wrongByMs += ms
        },
      },
    )
  }

  /** The app is killed; only what was stored is left. Then it is launched, and open intents are reconciled. */
  async relaunch(options: { isWiped?: boolean } = {}): Promise<void> {
    if (options.isWiped) this.storage.texts.clear()
    this.pages.clear()
    this.isInCashier = false
    this.started = null
    await this.app.stores.reconciler.reconcile()
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
  async offerFor(id: BillId): Promise<BillStep> {
    const { services } = this.app
    const bill = await services.bills.get(this.city.id, id)
    const manifest = await this.quietly(() => services.manifest.get(this.city.id))
    const nowMs = services.serverNow(this.city.id)
    return billStep(bill, { intents: this.intents, manifest, isCached: false, nowMs })
  }

  /** Opens the checkout of these bills: earlier intents first, then the bills. */
  private async checkout(selection: readonly BillSelection[]) {
    const city = this.city.id
    const { paying, services } = this.app
    const checkout = createCheckoutStore(paying, city, selection)
    await checkout.settle()
    const bills = await checkout.read()
    const ids = selection.map(({ bill }) => bill)
    const open = openIntentsOfBills(this.intents, city, ids)
    const view = viewCheckout(checkout.store.getState(), { city, open, bills, nowMs: services.serverNow(city) })
    const hasPayment =
      open.some(({ paymentId }) => paymentId !== undefined) ||
      bills.lines.some(({ bill }) => bill.status === 'paying' && bill.paymentId !== undefined)
    if (hasPayment && view.status !== 'elsewhere')
      this.report(`${this.name}: the checkout of ${ids} does not lead to the payment that they have`)
    return { checkout, view }
  }

  /** The citizen pays bills at their checkout, as far as it lets them. */
  async pay(selection: readonly BillSelection[], attempt: Attempt): Promise<void> {
    const page = await this.quietly(() => this.checkout(selection))
    const other = attempt.isDoubleTap ? await this.quietly(() => this.checkout(selection)) : null
    this.attempt = attempt
    const pay = async ({ checkout, view }: NonNullable<typeof page>) => {
      if (view.status === 'elsewhere') this.known.add(view.payment)
      if (view.status !== 'ready' || view.bar !== null) return
      const taps = [checkout.pay(view.draft)]
      if (attempt.isDoubleTap) taps.push(checkout.pay(view.draft))
      await Promise.all(taps)
      for (let questions = 0; questions < 3; questions += 1) {
        const state = checkout.store.getState()
        if (!('question' in state) || state.question === null) break
        note(this.seen, `question: ${state.question.kind}`)
        if (!attempt.agrees) return
        await checkout.pay(state.question.draft)
      }
      const state = checkout.store.getState()
      if (state.status === 'created') this.known.add(state.payment)
      else if ('problem' in state && state.problem) this.judge(state.problem)
    }
    // Two taps on one page, and one on another of the same bills.
    await this.unlessSilent(() => Promise.all([page, other].map((each) => each && pay(each))))
  }

  private pageOf(id: PaymentId) {
    const page = this.pages.get(id) ?? createPaymentStore(this.app.paying, this.city.id, id)
    this.pages.set(id, page)
    return page
  }

  /** Looks at a payment's page after a strong read. */
  async look(id: PaymentId): Promise<PaymentView> {
    const page = this.pageOf(id)
    await page.read()
    const intent = openIntentOf(this.intents, this.city.id, id)
    const view = viewPayment(page.store.getState(), intent, this.app.services.serverNow(this.city.id))
    if (view === null) throw new Error('a payment that was read is not shown')
    note(this.seen, `shown ${view.shown}`)
    return view
  }

  /** Opens the cashier of a payment again, where its page offers it. */
  async reopen(id: PaymentId, attempt: Attempt): Promise<void> {
    const view = await this.quietly(() => this.look(id))
    if (!view?.actions.some((action) => action === 'pay' || action === 'continue-cashier')) return
    this.attempt = attempt
    const page = this.pageOf(id)
    await this.unlessSilent(async () => {
      await page.openCashier()
      const { trouble } = page.store.getState()
      if (trouble?.kind === 'no-room' && attempt.agrees) await page.openCashier({ acceptsNoJournal: true })
      else if (trouble?.kind === 'not-opened') this.judge(trouble.error)
    })
  }

  /** Gives the payment up, where its page offers it. */
  async close(id: PaymentId): Promise<void> {
    const view = await this.quietly(() => this.look(id))
    if (view?.actions.includes('cancel')) await this.pageOf(id).close()
  }

  /** Null when the read failed: the page shows that and offers nothing. Anything but a typed error is a breach. */
  async quietly<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (error) {
      if (!isServiceError(error)) throw error
      this.judge(error)
      return null
    }
  }

  private judge(error: ServiceError): void {
    if (error.kind === 'app-error') this.report(`${this.name}: ${error.message}`)
    if (isRefusal(error, 'idempotency-conflict')) this.report(`${this.name}: one key for two requests`)
    note(this.seen, `refused ${error.code ?? error.kind}`)
  }

  /** The next response waits on its way to the app until it is delivered. */
  holdNextResponse(): { readonly arrived: Promise<void>; readonly deliver: () => void } {
    let [arrived, deliver] = [() => {}, () => {}]
    const until = new Promise<void>((resolve) => {
      deliver = resolve
    })
    const hasArrived = new Promise<void>((resolve) => {
      arrived = resolve
    })
    this.held = { arrived, until }
    return { arrived: hasArrived, deliver }
  }

  private async request(request: HttpRequest) {
    const { held } = this
    this.held = null
    const response = await nodeRequest(request)
    held?.arrived()
    await held?.until
    return response
  }

  private async unlessSilent(work: () => Promise<unknown>): Promise<void> {
    this.isInCashier = false
    // Back on a page whose cashier never reported.
    for (const page of this.pages.values()) if (page.store.getState().isInCashier) page.cashierSilent()
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
    const { moves, row: index } = this.attempt
    // What an app killed now would find.
    const stored = this.storage.texts.get('journal') ?? ''
    const { reference, paymentId } = await city.vendorOrderOf(invocation)
    this.known.add(paymentId)
    if (!isFull && !(stored.includes(`"${paymentId}"`) && stored.includes('"cashier":"none"')))
      this.report(`${this.name}: the cashier is open and nothing is stored`)
    const { found, isKilled } = await city.atVendor(reference, moves)
    const rows = rowsOf[host]
    const row = rows[index % rows.length]
    note(this.seen, `${host} cashier says ${found === 'CLOSED' ? 'closed' : row?.name}`)
    if (found === 'CLOSED') return refusal[host]
    if (row?.result && !isKilled) return row.result()
    this.silent()
    return new Promise<never>(() => {})
  }
}
