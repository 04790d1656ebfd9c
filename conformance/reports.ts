import { repeatLine } from './call'
import type { Verdict } from './check'
import { exitCodeOf, type MustResult, type Result } from './run'

const signs: Record<Verdict, string> = { pass: '✓', fail: '✗', skip: '?', omit: '–' }
const counted = (result: Result) =>
  Object.fromEntries(
    (['pass', 'fail', 'skip', 'omit'] as const).map((verdict) => [
      verdict,
      result.musts.filter((one) => one.verdict === verdict).length,
    ]),
  )

/** `ERROR` of a must, `WARNING` of a should. */
const weightOf = ({ must }: MustResult) => (must.level === 'must' ? 'ERROR' : 'WARNING')

/** For a terminal. */
export function textReport(result: Result): string {
  const lines = [
    `${result.city.name} (${result.city.id}) at ${result.city.base}: ${result.calls} calls in ${result.seconds} s`,
    '',
  ]
  for (const one of result.musts) {
    lines.push(`${signs[one.verdict]} ${one.must.id.padEnd(22)} ${one.must.says}`)
    if (one.why) lines.push(`    ${one.verdict}: ${one.why}`)
    for (const { expected, got, exchange } of one.findings)
      lines.push(
        `    ${weightOf(one)} expected ${expected}`,
        `      got ${got}`,
        ...(exchange
          ? [
              `      again: ${repeatLine(exchange)}`,
              ...(exchange.requestId ? [`      request ${exchange.requestId}`] : []),
            ]
          : []),
      )
  }
  const { pass, fail, skip, omit } = counted(result)
  lines.push('', `${pass} kept, ${fail} broken, ${skip} could not be tested, ${omit} not offered`)
  if (result.ownFaults.length > 0) lines.push('', 'Faults of the kit itself, not of the city:', ...result.ownFaults)
  return `${lines.join('\n')}\n`
}

/** For the next run and for scripts. Tokens are left out: a report is passed on. */
export function jsonReport(result: Result): string {
  const musts = result.musts.map(({ must, verdict, why, cases, findings }) => ({
    ...must,
    verdict,
    why,
    cases,
    findings: findings.map(({ expected, got, exchange }) => ({
      expected,
      got,
      ...(exchange && { again: repeatLine(exchange), status: exchange.status, requestId: exchange.requestId }),
    })),
  }))
  return `${JSON.stringify({ ...result, verdict: exitCodeOf(result) === 0 ? 'pass' : 'fail', musts }, null, 2)}\n`
}

const marked = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** For a build server. */
export function junitReport(result: Result): string {
  const { fail, skip } = counted(result)
  const cases = result.musts.map((one) => {
    const open = `<testcase classname="${one.must.profile}" name="${marked(one.must.id)}">`
    const body =
      one.verdict === 'fail'
        ? one.findings
            .map(
              ({ expected, got }) =>
                `<failure type="${weightOf(one)}" message="${marked(expected)}">${marked(got)}</failure>`,
            )
            .join('')
        : one.verdict === 'skip'
          ? `<failure type="${weightOf(one)}" message="could not be tested">${marked(one.why ?? '')}</failure>`
          : one.verdict === 'omit'
            ? `<skipped message="${marked(one.why ?? '')}"/>`
            : ''
    return `  ${open}${body}</testcase>`
  })
  const faults = result.ownFaults.map(
    (fault) => `  <testcase classname="kit" name="own fault"><error>${marked(fault)}</error></testcase>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="City Service API, ${marked(result.city.id)}" tests="${cases.length}" failures="${(fail ?? 0) + (skip ?? 0)}" errors="${faults.length}" time="${result.seconds}">\n${[...cases, ...faults].join('\n')}\n</testsuite>\n`
}
