import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import openapiGlue from 'fastify-openapi-glue'
import { answerCheck, operationsWithBody, readContract, securedOperations } from '../../contract/check'
import { levelOfOperation } from '../../contract/wire/levels.gen'
import { citizenOfToken } from '../citizens/sessions'
import { needLevel } from '../citizens/verification-levels'
import { handlers } from '../handlers'
import { cityOf, type Service } from '../service'
import { type CallKind, kindOf } from './call-limits'
import { languageOf } from './errors'
import type { Context } from './operation'
import { problem } from './problem'
import { normaliseFields } from './typed-fields'

export const cityIdOf = (request: FastifyRequest): string => {
  const { params } = request
  return typeof params === 'object' && params !== null && 'cityId' in params ? String(params.cityId) : ''
}

/** All operations of the contract, under `/<city>`. */
export async function addOperations(app: FastifyInstance, service: Service): Promise<void> {
  const secured = securedOperations()
  const withBody = operationsWithBody()
  const wrongWith = answerCheck()

  /** Who calls, and how often. */
  const before = (operationId: string, kind: CallKind) => async (request: FastifyRequest) => {
    normaliseFields(operationId, request)
    const city = cityOf(service, cityIdOf(request))
    if (secured.has(operationId)) await signedIn(city.id, request)
    await service.limits.take(city.id, kind, { citizenId: request.citizenId, address: request.ip }, service.clock.now())
  }

  const signedIn = async (cityId: string, request: FastifyRequest) => {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined) throw problem('unauthenticated')
    request.citizenId = await citizenOfToken(service.database.db, cityId, token, service.clock.now())
    request.token = token
  }

  const handle = (operationId: string) => async (request: FastifyRequest, reply: FastifyReply) => {
    const handler = handlers[operationId]
    if (handler === undefined) throw new Error(`${operationId} is not implemented`)
    // Fastify validates a body by its content type; a missing one has none.
    if (withBody.has(operationId) && request.body === undefined) {
      throw problem('invalid-fields', { fields: [{ field: '', problem: 'a JSON body is needed' }] })
    }
    const city = cityOf(service, cityIdOf(request))
    const context: Context = {
      database: service.database,
      db: service.database.db,
      service,
      city,
      cityId: city.id,
      get citizenId() {
        if (request.citizenId === '') throw problem('unauthenticated')
        return request.citizenId
      },
      token: request.token,
      language: languageOf(request),
      canAsk: (what) =>
        String(request.headers['can-ask'] ?? '')
          .split(/, */)
          .includes(what),
      now: service.clock.now,
      requestId: request.id,
      address: request.ip,
    }
    const key = request.headers['idempotency-key']
    const call = {
      path: request.params,
      query: request.query,
      body: request.body,
      key: typeof key === 'string' ? key : '',
    }
    await needLevel(context.db, context, levelOfOperation[operationId])
    const answer = await handler(call, context)
    const wrong = wrongWith(operationId, answer.status, answer.body)
    if (wrong !== null) throw new Error(`${operationId} would break the contract: ${wrong}`)
    return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.body)
  }

  await app.register(openapiGlue, {
    specification: readContract(),
    prefix: '/:cityId(^\\d{6}$)',
    operationResolver: (operationId, method, path) => ({
      method,
      url: path.replace(/{(\w+)}/g, ':$1'),
      config: { operationId },
      preValidation: before(operationId, kindOf(operationId, method)),
      handler: handle(operationId),
    }),
  })
}
