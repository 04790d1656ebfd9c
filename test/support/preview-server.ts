import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { FaultName } from '../../sandbox/faults'
import { startTestSandbox, type TestSandbox } from './sandbox'

/** A phone's request to a city. */
export interface CityRequest {
  readonly method: string
  /** Below the sandbox: `/330100/bills?…`. */
  readonly path: string
  /** 0 when the connection ended without a response. */
  status: number
  /** When it arrived, by this machine's clock. */
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
  /** The phones' requests, in order. Tests empty it where they begin to count. */
  readonly requests: CityRequest[]
  /** True cuts the cities off, as on a phone without network; the app itself is still served. */
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

/** The built preview: `PREVIEW_DIST`, or the output of the step `preview` of `npm test`. */
export const previewFolder = (): string => path.resolve(root, process.env.PREVIEW_DIST ?? 'dist/h5')

/** Serves the built preview and its own sandbox from one origin, as a city's gateway would. */
export async function startPreview(options: { startAt?: string; demo?: boolean } = {}): Promise<Preview> {
  const folder = previewFolder()
  if (!existsSync(path.join(folder, 'index.html')))
    throw new Error(`There is no preview in ${folder}: run \`npm test -- preview\` first`)
  const sandbox = await startTestSandbox(options)
  const requests: CityRequest[] = []

  const server = createServer((incoming, response) => {
    const url = incoming.url ?? '/'
    if (!url.startsWith('/sandbox/')) return sendFile(folder, url, response)
    const entry: CityRequest = {
      method: incoming.method ?? '',
      path: url.slice('/sandbox'.length),
      status: 0,
      atMs: Date.now(),
    }
    requests.push(entry)
    if (preview.cut) return void incoming.socket.destroy()
    passOn(sandbox.address, entry, incoming, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const preview: Preview = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sandbox,
    requests,
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
  const name = decodeURIComponent(url.split(/[?#]/)[0] ?? '/')
  const file = path.join(folder, name === '/' ? 'index.html' : name)
  if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' })
  createReadStream(file).pipe(response)
}

/** Proxies a request unchanged and streams its response; a connection dropped by the city is dropped here. */
function passOn(to: string, entry: CityRequest, incoming: IncomingMessage, response: ServerResponse): void {
  const drop = () => response.socket?.destroy()
  const onward = request(
    `${to}${entry.path}`,
    { method: entry.method, headers: incoming.headers, agent: false },
    (upstream) => {
      entry.status = upstream.statusCode ?? 0
      // A browser repeats a request that failed on a reused connection by itself, and the fault would go unseen.
      response.writeHead(entry.status, { ...upstream.headers, connection: 'close' })
      upstream.on('error', drop)
      upstream.pipe(response)
    },
  )
  onward.on('error', drop)
  response.on('close', () => onward.destroy())
  incoming.pipe(onward)
}
