import path from 'node:path'
import { openStage } from './history'

/** `tsx test/histories/tell.ts <seed> <count>`: a line of JSON for each history. Stops at the first that breaks. */
async function main([seed = '1', count = '1']: string[]): Promise<void> {
  const stage = await openStage(path.join(__dirname, '..', '..', 'sandbox', 'migrations'))
  for (let at = 0; at < Number(count); at += 1) {
    const [began, user] = [performance.now(), process.cpuUsage().user]
    const told = await stage.tell(Number(seed) + at)
    const cost = { ms: performance.now() - began, cpuMs: (process.cpuUsage().user - user) / 1000 }
    process.stdout.write(`${JSON.stringify({ seed: Number(seed) + at, ...told, ...cost })}\n`)
    if (told.broken.length > 0) break
  }
  process.exit(0)
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`)
  process.exit(1)
})
