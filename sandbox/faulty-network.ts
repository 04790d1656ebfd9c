import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fillSlot } from '../city/booking/walk-ins'
import { languageOf } from '../city/http/errors'
import { problem } from '../city/http/problem'
import { instant, secondsAfter } from '../city/words'
import { securedOperations } from '../contract/check'
import type { FaultName } from './faults'
import { chargeLater, payElsewhere, refuseAsPaying } from './faulty-bills'
import { begin } from './sweep'
import type { World } from './world'

const SLOW_MS = 8000
const SHORT_HOLD_SECONDS = 3

/** Bad networks and bad answers, around every operation of the contract. */
export function addFaults(app: FastifyInstance, world: World): void {
  const secured = securedOperations()
  const { faults } = world

  app.addHook('preValidation', (request, _reply, next) => {
    const { operationId } = request.routeOptions.config
    if (operationId === undefined) return next()
    faults.during(operationId, next)
  })

  app.addHook('preValidation', async (request, reply) => {
    const place = placeOf(request)
    if (place === null) return
    const slow = await faults.take('slow', place)
    if (slow) await new Promise((resolve) => setTimeout(resolve, slow.delayMs ?? SLOW_MS))
    if (await faults.take('dropped-connection', place)) return drop(reply)
    if (await faults.take('error-500', place)) throw problem('internal')
    if (await faults.take('busy-429', place)) throw problem('too-many-requests', { retryAfterSeconds: 5 })
    const { authorization } = request.headers
    if (!secured.has(place.operationId) || !/^Bearer (.+)$/i.test(authorization ?? '')) return
    if (await faults.take('token-expired', place)) throw problem('token-expired')
  })

  // Before it is asked who calls: whom the new world does not know is a stranger.
  const ends = new WeakMap<FastifyRequest, () => void>()
  app.addHook('preValidation', async (request) => {
    if (placeOf(request) !== null) ends.set(request, await begin(world))
  })

  // Somebody else is faster than the request that has just come.
  app.addHook('preHandler', async (request) => {
    const place = placeOf(request)
    if (place === null) return
    const { database, clock } = world
    const body: Record<string, unknown> = { ...(request.body as object) }
    if (place.operationId === 'createPayment') {
      const billIds = (body.bills as { billId: string }[]).map(({ billId }) => billId)
      if (await faults.take('bill-changed', place)) await chargeLater(database, place.cityId, billIds, clock.now())
      if (await faults.take('recently-paid', place)) await payElsewhere(database.db, place.cityId, billIds, clock.now())
      if (await faults.take('somebody-paying', place))
        await refuseAsPaying(database.db, billIds, request.citizenId, languageOf(request))
    }
    if (place.operationId === 'createHold' && (await faults.take('slot-taken', place)))
      await fillSlot(database, place.cityId, String(body.slotId))
    const isConfirming = place.operationId === 'confirmHold' || place.operationId === 'swapAppointment'
    if (isConfirming && (await faults.take('hold-gone', place)))
      await database.db
        .updateTable('holds')
        .set({ expires_at: clock.now() })
        .where('city_id', '=', place.cityId)
        .where('id', '=', String(body.holdId))
        .where('citizen_id', '=', request.citizenId)
        .where('state', '=', 'held')
        .execute()
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const place = placeOf(request)
    if (place === null || reply.statusCode >= 400) return payload
    const fault = async (name: FaultName) => (await faults.take(name, place)) !== null
    if (place.operationId === 'confirmHold' && (await fault('confirmation-lost'))) return cut(reply, payload)
    if (await fault('lost-answer')) return cut(reply, payload)
    if (await fault('html-instead-of-json')) {
      reply.code(200).type('text/html; charset=utf-8').removeHeader('content-length')
      return '<!doctype html><title>欢迎使用无线网络</title><h1>请先登录酒店无线网络</h1><form><input name="room"></form>'
    }
    if (typeof payload !== 'string' || payload === '') return payload
    reply.removeHeader('content-length')
    const body: unknown = JSON.parse(payload)
    if (place.operationId === 'createHold' && isBody(body) && (await fault('hold-expires-at-once')))
      return JSON.stringify(await shortened(world, body))
    if (place.operationId === 'listSlots' && isBody(body) && (await fault('day-found-full')))
      return JSON.stringify(full(body))
    if (await fault('half-body')) return Buffer.from(payload).subarray(0, Math.ceil(Buffer.byteLength(payload) / 2))
    if (await fault('contract-breaking-answer')) return JSON.stringify(broken(body))
    if (await fault('fractional-fen')) return JSON.stringify(fractional(body))
    const wrong = await mistaken(body, fault)
    return wrong === body ? payload : JSON.stringify(wrong)
  })

  app.addHook('onSend', async (request, _reply, payload) => {
    ends.get(request)?.()
    return payload
  })
}

