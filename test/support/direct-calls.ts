import { handlers } from '../../city/handlers'
import type { Context } from '../../city/http/operation'
import { isProblem, problemDocument } from '../../city/http/problem'
import { cityOf, type Service } from '../../city/service'
import { readContract } from '../../contract/check'
import { newKey, type Reply } from './booking'

const routes = Object.entries(readContract().paths).flatMap(([template, methods]) =>
  Object.entries(methods).map(([method, { operationId }]) => ({
    method: method.toUpperCase(),
    operationId,
    pattern: new RegExp(`^${template.replace(/{(\w+)}/g, '(?<$1>[^/]+)')}$`),
  })),
)

/**
 * A signed-in citizen's calls without network, session and validation, for many thousands of them: `get` and `send` are those of
 * `signIn`, and the operations are the city's own.
 */
export function directCalls(service: Service, cityId: string, citizenId: string) {
  async function call<Body>(method: string, path: string, body?: unknown, key = newKey()): Promise<Reply<Body>> {
    const { pathname, searchParams } = new URL(path, 'http://city')
    const route = routes.find((each) => each.method === method && each.pattern.test(pathname))
    const handler = handlers[route?.operationId ?? '']
    if (route === undefined || handler === undefined) throw new Error(`${method} ${path}`)
    const query = Object.fromEntries([...searchParams].map(([name, value]) => [name, value === 'true' ? true : value]))
    const context: Context = {
      ...{ service, cityId, citizenId, token: '', language: 'zh-CN', requestId: '', address: '' },
      ...{ database: service.database, db: service.database.db, city: cityOf(service, cityId) },
      canAsk: () => false,
      now: service.clock.now,
    }
    try {
      const answer = await handler({ path: { ...route.pattern.exec(pathname)?.groups }, query, body, key }, context)
      return { status: answer.status, body: answer.body as Body, problem: null, requestId: '' }
    } catch (error) {
      if (!isProblem(error)) throw error
      const document = problemDocument(error, '', 'zh-CN')
      return { status: document.status, body: document as Body, problem: document, requestId: '' }
    }
  }
  return {
    get: <Body>(path: string) => call<Body>('GET', path),
    send: <Body>(path: string, body?: unknown, key?: string, method = 'POST') => call<Body>(method, path, body, key),
  }
}
