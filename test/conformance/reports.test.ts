import type { Exchange } from '../../conformance/call'
import { musts } from '../../conformance/musts'
import { pageReport } from '../../conformance/page'
import { jsonReport, junitReport, textReport } from '../../conformance/reports'
import type { MustResult, Result } from '../../conformance/run'

const [first, second, third] = musts
if (!first || !second || !third) throw new Error('there are no musts')

const exchange: Exchange = {
  ask: { method: 'POST', path: '/holds', token: 'v1.secret', key: 'k-1', body: { itemId: "it's" } },
  url: 'https://city.example/holds',
  status: 500,
  type: 'text/html',
  requestId: 'req-1',
  text: '<h1>"no"</h1>',
  body: undefined,
  problem: null,
}
const one = (result: Partial<MustResult> & Pick<MustResult, 'must' | 'verdict'>): MustResult => ({
  why: null,
  cases: 1,
  findings: [],
  ...result,
})
const result: Result = {
  city: { id: '330100', name: '杭州', base: 'https://city.example' },
  began: '2026-11-23T10:00:00.000Z',
  seconds: 1.5,
  calls: 3,
  ownFaults: ['a check: it threw <this>'],
  musts: [
    one({
      must: first,
      verdict: 'fail',
      findings: [{ must: first.id, expected: 'a & b', got: '<h1>"no"</h1>', exchange }],
    }),
    one({ must: second, verdict: 'skip', why: 'the test stage has no clock' }),
    one({ must: third, verdict: 'omit', why: 'the manifest does not offer it' }),
  ],
}

test('a report says what the contract says, what was expected, what came, and how to see it again', () => {
  const text = textReport(result)
  for (const part of [first.says, 'a & b', '<h1>"no"</h1>', 'req-1', 'the test stage has no clock'])
    expect(text).toContain(part)
  expect(text).toContain(`curl -i -X POST -H "Authorization: Bearer $TOKEN"`)
  expect(text).toContain(`'{"itemId":"it'\\''s"}' 'https://city.example/holds'`)
  expect(text).toContain('0 kept, 1 broken, 1 could not be tested, 1 not offered')
})

test('faults of the kit stand apart from those of the city', () => {
  expect(textReport(result).split('Faults of the kit itself')[1]).toContain('it threw <this>')
  expect(junitReport(result)).toContain(
    '<testcase classname="kit" name="own fault"><error>a check: it threw &#60;this&#62;</error>',
  )
})

test('the page for people says its verdict first, needs nothing beside itself, and shows what came as text', () => {
  const page = pageReport(result)
  expect(page).toContain('The kit itself failed')
  expect(pageReport({ ...result, ownFaults: [] })).toContain('breaks 1 of the contract’s musts')
  expect(page).not.toMatch(/<script|<link|src=|url\(/)
  expect(page).not.toContain('<h1>"no"</h1>')
  expect(page).toContain('&#60;h1&#62;&#34;no&#34;&#60;/h1&#62;')
})

test('no token stands in any report', () => {
  for (const report of [textReport, jsonReport, junitReport, pageReport])
    expect(report(result)).not.toContain('v1.secret')
})

test('the report for build servers counts what could not be tested as failed, and is well formed', () => {
  const junit = junitReport(result)
  expect(junit).toContain('tests="3" failures="2" errors="1"')
  expect(new Tags(junit).faults).toEqual([])
})

/** Tags that do not close, as far as a report has any. */
class Tags {
  readonly faults: string[] = []
  constructor(xml: string) {
    const open: string[] = []
    for (const [, closing, name, , selfClosing] of xml.matchAll(/<(\/?)([a-z]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/g)) {
      if (closing) {
        if (open.pop() !== name) this.faults.push(`</${name}>`)
      } else if (!selfClosing && name) open.push(name)
    }
    if (open.length > 0) this.faults.push(...open)
    if (xml.replace(/<[^<>]*>/g, '').includes('<')) this.faults.push('a bare <')
  }
}
