import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { FaultName } from '../../sandbox/faults'
import { startTestSandbox, type TestSandbox } from './sandbox'

/** One request that a phone made to a city. */
export interface Asked {
  readonly method: string
  /** Below the sandbox: `/330100/bills?…`. */
  readonly path: string
  /** 0 when the connection ended without an answer. */
  status: number
  /** When it came, by this machine's clock. */
  readonly atMs: number
}

export interface Fault {
  readonly name: FaultName
  readonly cityId?: string
  readonly operationId?: string
  readonly times?: number
  readonly delayMs?: number
  readonly on?: boolean
}

export interface Preview {
  /** `http://127.0.0.1:<port>`; the built preview is at `/`, the cities below `/sandbox`. */
  readonly address: string
  readonly sandbox: TestSandbox
  /** What phones asked the cities, in order. Tests empty it where they begin to count. */
  readonly asked: Asked[]
  /** While true, cities can not be reached: as on a phone without network, whose app is there all the same. */
  cut: boolean
  fault(fault: Fault): Promise<void>
  noFaults(): Promise<void>
  /** Time passes in the cities. */
  pass(seconds: number): Promise<void>
  close(): Promise<void>
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
}

const root = path.join(__dirname, '../..')

/** Where the preview was built to: `PREVIEW_DIST`, or what the step `preview` of `npm test` leaves. */
export const previewFolder = (): string => path.resolve(root, process.env.PREVIEW_DIST ?? 'dist/h5')

/** Serves the built preview, with a sandbox of its own behind it: one origin, as behind a city's gateway. */
export async function startPreview(options: { startAt?: string; demo?: boolean } = {}): Promise<Preview> {
  const folder = previewFolder()
  if (!existsSync(path.join(folder, 'index.html')))
    throw new Error(`There is no preview in ${folder}: run \`npm test -- preview\` first`)
  const sandbox = await startTestSandbox(options)
  const asked: Asked[] = []

  const server = createServer((incoming, response) => {
    const url = incoming.url ?? '/'
    if (!url.startsWith('/sandbox/')) return sendFile(folder, url, response)
    const entry: Asked = {
      method: incoming.method ?? '',
      path: url.slice('/sandbox'.length),
      status: 0,
      atMs: Date.now(),
    }
    asked.push(entry)
    if (preview.cut) return void incoming.socket.destroy()
    passOn(sandbox.address, entry, incoming, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const preview: Preview = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sandbox,
    asked,
    cut: false,
    async fault(fault) {
      await sandbox.control('PUT', '/faults', fault)
    },
    async noFaults() {
      await sandbox.control('DELETE', '/faults')
    },
    async pass(seconds) {
      await sandbox.control('POST', '/clock', { advanceSeconds: seconds })
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await sandbox.close()
    },
  }
  return preview
}

function sendFile(folder: string, url: string, response: ServerResponse): void {
  const asked = decodeURIComponent(url.split(/[?#]/)[0] ?? '/')
  const file = path.join(folder, asked === '/' ? 'index.html' : asked)
  if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' })
  createReadStream(file).pipe(response)
}

/** Hands a request on as it is, and the answer back as it comes; a connection that drops there drops here. */
function passOn(to: string, entry: Asked, incoming: IncomingMessage, response: ServerResponse): void {
  const drop = () => response.socket?.destroy()
  const onward = request(
    `${to}${entry.path}`,
    { method: entry.method, headers: incoming.headers, agent: false },
    (answer) => {
      entry.status = answer.statusCode ?? 0
      // Browsers repeat by themselves what failed on a connection used before; then a fault would go unseen.
      response.writeHead(entry.status, { ...answer.headers, connection: 'close' })
      answer.on('error', drop)
      answer.pipe(response)
    },
  )
  onward.on('error', drop)
  response.on('close', () => onward.destroy())
  incoming.pipe(onward)
}
