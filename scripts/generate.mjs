// Regenerates the generated code (`npm run generate`); with --check only reports whether the committed files are up to date.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { growing } from './growing.mjs'
import { levelsModule } from './levels.mjs'
import { giveUp, root, step, tool } from './setup.mjs'
import { validatorModules } from './validators.mjs'

const check = process.argv.includes('--check')
const scratch = mkdtempSync(path.join(os.tmpdir(), 'city-services-generated-'))
const wire = path.join('contract', 'wire')
const output = check ? path.join(scratch, 'wire') : wire

async function must(file, args, env) {
  const { code, output } = await step(file, args, { env })
  if (code !== 0) giveUp(output.trim() || `${args.join(' ')} failed`)
}

await must(tool('openapi-ts'), ['-f', 'scripts/openapi-ts.ts'], { WIRE_OUTPUT: output })
const contract = readFileSync(path.join(root, 'contract/openapi.yaml'), 'utf8')
const generated = path.resolve(root, output)
const validators = path.join(generated, 'valibot.gen.ts')
const modules = validatorModules(growing(readFileSync(validators, 'utf8')), contract)
rmSync(validators)
mkdirSync(path.join(generated, 'validators'))
for (const [name, code] of modules) writeFileSync(path.join(generated, 'validators', name), code)
writeFileSync(path.join(generated, 'levels.gen.ts'), levelsModule(contract))
if (check) {
  const textOf = (folder, name) => {
    const file = path.join(folder, name)
    return existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : null
  }
  const names = new Set([output, wire].flatMap((folder) => readdirSync(folder, { recursive: true })))
  const stale = [...names].filter((name) => textOf(output, name) !== textOf(wire, name))
  if (stale.length > 0)
    giveUp(`${stale.join(', ')} in ${wire} is not what contract/openapi.yaml says: npm run generate`)
}
const flags = check ? ['--check'] : []
await must(tool('tsx'), ['scripts/generate-cities.mjs', ...flags])
await must(process.execPath, ['scripts/icons.mjs', ...flags])
rmSync(scratch, { recursive: true, force: true })
