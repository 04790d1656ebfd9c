import { randomBytes } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { codeOf } from '../database/errors'
import { safeHeaders } from './headers'
import { isProblem, type ProblemError, problem, problemDocument } from './problem'

export const newRequestId = (): string => `req-${randomBytes(6).toString('hex')}`

const problemType = 'application/problem+json; charset=utf-8'

/** English when it is asked for first, else Chinese. */
export const languageOf = ({ headers }: Pick<FastifyRequest, 'headers'>): 'zh-CN' | 'en' =>
  /^\s*en\b/i.test(headers['accept-language'] ?? '') ? 'en' : 'zh-CN'

/** Answers with the problem document of an error. True when nobody expected it. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): boolean {
  const fault = asProblem(error)
  const document = problemDocument(fault, request.id, languageOf(request))
  const status = statusOf(error) ?? document.status
  if (document.retryAfterSeconds !== undefined) reply.header('Retry-After', document.retryAfterSeconds)
  reply
    .code(status)
    .type(problemType)
    .send(JSON.stringify({ ...document, status }))
  return fault.code === 'internal' && !isProblem(error)
}

type ValidationFault = { instancePath: string; message?: string; params?: { missingProperty?: unknown } }

/** Every error that leaves the server is on the contract's closed list. */
function asProblem(error: unknown): ProblemError {
  if (isProblem(error)) return error
  if (typeof error === 'object' && error !== null && 'validation' in error && Array.isArray(error.validation)) {
    const inBody = 'validationContext' in error && error.validationContext === 'body'
    const faults: ValidationFault[] = error.validation
    const fields = faults.slice(0, 20).map((fault) => ({
      field: [
        ...fault.instancePath.split('/').slice(1),
        ...(fault.params?.missingProperty ? [String(fault.params.missingProperty)] : []),
      ].join('.'),
      problem: fault.message ?? 'is not valid',
    }))
    return problem(inBody ? 'invalid-fields' : 'bad-request', { fields })
  }
  if (statusOf(error) !== undefined) return problem('bad-request')
  if (isOverload(error)) return problem('unavailable', { retryAfterSeconds: 2 + Math.floor(Math.random() * 4) })
  return problem('internal')
}

/**
 * The database is away, full, overloaded or somebody holds a lock for too long: nothing was done, and a later call may succeed. The
 * driver's own errors have no code; the first of a lost connection is hidden by that of its rollback.
 */
const isOverload = (error: unknown): boolean =>
  /^(ECONN|EPIPE|ETIMEDOUT|57P|57014|55P03|08|53|25P03|40001|40P01)/.test(codeOf(error)) ||
  (error instanceof Error &&
    /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client .* not queryable$)/.test(
      error.message,
    ))

/** Fastify's own refusals (413, 414, 415 and the like) keep their status. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || 'validation' in error) return undefined
  if (isProblem(error)) return error.extra.status
  if (!('statusCode' in error) || typeof error.statusCode !== 'number' || !codeOf(error).startsWith('FST_'))
    return undefined
  return error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : undefined
}

const clientErrors: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/** What is no HTTP, or comes too slowly: answered by hand, since there is no request. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy()
  const status = clientErrors[error.code ?? ''] ?? 400
  const body = JSON.stringify({ ...problemDocument(problem('bad-request'), newRequestId(), 'zh-CN'), status })
  const headers = {
    ...safeHeaders,
    'Content-Type': problemType,
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`)
}
