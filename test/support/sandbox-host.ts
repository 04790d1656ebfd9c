import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { startEmbeddedPostgres } from '../../sandbox/embedded'
import { startSandbox } from '../../sandbox/start'

/**
 * One process for all test files: one PostgreSQL, and a sandbox with its own schema for each request. A sandbox lives
 * as long as the response with its address stays open, so a test process that dies leaves nothing behind.
 */
const IDLE_MS = 15_000

type SandboxOptions = { startAt?: string; demo?: boolean; strangers?: boolean; databaseOnly?: boolean }

async function main(file: string): Promise<void> {
  const embedded = process.env.DATABASE_URL ? null : await startEmbeddedPostgres()
  const databaseUrl = process.env.DATABASE_URL || embedded?.databaseUrl || ''
  let open = 0
  let idle = setTimeout(leave, IDLE_MS)

  async function leave() {
    rmSync(file, { force: true })
    server.close()
    server.closeAllConnections()
    await embedded?.stop()
    process.exit(0)
  }

  const server = http.createServer((request, response) => {
    if (request.url === '/ping') return response.end('here')
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      const options: SandboxOptions = JSON.parse(text)
      open += 1
      clearTimeout(idle)
      const schema = `sandbox_${randomBytes(6).toString('hex')}`
      const starting = options.databaseOnly
        ? Promise.resolve({ address: databaseUrl, token: '', close: async () => undefined })
        : startSandbox({
            port: 0,
            databaseUrl,
            schema,
            demo: options.demo ?? false,
            anybodyHolds: !options.strangers,
            ...(options.startAt ? { startAt: new Date(options.startAt) } : {}),
          })
      response.on('close', () => {
        starting
          .then((sandbox) => sandbox.close())
          .catch(() => undefined)
          .then(() => {
            open -= 1
            if (open === 0) idle = setTimeout(leave, IDLE_MS)
          })
      })
      starting.then(
        ({ address, token }) => response.write(`${JSON.stringify({ address, token, schema })}\n`),
        (error: Error) => response.end(`${JSON.stringify({ error: error.message })}\n`),
      )
    })
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (typeof address === 'object' && address !== null) writeFileSync(file, JSON.stringify({ port: address.port }))
  })
}

const file = process.argv[2] ?? ''
main(file).catch((error: Error) => {
  writeFileSync(file, JSON.stringify({ error: error.message }))
  setTimeout(() => {
    rmSync(file, { force: true })
    process.exit(1)
  }, 2000)
})
