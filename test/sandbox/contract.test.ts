import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { numberProblem } from '../../city/billing/check-digit'
import { handlers } from '../../city/handlers'
import { problem, problemDocument } from '../../city/http/problem'
import { answerCheck } from '../../contract/check'
import type { ProblemCode } from '../../contract/wire/types.gen'
import { accountSeeds, fullNumber } from '../../sandbox/seed/accounts'
import { cities } from '../../sandbox/seed/cities'

type Example = { value?: unknown; $ref?: string }
type Response = { $ref?: string; content?: Record<string, { examples?: Record<string, Example> }> }
type Operation = { operationId: string; responses: Record<string, Response> }

const contract = parse(readFileSync(path.join(__dirname, '../../contract/openapi.yaml'), 'utf8'))

const operations: Operation[] = Object.values<Record<string, Operation>>(contract.paths)
  .flatMap((methods) => Object.values(methods))
  .filter((each) => each.operationId)

const codes: ProblemCode[] = contract.components.schemas.ProblemCode.enum

test('every example of an answer in the contract is valid by the contract', () => {
  const check = answerCheck()
  let seen = 0
  for (const { operationId, responses } of operations) {
    for (const [status, response] of Object.entries(responses)) {
      const examples = response.content?.['application/json']?.examples ?? {}
      for (const [name, { value, $ref }] of Object.entries(examples)) {
        const body = value ?? contract.components.examples[$ref?.split('/').pop() ?? ''].value
        expect([operationId, name, check(operationId, Number(status), body)]).toEqual([operationId, name, null])
        seen += 1
      }
    }
  }
  expect(seen).toBeGreaterThan(45)
})

test('every example of a problem in the contract is valid, and so is a document of every code', () => {
  const check = answerCheck()
  const { examples } = contract.components.responses.Problem.content['application/problem+json']
  for (const { value } of Object.values<{ value: { status: number } }>(examples)) {
    expect(check('createPayment', value.status, value)).toBeNull()
  }
  for (const code of codes) {
    const document = problemDocument(problem(code), 'req-1', 'zh-CN')
    expect([code, check('createPayment', document.status, document)]).toEqual([code, null])
    expect(problemDocument(problem(code), 'req-1', 'en').title).not.toBe(document.title)
  }
})

test('the check of answers sees enums, minimums, missing fields and wrong formats', () => {
  const check = answerCheck()
  const refunds = { items: [], serverTime: '2026-11-23T10:00:00+08:00' }
  expect(check('listRefunds', 200, refunds)).toBeNull()
  expect(check('listRefunds', 200, { items: [] })).toContain('serverTime')
  expect(check('listRefunds', 200, { ...refunds, serverTime: 'now' })).toContain('date-time')
  expect(check('listRefunds', 418, refunds)).not.toBeNull()
  expect(check('endSession', 204, { left: true })).not.toBeNull()
  const document = problemDocument(problem('internal'), 'req-1', 'en')
  expect(check('listRefunds', 500, { ...document, retryAfterSeconds: -1 })).toContain('>= 0')
  expect(check('listRefunds', 500, { ...document, code: 'new-code' })).toContain('allowed')
})

test('every operation of the contract is implemented, and nothing else', () => {
  expect(Object.keys(handlers).sort()).toEqual(operations.map(({ operationId }) => operationId).sort())
})

test('every seeded number is one by its own biller’s rule, and a wrong check digit is not', () => {
  for (const city of cities) {
    for (const seed of accountSeeds[city.id] ?? []) {
      const rule = city.billers.find(({ id }) => id === seed.biller)?.account
      if (rule === undefined) throw new Error(seed.biller)
      const number = fullNumber(city, seed)
      expect([number, numberProblem(rule, number)]).toEqual([number, null])
      if (rule.checkDigit === 'none') continue
      const wrong = number.slice(0, -1) + (number.endsWith('1') ? '2' : '1')
      expect([wrong, numberProblem(rule, wrong)]).toEqual([wrong, 'the check digit is wrong'])
    }
  }
})
