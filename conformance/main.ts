import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Profile } from './check'
import { pageReport } from './page'
import { jsonReport, junitReport, textReport } from './reports'
import { exitCodeOf, run } from './run'
import { openTarget } from './target'

const usage = `npm run conformance -- <address of a city> [options]

  --profile bills,payments   what to test beside the core: bills, payments, booking; all without it
  --stage <address>          the city's test stage, see conformance/target.ts
  --token <text>             its token
  --host <name>              the host whose codes test citizens sign in with; preview without it
  --code <text>              a test citizen's code, with {who} in it; preview-{who} without it
  --cashier <name>           the cashier that the test stage plays; till without it
  --html <file>, --json <file>, --junit <file>   further reports

Leaves with 0 when every must is kept, 1 when one is not or could not be tested, 2 when the kit itself failed.
`

const profiles: readonly Profile[] = ['bills', 'payments', 'booking']
const isProfile = (text: string): text is Profile => profiles.includes(text as Profile)

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      profile: { type: 'string' },
      stage: { type: 'string' },
      token: { type: 'string', default: '' },
      host: { type: 'string' },
      code: { type: 'string' },
      cashier: { type: 'string' },
      html: { type: 'string' },
      json: { type: 'string' },
      junit: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  const [address] = positionals
  if (values.help || address === undefined) {
    process.stdout.write(usage)
    return values.help ? 0 : 2
  }
  const wanted = values.profile?.split(',') ?? [...profiles]
  const unknown = wanted.find((name) => !isProfile(name))
  if (unknown !== undefined) throw new Error(`there is no profile ${unknown}: ${profiles.join(', ')}`)
  const { stage, token, host, code, cashier } = values
  if (cashier !== undefined && cashier !== 'wechat' && cashier !== 'alipay' && cashier !== 'till')
    throw new Error(`there is no cashier ${cashier}`)
  const target = await openTarget({
    base: address.replace(/\/$/, ''),
    ...(host !== undefined && { host }),
    ...(code !== undefined && { code }),
    ...(cashier !== undefined && { cashier }),
    ...(stage !== undefined && { stage: { address: stage.replace(/\/$/, ''), token } }),
  })
  const result = await run(target, {
    profiles: wanted.filter(isProfile),
    onCheck: (check, at, of) => process.stderr.write(`${at + 1}/${of} ${check.title}\n`),
  })
  process.stdout.write(textReport(result))
  if (values.html !== undefined) writeFileSync(values.html, pageReport(result))
  if (values.json !== undefined) writeFileSync(values.json, jsonReport(result))
  if (values.junit !== undefined) writeFileSync(values.junit, junitReport(result))
  return exitCodeOf(result)
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  },
)
