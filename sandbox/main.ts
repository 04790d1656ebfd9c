import { usualLimits } from '../city/http/call-limits'
import { createLog } from '../city/log'
import { endOnSignals } from '../city/start'
import { StartError } from '../city/start-error'
import { type Sandbox, startSandbox } from './start'

const PORT = 4180

function port(text: string | undefined): number {
  if (!text) return PORT
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new StartError(`SANDBOX_PORT=${text} is no port`)
  return Number(text)
}

/**
 * `tsx sandbox/main.ts`: SANDBOX_PORT, DATABASE_URL, SANDBOX_DEMO=1, SANDBOX_FRESH=1, SANDBOX_DATA (a folder),
 * SANDBOX_WATCH_PORT (liveness, readiness, metrics), SANDBOX_LOG=json. Its data is kept.
 */
async function main(): Promise<void> {
  let sandbox: Sandbox | null = null
  // Nothing was served yet: what was begun is taken away as the process leaves.
  endOnSignals(async () => (sandbox ? sandbox.close() : process.exit(143)))

  sandbox = await startSandbox({
    port: port(process.env.SANDBOX_PORT),
    ...(process.env.SANDBOX_WATCH_PORT && { watchPort: port(process.env.SANDBOX_WATCH_PORT) }),
    ...(process.env.SANDBOX_LOG === 'json' && { log: createLog('json') }),
    databaseUrl: process.env.DATABASE_URL || undefined,
    docs: true,
    limits: usualLimits,
    vendors: 'protocol',
    keep: true,
    fresh: process.env.SANDBOX_FRESH === '1',
    dataDir: process.env.SANDBOX_DATA || undefined,
    demo: process.env.SANDBOX_DEMO === '1',
  })
  const { address, token, watchAddress } = sandbox
  const control = `control at ${address}/control/?token=${token}`
  process.stdout.write(`Sandbox cities at ${address}, API documentation at ${address}/docs/, ${control}\n`)
  if (watchAddress) process.stdout.write(`Watched at ${watchAddress}\n`)
}

main().catch((error: unknown) => {
  const known = error instanceof Error && error.name === 'StartError'
  const said = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error)
  process.stderr.write(`${said}\n`)
  process.exit(1)
})
