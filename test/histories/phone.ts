import type { FastifyInstance } from 'fastify'
import { viewCheckout } from '@/domain/checkout'
import { asId, type BillerId, type BillId, type CityId, type HallId, type ItemId, type PaymentId } from '@/domain/ids'
import { openIntentOf, openIntentsOfBills } from '@/domain/journal'
import { type PaymentView, viewPayment } from '@/domain/payment-page'
import type { Slot } from '@/domain/slot'
import { createCheckoutStore } from '@/pages/paying/checkout/checkout-store'
import { createPaymentStore } from '@/pages/paying/payment/payment-store'
import { sendRequest } from '@/platform/request'
import type { CashierResult, HttpRequest, HttpResponse } from '@/platform/types'
import { isServiceError } from '@/services/errors'
import { holdsOf } from '@/services/holds'
import { type App, launch } from '../model/payments/app'
import { memoryStorage } from '../support/phone'
import type { Clockwork } from './clockwork'
import type { World } from './world'

export const city = asId<CityId>('330100')
export const hall = asId<HallId>('9007199254740995')
export const item = asId<ItemId>('id-card-renewal')
export const biller = asId<BillerId>('hz-electricity')

export type Surroundings = {
  readonly clockwork: Clockwork
  readonly app: FastifyInstance
  readonly world: World
  readonly number: string
  readonly slots: readonly Slot[]
  isWell: boolean
}

/** A phone: the app's real client, stores and decisions, over a network that is slow, loses and repeats. */
export class Phone {
  private readonly storage = memoryStorage()
  private started: App | null = null
  private launches = 0
  private codes = 0
  private wrongByMs = 0
  private silent: () => void = () => {}
  /** Payments that this citizen has seen. */
  readonly payments = new Set<PaymentId>()
  /** What the pages said last of each payment. */
  readonly shown = new Map<PaymentId, PaymentView['shown']>()

  constructor(
    readonly name: string,
    private readonly who: string,
    private readonly around: Surroundings,
  ) {}

  get app(): App {
    this.started ??= this.start()
    return this.started
  }

  private start(): App {
    const { around } = this
    this.launches += 1
    const launch_ = this.launches
    return launch(
      {
        cashierKind: 'alipay',
        storage: this.storage,
        request: (request) => this.request(request, launch_),
        login: async () => {
          this.codes += 1
          return { host: 'alipay', code: `ali-${this.who}-${this.name}${this.codes}` }
        },
        pay: (invocation) => this.cashier(invocation.kind === 'alipay' ? invocation.tradeNO : ''),
      },
      {
        addressOf: () => '/330100',
        phoneNow: () => Date.now() + this.wrongByMs,
        random: () => around.clockwork.random(2 ** 30) / 2 ** 30,
      },
    )
  }

  /** What is sent may be lost, what is answered too; what arrives may arrive twice. A killed app hears nothing any more. */
  private request(request: HttpRequest, launched: number): Promise<HttpResponse> {
    const { clockwork, app } = this.around
    const { random, note } = clockwork
    const dice = (percent: number) => !this.around.isWell && random(100) < percent
    const delay = () => (this.around.isWell ? 5 : 5 + random(random(10) === 0 ? 8000 : 400))
    return sendRequest(request, (_, report) => {
      const isLost = dice(6)
      const isAnswerLost = dice(6)
      const arrives = async (isFirst: boolean) => {
        const response = await app.inject({
          method: request.method,
          url: request.url,
          headers: { ...request.headers },
          ...(request.body === undefined ? {} : { payload: request.body }),
        })
        note(`${this.name} ${request.method} ${request.url} ${response.statusCode} ${response.body.length}`)
        if (response.statusCode >= 500 && response.statusCode !== 503)
          throw new Error(`${request.url}: ${response.body}`)
        if (!isFirst || isAnswerLost || launched !== this.launches) return
        setTimeout(() => report.response(response.statusCode, response.headers, response.body), delay())
      }
      const fails = (error: unknown) => this.breach(String(error))
      if (isLost && random(2) === 0) setTimeout(() => report.noResponse('no network'), delay())
      if (!isLost) setTimeout(() => void arrives(true).catch(fails), delay())
      if (!isLost && dice(3) && (request.method === 'GET' || 'Idempotency-Key' in (request.headers ?? {})))
        setTimeout(() => void arrives(false).catch(fails), delay())
      return () => {}
    })
  }

  readonly breaches: string[] = []
  private breach(what: string): void {
    this.breaches.push(`${this.name}: ${what}`)
  }

  /** The vendor's cashier: pays, leaves, is not sure, or the phone kills the app in it. */
  private async cashier(reference: string): Promise<CashierResult> {
    const { clockwork, world } = this.around
    const { random, note } = clockwork
    await new Promise((resolve) => setTimeout(resolve, 500 + random(20_000)))
    const order = world.orders.get(reference)
    const act = random(6)
    note(`${this.name} in the cashier ${act}`)
    if (order?.state === 'NOTPAY' && act < 3) {
      order.state = 'SUCCESS'
      order.paidAt = new Date()
    } else if (order?.state === 'NOTPAY' && act === 3) {
      order.state = 'USERPAYING'
      order.pending = { until: Date.now() + random(90_000), becomes: random(2) ? 'SUCCESS' : 'NOTPAY' }
    }
    if (random(5) === 0) {
      this.silent()
      this.kill()
      return new Promise<never>(() => {})
    }
    const outcomes = ['accepted', 'accepted', 'cancelled', 'unknown', 'cancelled'] as const
    const outcome = outcomes[act]
    return outcome ? { outcome, detail: '' } : { outcome: 'failed', reason: 'declined', detail: '' }
  }

