import { StartError } from '../city/start-error'
import { type Sandbox, startSandbox } from './start'

const PORT = 4180

function port(text: string | undefined): number {
  if (!text) return PORT
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new StartError(`SANDBOX_PORT=${text} is no port`)
  return Number(text)
}

/** `tsx sandbox/main.ts`: SANDBOX_PORT, DATABASE_URL, SANDBOX_DEMO=1, SANDBOX_FRESH=1, SANDBOX_DATA (a folder). Its data is kept. */
async function main(): Promise<void> {
  let sandbox: Sandbox | null = null
  let closing = false
  const stop = () => {
    if (closing) return
    closing = true
    // Nothing was served yet: what was begun is taken away as the process leaves.
    if (!sandbox) process.exit(143)
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)

  sandbox = await startSandbox({
    port: port(process.env.SANDBOX_PORT),
    databaseUrl: process.env.DATABASE_URL || undefined,
    docs: true,
    keep: true,
    fresh: process.env.SANDBOX_FRESH === '1',
    dataDir: process.env.SANDBOX_DATA || undefined,
    demo: process.env.SANDBOX_DEMO === '1',
  })
  const { address, token } = sandbox
  const control = `control at ${address}/control/?token=${token}`
  process.stdout.write(`Sandbox cities at ${address}, API documentation at ${address}/docs/, ${control}\n`)
}

main().catch((error: unknown) => {
  const known = error instanceof Error && error.name === 'StartError'
  const said = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error)
  process.stderr.write(`${said}\n`)
  process.exit(1)
})
