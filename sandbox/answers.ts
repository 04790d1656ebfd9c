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
  return reply.send(JSON.stringify(body))
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
