import { answerCheck, readContract } from '../contract/check'
import type { Exchange } from './call'
import type { Look } from './check'

/** What holds of each answer, whichever call it was. */
export const alwaysMusts = ['shapes', 'whole-fen', 'instants', 'problems'] as const

const routes = Object.entries(readContract().paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { operationId }]) =>
    operationId === undefined
      ? []
      : [{ operationId, method: method.toUpperCase(), is: new RegExp(`^${path.replace(/{\w+}/g, '[^/]+')}$`) }],
  ),
)
// `/payments/by-key/…` before `/payments/{paymentId}/…`.
routes.sort((a, b) => b.is.source.length - a.is.source.length)

/** The operation of a call; null when the contract has none. */
export const operationOf = ({ ask }: Pick<Exchange, 'ask'>): string | null => {
  const path = ask.path.split('?')[0] ?? ''
  return routes.find(({ method, is }) => method === (ask.method ?? 'GET') && is.test(path))?.operationId ?? null
}

/** Members by name, at any depth. */
function* membersOf(value: unknown): Generator<[string, unknown]> {
  if (Array.isArray(value)) for (const inner of value) yield* membersOf(inner)
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) {
      yield [name, inner]
      yield* membersOf(inner)
    }
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

export function seeAlways(look: Pick<Look, 'see'>, exchange: Exchange): void {
  const { status, body, type, problem } = exchange
  const operationId = operationOf(exchange)
  if (operationId === null || status === 0) {
    if (status === 0) look.see('shapes', false, 'an answer', exchange, exchange.text)
    return
  }
  const fault = answerCheck()(operationId, status, body === undefined ? 'no JSON' : body)
  if (status < 400) look.see('shapes', fault === null, `the schema of ${operationId}`, exchange, fault ?? '')
  else {
    const isProblem = fault === null && type === 'application/problem+json' && problem?.status === status
    look.see(
      'problems',
      isProblem,
      'application/problem+json with the code, requestId and retry',
      exchange,
      fault ?? type,
    )
  }
  for (const [name, value] of membersOf(body)) {
    if (name.endsWith('Fen'))
      look.see('whole-fen', Number.isInteger(value), `${name} is a whole number`, exchange, `${value}`)
    if (name === 'serverTime' || name === 'asOf' || name.endsWith('At'))
      look.see(
        'instants',
        typeof value !== 'string' || instant.test(value),
        `${name} has its offset`,
        exchange,
        `${value}`,
      )
  }
}
