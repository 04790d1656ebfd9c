import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import { forgiveFailures } from '../booking'
import { addNotifications } from '../payments/notifications'
import type { Service } from '../service'
import { answerClientError, answerProblem, languageOf, newRequestId } from './errors'
import { answerPreflight, type Origins, pagePolicy, setHeaders } from './headers'
import { refuseWhenFull } from './overload'
import { problem } from './problem'
import { refuseOdd, refuseUnreadable } from './refuse'
import { addOperations, cityIdOf } from './routes'

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
  /** Pages of these may call the cities: `https://app.example`. None without it: mini-programs need none. */
  origins?: Origins
  /** Addresses of proxies of one’s own: the address of a call is then what they say. Without it that of its connection. */
  trustProxy?: string | string[]
  timeouts?: Partial<typeof usualTimeouts>
  /** Adds hooks and routes of the caller, before the operations. */
  extend?(app: FastifyInstance): void
}

/** How long a call's headers and the whole of it may take to arrive, and a connection may be silent within a call and between two. */
const usualTimeouts = { headersMs: 10_000, callMs: 20_000, silentMs: 30_000, betweenMs: 65_000 }

/** No body of the contract comes near it. */
const LARGEST_BODY = 64 * 1024
/** Then a connection is opened anew, so that calls spread over instances that were added. */
const CALLS_A_CONNECTION = 1000

/** The HTTP server of an instance; the caller lets it listen. */
export async function createServer(service: Service, options: ServerOptions): Promise<FastifyInstance> {
  const { origins = [] } = options
  const timeouts = { ...usualTimeouts, ...options.timeouts }
  const app = fastify({
    genReqId: newRequestId,
    bodyLimit: LARGEST_BODY,
    // Who is slow is looked for once a second.
    http: { headersTimeout: timeouts.headersMs, connectionsCheckingInterval: 1000 },
    requestTimeout: timeouts.callMs,
    connectionTimeout: timeouts.silentMs,
    keepAliveTimeout: timeouts.betweenMs,
    maxRequestsPerSocket: CALLS_A_CONNECTION,
    ...(options.trustProxy === undefined ? {} : { trustProxy: options.trustProxy }),
    clientErrorHandler: answerClientError,
    frameworkErrors(error, request, reply) {
      setHeaders(request, reply, service.clock.now())
      answerProblem(error, request, reply)
    },
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
    request.headers['accept-language'] = languageOf(request)
    setHeaders(request, reply, service.clock.now())
    refuseOdd(request)
    if (answerPreflight(request, reply, origins)) return reply.code(204).send()
    // Before a body is read: whoever is too many costs nothing. Vendors' notifications are counted too; they come again.
    const city = service.cities.find(({ id }) => id === cityIdOf(request))
    if (city === undefined) return
    refuseWhenFull(service)
    service.limits.admit(city.id, request.ip, service.clock.now())
  })
  app.addHook('onSend', async (_request, reply) => {
    if (String(reply.getHeader('content-type')).startsWith('text/html'))
      reply.header('Content-Security-Policy', pagePolicy(origins))
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
    if (answerProblem(error, request, reply))
      request.log.error({ operation: operationOf(request), err: error }, 'call failed')
    return reply
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
