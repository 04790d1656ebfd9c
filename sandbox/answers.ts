import type { FastifyReply } from 'fastify'
import type { FaultName } from './faults'

/** Sends an answer, or what a fault makes of it. `fault` says whether one is on for this request and uses it up. */
export function sendAnswer(
  reply: FastifyReply,
  { status, body }: { status: number; body?: unknown },
  fault: (name: FaultName) => boolean,
): FastifyReply {
  if (fault('lost-answer')) return drop(reply)
  if (fault('html-instead-of-json')) {
    return reply
      .code(200)
      .type('text/html; charset=utf-8')
      .send(
        '<!doctype html><title>欢迎使用无线网络</title><h1>请先登录酒店无线网络</h1><form><input name="room"></form>',
      )
  }
  const type = status >= 400 ? 'application/problem+json; charset=utf-8' : 'application/json; charset=utf-8'
  if (body === undefined) return reply.code(status).send()
  reply.code(status).type(type)
  if (status < 400 && fault('half-body')) {
    const text = Buffer.from(JSON.stringify(body))
    return reply.send(text.subarray(0, Math.ceil(text.length / 2)))
  }
  if (status < 400 && fault('contract-breaking-answer')) return reply.send(JSON.stringify(broken(body)))
  if (status < 400 && fault('fractional-fen')) return reply.send(JSON.stringify(fractional(body)))
  return reply.send(JSON.stringify(status < 400 ? mistaken(body, fault) : body))
}

type Body = Record<string, unknown>

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What no schema notices: cashiers that do not fit, sums that do not add up, answers about something else. */
function mistaken(body: unknown, fault: (name: FaultName) => boolean): unknown {
  const start = isBody(body) ? wrongStart(body, fault) : body
  const answer = fault('wrong-sums') ? everywhere(start, oneFenMore) : start
  return fault('other-subject') ? aboutAnother(answer) : answer
}

function wrongStart(start: Body, fault: (name: FaultName) => boolean): Body {
  const { payment, cashier } = start
  if (!isBody(payment) || !isBody(cashier)) return start
  if (fault('cashier-for-paid')) return { ...start, payment: { ...payment, state: 'paid' } }
  if (fault('cashier-other-amount')) return { ...start, payment: dearer(payment) }
  return fault('cashier-other-kind') ? { ...start, cashier: otherCashier(cashier) } : start
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
export function drop(reply: FastifyReply): FastifyReply {
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
