// Regenerates the generated code (`npm run generate`); with --check only reports whether the committed files are up to date.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { growing } from './growing.mjs'
import { levelsModule } from './levels.mjs'
import { giveUp, root, step, tool } from './setup.mjs'

const check = process.argv.includes('--check')
const scratch = mkdtempSync(path.join(os.tmpdir(), 'city-services-generated-'))
const wire = path.join('contract', 'wire')
const output = check ? path.join(scratch, 'wire') : wire

async function must(file, args, env) {
  const { code, output } = await step(file, args, { env })
  if (code !== 0) giveUp(output.trim() || `${args.join(' ')} failed`)
}

await must(tool('openapi-ts'), ['-f', 'scripts/openapi-ts.ts'], { WIRE_OUTPUT: output })
const validators = path.resolve(root, output, 'valibot.gen.ts')
writeFileSync(validators, growing(readFileSync(validators, 'utf8')))
const contract = readFileSync(path.join(root, 'contract/openapi.yaml'), 'utf8')
writeFileSync(path.resolve(root, output, 'levels.gen.ts'), levelsModule(contract))
if (check) {
  const stale = readdirSync(output).filter(
    (name) => readFileSync(path.join(output, name), 'utf8') !== readFileSync(path.join(root, wire, name), 'utf8'),
  )
  if (stale.length > 0)
    giveUp(`${stale.join(', ')} in ${wire} is not what contract/openapi.yaml says: npm run generate`)
}
const flags = check ? ['--check'] : []
await must(tool('tsx'), ['scripts/generate-cities.mjs', ...flags])
await must(process.execPath, ['scripts/icons.mjs', ...flags])
rmSync(scratch, { recursive: true, force: true })
