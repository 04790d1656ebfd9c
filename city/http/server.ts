import { randomBytes } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import { forgiveFailures } from '../booking'
import { codeOf } from '../database/errors'
import { addNotifications } from '../payments/notifications'
import type { Service } from '../service'
import { isProblem, type ProblemError, problem, problemDocument } from './problem'
import { addOperations, cityIdOf, languageOf } from './routes'
import { refuseUnreadable } from './typed-fields'

declare module 'fastify' {
  interface FastifyRequest {
    citizenId: string
    token: string
  }
  interface FastifyContextConfig {
    /** Of the contract; absent on every other route. */
    operationId?: string
  }
}

export type ServerOptions = {
  /** Serves the API documentation at /docs. */
  docs?: boolean
  /** Adds hooks and routes of the caller, before the operations. */
  extend?(app: FastifyInstance): void
}

/** The HTTP server of an instance; the caller lets it listen. */
export async function createServer(service: Service, options: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    genReqId: () => `req-${randomBytes(6).toString('hex')}`,
    bodyLimit: 256 * 1024,
    exposeHeadRoutes: false,
    // Whoever stops the city decides when connections end; until then calls on those that are open are served.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    loggerInstance: service.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    routerOptions: { ignoreTrailingSlash: true },
  })

  const strict = new Ajv2020({ strict: false, allErrors: true })
  // Queries and headers are text: `due=true` has to become a boolean there, and only there.
  const lenient = new Ajv2020({ strict: false, allErrors: true, coerceTypes: true })
  addFormats.default(strict)
  addFormats.default(lenient)
  app.setValidatorCompiler(({ schema, httpPart }) => {
    if (httpPart === 'body') return strict.compile(schema)
    return lenient.compile(httpPart === 'headers' ? lowerCased(schema) : schema)
  })
  app.setSerializerCompiler(() => (body) => JSON.stringify(body))

  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    if (text === '') return done(null, undefined)
    try {
      done(null, JSON.parse(String(text)))
    } catch {
      done(problem('bad-request', { detail: 'The body is not JSON' }))
    }
  })

  app.decorateRequest('citizenId', '')
  app.decorateRequest('token', '')

  app.addHook('onRequest', async (request, reply) => {
    request.headers['accept-language'] = /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh-CN'
    reply.headers({
      'X-Request-Id': request.id,
      Date: service.clock.now().toUTCString(),
      'Cache-Control': 'no-store',
    })
    // Pages of any origin may call a city; what an instance serves beside its cities is for nobody else's pages.
    if (!/^\/\d{6}(\/|$)/.test(request.url)) return
    reply.headers({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'X-Request-Id, Retry-After, Date',
    })
    if (request.method !== 'OPTIONS') return
    return reply
      .code(204)
      .headers({
        'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
        'Access-Control-Allow-Headers':
          request.headers['access-control-request-headers'] ?? 'Authorization, Content-Type, Idempotency-Key',
        'Access-Control-Max-Age': '600',
      })
      .send()
  })

  app.addHook('onResponse', async (request, reply) => {
    const operation = operationOf(request)
    const { statusCode: status, elapsedTime } = reply
    service.metrics.request(operation, status, elapsedTime / 1000)
    const city = service.cities.find(({ id }) => id === cityIdOf(request))?.id
    request.log.info({ operation, city, status, ms: Math.round(elapsedTime) }, 'call')
  })

  options.extend?.(app)
  app.addHook('preValidation', async (request) => refuseUnreadable(request, languageOf(request)))

  app.setNotFoundHandler(() => {
    throw problem('not-found')
  })

  app.setErrorHandler((error, request, reply) => {
    const fault = asProblem(error)
    if (fault.code === 'internal' && !isProblem(error))
      request.log.error({ operation: operationOf(request), err: error }, 'call failed')
    const document = problemDocument(fault, request.id, languageOf(request))
    const status = statusOf(error) ?? document.status
    if (document.retryAfterSeconds !== undefined) reply.header('Retry-After', document.retryAfterSeconds)
    return reply
      .code(status)
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify({ ...document, status }))
  })

  forgiveFailures(app, service)
  await addOperations(app, service)
  addNotifications(app, service)
  // The documentation is heavy and nothing needs it but people.
  if (options.docs) await (await import('./docs')).addDocs(app)
  return app
}

/** The contract's name of a call, else its route as it was declared: never the address itself. */
const operationOf = ({ routeOptions }: FastifyRequest): string =>
  routeOptions.config.operationId ?? routeOptions.url ?? 'none'

/** Node gives header names in lower case; Fastify adapts schemas to that for its own validator only. */
function lowerCased(schema: object): object {
  const { properties, required }: { properties?: object; required?: string[] } = { ...schema }
  const lower = Object.entries(properties ?? {}).map(([name, rule]) => [name.toLowerCase(), rule])
  return {
    ...schema,
    properties: Object.fromEntries(lower),
    required: (required ?? []).map((name) => name.toLowerCase()),
  }
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
  if (statusOf(error) !== undefined)
    return problem('bad-request', { detail: error instanceof Error ? error.message : '' })
  if (isOverload(error)) return problem('unavailable', { retryAfterSeconds: 2 + Math.floor(Math.random() * 4) })
  return problem('internal')
}

/**
 * The database is away, full, overloaded or somebody holds a lock for too long: nothing was done, and a later call may succeed. The last
 * two are errors of the driver without a code.
 */
const isOverload = (error: unknown): boolean =>
  /^(ECONN|EPIPE|ETIMEDOUT|57P|57014|55P03|08|53|25P03|40001|40P01)/.test(codeOf(error)) ||
  (error instanceof Error && /^(timeout exceeded when trying to connect|Connection terminated)/.test(error.message))

/** Fastify's own refusals (413, 415 and the like) keep their status. */
function statusOf(error: unknown): number | undefined {
  if (isProblem(error) || typeof error !== 'object' || error === null) return undefined
  if (!('statusCode' in error) || typeof error.statusCode !== 'number' || 'validation' in error) return undefined
  return error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : undefined
}
