import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** A call on its way to the sound city behind, or its answer on its way back. */
export interface Sent {
  method: string
  /** Without the city's own part, with its query. */
  path: string
  token: string | null
  key: string | null
  // biome-ignore lint/suspicious/noExplicitAny: a fault changes any member of any body.
  body: any
  language: string | null
}
export interface Answer {
  status: number
  type: string
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  body: any
}

export type Forward = (sent: Sent) => Promise<Answer>
/** One rule broken: what is done instead of passing a call on. `forward` asks the sound city. */
export type Fault = (sent: Sent, forward: Forward) => Promise<Answer>

/** A city with one fault in front of a sound one, over HTTP. */
export async function startFaultyCity(base: string, fault: Fault): Promise<{ base: string; close(): Promise<void> }> {
  const forward: Forward = async ({ method, path, token, key, body, language }) => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: {
        ...(token !== null && { Authorization: `Bearer ${token}` }),
        ...(key !== null && { 'Idempotency-Key': key }),
        ...(body !== null && { 'Content-Type': 'application/json' }),
        ...(language !== null && { 'Accept-Language': language }),
      },
      ...(body !== null && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const type = answer.headers.get('Content-Type')?.split(';')[0] ?? ''
    return { status: answer.status, type, body: text === '' ? null : JSON.parse(text) }
  }
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', async () => {
      const text = Buffer.concat(parts).toString()
      const { authorization, 'idempotency-key': key, 'accept-language': language } = request.headers
      const sent: Sent = {
        method: request.method ?? 'GET',
        path: request.url ?? '/',
        token: authorization?.replace('Bearer ', '') ?? null,
        key: typeof key === 'string' ? key : null,
        body: text === '' ? null : JSON.parse(text),
        language: language ?? null,
      }
      const { status, type, body } = await fault(sent, forward)
      response.writeHead(status, { 'X-Request-Id': 'req-faulty', ...(type !== '' && { 'Content-Type': type }) })
      response.end(body === null ? '' : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
