import type { FastifyInstance } from 'fastify'
import { isProblem, problem } from '../http/problem'
import type { VendorNews, VendorState } from '../ports'
import type { Service } from '../service'
import { apply } from './advance'
import { lockPayment } from './rows'

const states: VendorState[] = ['NOTPAY', 'USERPAYING', 'SUCCESS', 'CLOSED', 'REFUND']

/** Where the vendors tell the city what became of an order. Outside of the contract: no app calls it. */
export function addNotifications(app: FastifyInstance, service: Service): void {
  app.post('/:cityId/notifications/:vendor', async (request, reply) => {
    const body = JSON.stringify(request.body)
    const header = (name: string) => String(request.headers[name] ?? '')
    const genuine = service.cashiers.isGenuine({
      timestamp: header('wechatpay-timestamp'),
      nonce: header('wechatpay-nonce'),
      signature: header('wechatpay-signature'),
      body,
    })
    if (!genuine) throw problem('forbidden', { detail: 'The signature is not the vendor’s' })
    const { id, news } = readNews(request.body)
    await service.database
      .transaction(async (trx) => {
        const first = await trx
          .insertInto('vendor_notifications')
          .values({ id, received_at: service.clock.now() })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
        if (!first.numInsertedOrUpdatedRows) return
        const known = await trx
          .selectFrom('payments')
          .select('id')
          .where('reference', '=', news.reference)
          .executeTakeFirst()
        if (known === undefined) throw problem('not-found')
        await apply(service, trx, await lockPayment(trx, known.id), news)
      })
      .catch((error: unknown) => {
        if (!isProblem(error)) throw error
      })
    return reply.code(204).send()
  })
}

function readNews(body: unknown): { id: string; news: VendorNews } {
  const fields: { id?: unknown; reference?: unknown; state?: unknown; paidAt?: unknown } =
    typeof body === 'object' && body !== null ? body : {}
  const state = states.find((each) => each === fields.state)
  if (typeof fields.id !== 'string' || typeof fields.reference !== 'string' || state === undefined) {
    throw problem('bad-request')
  }
  const paidAt = typeof fields.paidAt === 'string' ? new Date(fields.paidAt) : null
  return { id: fields.id, news: { reference: fields.reference, state, paidAt } }
}
