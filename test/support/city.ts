import type { ServerResponse } from 'node:http'
import { type CityId, readCityId } from '@/domain/ids'
import { isServiceError, type ServiceError } from '@/services/errors'
import { session } from './contract-examples'
import { type Loopback, type ReceivedRequest, startLoopback } from './loopback'

export const hangzhou = cityId('330100')

export function cityId(text: string): CityId {
  const id = readCityId(text)
  if (id === null) throw new Error(`${text} is no city`)
  return id
}

export function sendJson(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}) {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  response.writeHead(status, { 'content-type': type, 'x-request-id': 'req-1', ...headers }).end(JSON.stringify(body))
}

const open: Loopback[] = []
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())))

/** Closes by itself after the test. */
export async function startServer(
  answer: (request: ReceivedRequest, response: ServerResponse) => void,
): Promise<Loopback> {
  const server = await startLoopback(answer)
  open.push(server)
  return server
}

/** A city that signs everybody in and leaves the rest to `answer`. */
export async function startCity(
  answer: (request: ReceivedRequest, response: ServerResponse, times: number) => void,
): Promise<Loopback & { requestsTo: (path: string) => ReceivedRequest[] }> {
  let tokens = 0
  const loopback: Loopback = await startServer((request, response) => {
    if (request.path === '/sessions') {
      tokens += 1
      return sendJson(response, 201, session(`token-${tokens}`))
    }
    answer(request, response, loopback.requests.filter((other) => other.path === request.path).length)
  })
  return { ...loopback, requestsTo: (path) => loopback.requests.filter((other) => other.path === path) }
}

/** The error of a call that fails. */
export async function failureOf(call: Promise<unknown>): Promise<ServiceError> {
  const thrown = await call.then(
    () => null,
    (error: unknown) => error,
  )
  if (!isServiceError(thrown)) throw new Error(`no ServiceError: ${String(thrown)}`)
  return thrown
}