  /** Only what is stored is left. The next use launches it anew. */
  kill(): void {
    this.started = null
    this.launches += 1
  }

  jump(ms: number): void {
    this.wrongByMs += ms
  }

  /** Nothing but a typed error may come out of the client. */
  private async quietly<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (error) {
      if (isServiceError(error) && error.kind !== 'app-error' && error.code !== 'idempotency-conflict') return null
      this.breach(`${String(error)} ${error instanceof Error ? error.stack : ''}`)
      return null
    }
  }

  async bind(): Promise<boolean> {
    const bound = await this.quietly(async () => {
      const { services } = this.app
      const [has] = (await services.accounts.list(city)).items
      if (has) return true
      const match = await services.accounts.match(city, biller, this.around.number)
      if (match.outcome !== 'matched') return false
      await services.accounts.bind(city, { matchId: match.matchId, relation: 'mine' }, services.newIdempotencyKey())
      return true
    })
    return bound === true
  }

  /** From the bill's checkout into the cashier and back, as far as the app lets them. */
  async pay(ids: readonly BillId[]): Promise<void> {
    const { app } = this
    const selection = ids.map((bill) => ({ bill }))
    const silence = new Promise<void>((resolve) => {
      this.silent = resolve
    })
    const paying = this.quietly(async () => {
      const checkout = createCheckoutStore(app.paying, city, selection)
      await checkout.settle()
      const bills = await checkout.read()
      const { intents } = app.stores.journal.getState()
      const nowMs = app.services.serverNow(city)
      const view = viewCheckout(checkout.store.getState(), {
        city,
        open: openIntentsOfBills(intents, city, ids),
        bills,
        nowMs,
      })
      if (view.status === 'elsewhere') this.payments.add(view.payment)
      if (view.status !== 'ready' || view.bar !== null) return
      await checkout.pay(view.draft)
      const asked = checkout.store.getState()
      if ('question' in asked && asked.question !== null) await checkout.pay(asked.question.draft)
      const state = checkout.store.getState()
      if (state.status === 'created') this.payments.add(state.payment)
    })
    await Promise.race([paying, silence])
  }

  async look(id: PaymentId): Promise<PaymentView | null> {
    const { app } = this
    return this.quietly(async () => {
      const page = createPaymentStore(app.paying, city, id)
      await page.read()
      const view = viewPayment(
        page.store.getState(),
        openIntentOf(app.stores.journal.getState().intents, city, id),
        app.services.serverNow(city),
      )
      if (view) this.shown.set(id, view.shown)
      return view
    })
  }

  async close(id: PaymentId): Promise<void> {
    const { app } = this
    const view = await this.look(id)
    if (view?.actions.includes('cancel')) await this.quietly(() => createPaymentStore(app.paying, city, id).close())
  }

  async reconcile(): Promise<void> {
    await this.quietly(() => this.app.stores.reconciler.reconcile())
    for (const { paymentId } of this.app.stores.journal.getState().intents) if (paymentId) this.payments.add(paymentId)
  }

  get openIntents() {
    return this.app.stores.journal.getState().intents.filter(({ endedAt }) => endedAt === undefined)
  }

  /** Holds a time, perhaps to move a visit there, and confirms, moves, or lets it be. */
  async book(): Promise<void> {
    const { clockwork, slots } = this.around
    const { random } = clockwork
    const { services } = this.app
    const visitor = { name: '李小明', phone: '13800000001' }
    await this.quietly(async () => {
      const slot = slots[random(slots.length)]
      if (!slot) return
      const visits = (await services.appointments.list(city)).items.filter(({ state }) => state === 'confirmed')
      const [visit] = visits
      if (visit && random(4) === 0) {
        await services.appointments.cancel(city, visit.id, services.newIdempotencyKey())
        return
      }
      const request = { slotId: slot.id, itemId: item, ...(visit ? { appointmentId: visit.id } : {}) }
      const hold = await services.of(holdsOf).create(city, request, services.newIdempotencyKey())
      await new Promise((resolve) => setTimeout(resolve, random(20) === 0 ? 400_000 : random(30_000)))
      if (random(5) === 0) await services.of(holdsOf).release(city, hold.id)
      else if (visit) await services.appointments.swap(city, visit.id, hold.id, services.newIdempotencyKey())
      else await services.appointments.confirm(city, hold.id, visitor, services.newIdempotencyKey())
    })
  }

  async wait(): Promise<void> {
    const { services } = this.app
    const [slot] = this.around.slots
    if (!slot) return
    await this.quietly(async () => {
      await services.waitlist.join(
        city,
        { hallId: hall, itemId: item, day: slot.day, part: 'any' },
        services.newIdempotencyKey(),
      )
      await services.waitlist.list(city)
    })
  }
}
