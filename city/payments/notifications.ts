import type { FastifyInstance } from 'fastify'
import type { CashierKind } from '../../contract/wire/types.gen'
import type { Cashier, NotificationReply, RawNotification, TakenNotifications, VendorClaim } from '../cashiers/cashier'
import { isNoAnswer, NotificationRefused } from '../cashiers/errors'
import type { Database } from '../database/database'
import { problem } from '../http/problem'
import { cityOf, type Service } from '../service'
import { takeNews } from './advance'
import { askAboutRefund } from './refund'
import type { PaymentRow } from './rows'
import { ask } from './vendor'

export const cashierKinds: CashierKind[] = ['wechat', 'alipay', 'till']

/** Far more than any vendor sends. */
const LARGEST_BODY = 64 * 1024

/** For the adapters: the notifications of a city's vendor that were taken. */
export const takenNotifications = ({ db }: Database, cityId: string, vendor: CashierKind): TakenNotifications => ({
  async has(id) {
    const row = await db
      .selectFrom('vendor_notifications')
      .select('id')
      .where('city_id', '=', cityId)
      .where('vendor', '=', vendor)
      .where('id', '=', id)
      .executeTakeFirst()
    return row !== undefined
  },
})

/** Where the vendors tell the city what became of an order. Outside of the contract: no app calls it. */
export function addNotifications(app: FastifyInstance, service: Service): void {
  app.register(async (vendors) => {
    // Signatures are over bytes, whatever they are.
    vendors.removeAllContentTypeParsers()
    vendors.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST_BODY }, (_request, body, done) =>
      done(null, body),
    )
    vendors.post<{ Params: { cityId: string; vendor: string } }>(
      '/:cityId/notifications/:vendor',
      async (request, reply) => {
        const { id: cityId } = cityOf(service, request.params.cityId)
        const vendor = cashierKinds.find((kind) => kind === request.params.vendor)
        const cashier = vendor && service.cashiers.of(cityId, vendor)
        if (!cashier) throw problem('not-found')
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        )
        const answer = await take(service, cityId, cashier, { body, headers })
        return reply.code(answer.status).type(answer.contentType).send(answer.body)
      },
    )
  })
}

/** Compares what the notification claims with what the city knows, then asks the vendor: only its answer moves the payment. */
async function take(
  service: Service,
  cityId: string,
  cashier: Cashier,
  raw: RawNotification,
): Promise<NotificationReply> {
  const refuse = (why: string, status = 400): NotificationReply => {
    service.log.warn({ city: cityId, vendor: cashier.kind, why }, 'notification refused')
    return { ...cashier.reply(false), status }
  }
  try {
    const claim = await cashier.notification(raw)
    const payment = await service.database.db
      .selectFrom('payments')
      .selectAll()
      .where('reference', '=', claim.reference)
      .where('city_id', '=', cityId)
      .where('cashier', '=', cashier.kind)
      .executeTakeFirst()
    if (payment === undefined) return refuse('no such order')
    if (claim.amountFen !== payment.amount_fen) return refuse('another amount')
    return (await follow(service, payment, claim)) ? cashier.reply(true) : refuse('the vendor says otherwise', 409)
  } catch (error) {
    if (error instanceof NotificationRefused)
      return error.reason === 'repeated' ? cashier.reply(true) : refuse(error.reason)
    if (isNoAnswer(error)) return refuse(error.message, 503)
    throw error
  }
}

/** False when the vendor, asked now, knows nothing of what its notification claims. */
async function follow(service: Service, payment: PaymentRow, claim: VendorClaim): Promise<boolean> {
  const news = await ask(service, payment)
  if (news.paidAt === null) return false
  if (claim.refundReference !== null) await askAboutRefund(service, payment, claim.refundReference)
  await takeNews(service, payment, news, { vendor: payment.cashier, id: claim.id })
  return true
}