/** The operation and city of a request; null for everything beside the contract. */
function placeOf({ routeOptions, params }: FastifyRequest): { operationId: string; cityId: string } | null {
  const { operationId } = routeOptions.config
  if (operationId === undefined) return null
  return { operationId, cityId: String((params as { cityId?: unknown }).cityId) }
}

/** Ends the connection in place of the answer. */
function cut(reply: FastifyReply, payload: unknown): unknown {
  reply.raw.socket?.destroy()
  return payload
}

/** A hold that lasts seconds instead of minutes. */
async function shortened({ database, clock }: World, hold: Body): Promise<Body> {
  const expiresAt = secondsAfter(clock.now(), SHORT_HOLD_SECONDS)
  const id = String(hold.id)
  await database.db.updateTable('holds').set({ expires_at: expiresAt }).where('id', '=', id).execute()
  return { ...hold, expiresAt: instant(expiresAt) }
}

const full = (day: Body): Body => ({
  ...day,
  slots: Array.isArray(day.slots) ? day.slots.map((slot) => ({ ...slot, free: 0 })) : [],
})

type Body = Record<string, unknown>
type IsFaulty = (name: FaultName) => Promise<boolean>

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What no schema notices: cashiers that do not fit, sums that do not add up, answers about something else. */
async function mistaken(body: unknown, fault: IsFaulty): Promise<unknown> {
  const start = isBody(body) ? await wrongStart(body, fault) : body
  const answer = (await fault('wrong-sums')) ? everywhere(start, oneFenMore) : start
  return (await fault('other-subject')) ? aboutAnother(answer) : answer
}

async function wrongStart(start: Body, fault: IsFaulty): Promise<Body> {
  const { payment, cashier } = start
  if (!isBody(payment) || !isBody(cashier)) return start
  if (await fault('cashier-for-paid')) return { ...start, payment: { ...payment, state: 'paid' } }
  if (await fault('cashier-other-amount')) return { ...start, payment: dearer(payment) }
  return (await fault('cashier-other-kind')) ? { ...start, cashier: otherCashier(cashier) } : start
}

/** Ten yuan more, and its sums hold. */
function dearer(payment: Body): Body {
  const [first, ...others] = Array.isArray(payment.bills) ? payment.bills : []
  const more = (fen: unknown) => Number(fen) + 1000
  return {
    ...payment,
    amountFen: more(payment.amountFen),
    bills: [{ ...first, amountFen: more(first?.amountFen) }, ...others],
  }
}

const otherCashier = ({ kind }: Body): Body =>
  kind === 'alipay'
    ? { kind: 'wechat', timeStamp: '1795399200', nonceStr: 'n', package: 'prepay_id=x', signType: 'RSA', paySign: 's' }
    : { kind: 'alipay', tradeNO: '2026112322001400001' }

/** A payment's, a receipt's and a refund's amount is not what it is made of, nor is what a bill's lines add up to. */
function oneFenMore(thing: Body): Body {
  const { bills, lines, paymentId, steps } = thing
  if (Array.isArray(bills) && 'amountFen' in thing) return { ...thing, amountFen: Number(thing.amountFen) + 1 }
  if (paymentId !== undefined && Array.isArray(steps)) return { ...thing, amountFen: Number(thing.amountFen) * 100 }
  if (!Array.isArray(lines) || lines.length === 0) return thing
  const [first, ...others] = lines
  return { ...thing, lines: [{ ...first, amountFen: first.amountFen + 1 }, ...others] }
}

function everywhere(value: unknown, change: (thing: Body) => Body): unknown {
  if (Array.isArray(value)) return value.map((item) => everywhere(item, change))
  if (!isBody(value)) return value
  const inside = Object.entries(value).map(([name, member]) => [name, everywhere(member, change)])
  return change(Object.fromEntries(inside))
}

/** What an answer says of itself, each another one's. */
function aboutAnother(body: unknown): unknown {
  if (!isBody(body)) return body
  const another: Body = {}
  for (const name of ['id', 'accountId', 'billerId', 'paymentId', 'hallId', 'itemId', 'holdId', 'idempotencyKey'])
    if (typeof body[name] === 'string') another[name] = `${body[name]}9`
  if (typeof body.day === 'string') another.day = '2026-01-05'
  return { ...body, ...another, ...(isBody(body.payment) ? { payment: aboutAnother(body.payment) } : {}) }
}

/** Ends the connection without an answer. */
function drop(reply: FastifyReply): FastifyReply {
  reply.hijack()
  reply.raw.socket?.destroy()
  return reply
}

/** Without its last field, and with the first one of another type. */
function broken(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return { unexpected: body }
  const entries = Object.entries(body)
  return Object.fromEntries(entries.slice(0, -1).map(([key, value], at) => [key, at === 0 ? { was: value } : value]))
}

/** 12864 becomes 12864.5 in every field that ends in Fen. */
function fractional(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fractional)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key.endsWith('Fen') && typeof each === 'number' ? each + 0.5 : fractional(each),
    ]),
  )
}
