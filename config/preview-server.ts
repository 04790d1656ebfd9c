import { type IncomingMessage, request, type ServerResponse } from 'node:http'

/**
 * The preview's dev server is the one address that a browser needs: `/sandbox/…` is the sandbox, `/preview/…` its control
 * page with phones beside it. So a phone in the same network reaches all of it, and the page may look into the phones' frames.
 */

type Next = (error?: unknown) => void

/** Answers what belongs to the sandbox at `address`, and leaves the rest to the dev server. */
export function towardsSandbox(address: string) {
  return (incoming: IncomingMessage, response: ServerResponse, next: Next): void => {
    const url = incoming.url ?? '/'
    if (/^\/preview(\?|$)/.test(url)) {
      response.writeHead(302, { location: url.replace('/preview', '/preview/') }).end()
      return
    }
    if (url.startsWith('/sandbox/')) passOn(address + url.slice('/sandbox'.length), incoming, response)
    else if (url.startsWith('/preview/')) passOn(address + url.replace('/preview', '/control'), incoming, response)
    else next()
  }
}

/** Hands a request on as it is, and the answer back as it comes; a connection that drops there drops here. */
function passOn(to: string, incoming: IncomingMessage, response: ServerResponse): void {
  const drop = () => void response.socket?.destroy()
  const from = [incoming.headers['x-forwarded-for'], incoming.socket.remoteAddress].filter(Boolean).join(', ')
  const headers = { ...incoming.headers, 'x-forwarded-for': from }
  const onward = request(to, { method: incoming.method, headers, agent: false }, (answer) => {
    // Browsers repeat by themselves what failed on a connection used before; then a fault would go unseen.
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, connection: 'close' })
    answer.on('error', drop)
    answer.pipe(response)
  })
  onward.on('error', drop)
  response.on('close', () => onward.destroy())
  incoming.pipe(onward)
}
