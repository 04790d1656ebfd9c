import http, { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Loopback {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  readonly requests: ReceivedRequest[]
  /** How many clients hung up before they had a response. */
  hangUps(): number
  close(): Promise<void>
}

/** A real HTTP server on a free port of this machine, open to pages of any origin. */
export async function startLoopback(
  answer: (request: ReceivedRequest, response: ServerResponse) => void = (_, response) => response.end('{}'),
): Promise<Loopback> {
  const requests: ReceivedRequest[] = []
  let hangUps = 0
  const server = createServer(async (incoming, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*')
    response.setHeader('access-control-allow-methods', 'GET, POST, PUT, DELETE')
    response.setHeader('access-control-expose-headers', 'date, retry-after, x-request-id')
    if (incoming.method === 'OPTIONS') return response.writeHead(204).end()
    response.on('close', () => {
      if (!response.writableFinished) hangUps += 1
    })
    const request = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: await readText(incoming),
    }
    requests.push(request)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    hangUps: () => hangUps,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export interface WireAnswer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly text: string
}

/** One HTTP exchange, as text: what every phone's request uses. Returns how to abort it. */
export function sendOverWire(
  request: { method: string; url: string; headers: Record<string, string>; body?: string | undefined },
  answered: (answer: WireAnswer) => void,
  failed: (reason: string) => void,
): () => void {
  const size = request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }
  const headers = { ...request.headers, ...size }
  const outgoing = http.request(request.url, { method: request.method, headers, agent: false }, (incoming) => {
    readText(incoming).then(
      (text) => answered({ status: incoming.statusCode ?? 0, headers: written(incoming.rawHeaders), text }),
      (error) => failed(String(error)),
    )
  })
  outgoing.on('error', (error) => failed(String(error)))
  outgoing.end(request.body)
  return () => outgoing.destroy()
}

/** Names as the server wrote them: phones do not change their case. */
function written(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let at = 0; at < raw.length; at += 2) headers[String(raw[at])] = String(raw[at + 1])
  return headers
}

async function readText(incoming: IncomingMessage): Promise<string> {
  incoming.setEncoding('utf8')
  let text = ''
  for await (const part of incoming) text += part
  return text
}
