import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import openapiGlue from 'fastify-openapi-glue'
import { drop, sendAnswer } from './answers'
import { answerCheck, operationsWithBody, readContract, securedOperations } from './contract'
import type { Context } from './core'
import type { FaultName } from './faults'
import { handlers } from './handlers'
import { problem } from './problem'
import { citizenOfToken } from './resources/sessions'
import { normaliseFields } from './typed-fields'
import { cityOf, type World } from './world'

const SLOW_MS = 8000

const cityIdOf = (request: FastifyRequest): string => {
  const { params } = request
  return typeof params === 'object' && params !== null && 'cityId' in params ? String(params.cityId) : ''
}

export const languageOf = (request: FastifyRequest): 'zh-CN' | 'en' =>
  request.headers['accept-language'] === 'en' ? 'en' : 'zh-CN'

/** All operations of the contract, under `/<city>`. */
export async function addOperations(app: FastifyInstance, world: World): Promise<void> {
  const secured = securedOperations()
  const withBody = operationsWithBody()
  const wrongWith = answerCheck()

  /** What happens before the request is even looked at: the city, its bad days, then who is asking. */
  const before = (operationId: string) => async (request: FastifyRequest, reply: FastifyReply) => {
    normaliseFields(operationId, request)
    const city = cityOf(world, cityIdOf(request))
    const place = { cityId: city.id, operationId }
    const slow = world.faults.take('slow', place)
    if (slow) await new Promise((resolve) => setTimeout(resolve, slow.delayMs ?? SLOW_MS))
    if (world.faults.take('dropped-connection', place)) return drop(reply)
    if (world.faults.take('error-500', place)) throw problem('internal')
    if (world.faults.take('busy-429', place)) throw problem('too-many-requests', { retryAfterSeconds: 5 })
    if (!secured.has(operationId)) return
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined) throw problem('unauthenticated')
    if (world.faults.take('token-expired', place)) throw problem('token-expired')
    request.citizenId = await citizenOfToken(world.database.db, city.id, token, world.clock.now())
    request.token = token
  }

  const handle = (operationId: string) => async (request: FastifyRequest, reply: FastifyReply) => {
    const handler = handlers[operationId]
    if (handler === undefined) throw new Error(`${operationId} is not implemented`)
    // Fastify validates a body by its content type; a missing one has none.
    if (withBody.has(operationId) && request.body === undefined) {
      throw problem('invalid-fields', { fields: [{ field: '', problem: 'a JSON body is needed' }] })
    }
    const city = cityOf(world, cityIdOf(request))
    const fault = (name: FaultName) => world.faults.take(name, { cityId: city.id, operationId }) !== null
    const context: Context = {
      database: world.database,
      db: world.database.db,
      world,
      city,
      cityId: city.id,
      get citizenId() {
        if (request.citizenId === '') throw problem('unauthenticated')
        return request.citizenId
      },
      token: request.token,
      language: languageOf(request),
      now: world.clock.now,
      requestId: request.id,
      fault,
    }
    const key = request.headers['idempotency-key']
    const call = {
      path: request.params,
      query: request.query,
      body: request.body,
      key: typeof key === 'string' ? key : '',
    }
    const answer = await handler(call, context)
    const wrong = wrongWith(operationId, answer.status, answer.body)
    if (wrong !== null) throw new Error(`${operationId} would break the contract: ${wrong}`)
    if (operationId === 'confirmHold' && fault('confirmation-lost')) return drop(reply)
    return sendAnswer(reply, answer, fault)
  }

  await app.register(openapiGlue, {
    specification: readContract(),
    prefix: '/:cityId(^\\d{6}$)',
    operationResolver: (operationId, method, path) => ({
      method,
      url: path.replace(/{(\w+)}/g, ':$1'),
      preValidation: before(operationId),
      handler: handle(operationId),
    }),
  })
}
