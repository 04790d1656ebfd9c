import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { type Contract, contractChanges, needsMajor } from '../../scripts/contract-changes.mjs'

const read = (name: string) => parse(readFileSync(path.join(__dirname, '../../contract', name), 'utf8'))
const released = read('released.yaml')

test('a phone and a city that lag one release still understand today’s contract', () => {
  const today = read('openapi.yaml')
  const changes = contractChanges(released, today)
  const breaking = changes.filter((change) => change.class === 'breaking').map(({ at, what }) => `${at}: ${what}`)
  if (needsMajor(changes, released, today)) expect(breaking).toEqual([])
})

type Planted = readonly [string, (contract: Contract) => unknown]

const schemas = ({ components }: Contract) => components.schemas
const operation = ({ paths }: Contract, at: string, method = 'get') => paths[at][method]
const without = (list: string[], word: string) => list.splice(list.indexOf(word), 1)

const breaking: readonly Planted[] = [
  ['an operation is gone', ({ paths }) => delete paths['/accounts/{accountId}/history'].get],
  ['an operation has another name', (c) => (operation(c, '/bills').operationId = 'findBills')],
  ['an operation asks for more of the citizen', (c) => (operation(c, '/halls')['x-level'] = 'account')],
  [
    'a new parameter must be there',
    (c) =>
      operation(c, '/halls').parameters.push({ name: 'near', in: 'query', required: true, schema: { type: 'string' } }),
  ],
  ['a member of an answer is gone', (c) => delete schemas(c).Hall.properties.phone],
  ['a member of an answer may be missing now', (c) => without(schemas(c).Payment.required, 'state')],
  [
    'a new member of an answer must be there: a city that lags does not send it',
    (c) => {
      schemas(c).Bill.properties.colour = { type: 'string' }
      schemas(c).Bill.required.push('colour')
    },
  ],
  [
    'a new member of a request must be there: an app that lags does not send it',
    (c) => {
      schemas(c).HoldRequest.properties.reason = { type: 'string' }
      schemas(c).HoldRequest.required.push('reason')
    },
  ],
  ['a member has another type', (c) => (schemas(c).Fen.type = 'string')],
  ['a word is gone that a city may still say', (c) => without(schemas(c).PaymentState.enum, 'unknown')],
  ['an answer may be longer than an app that lags reads', (c) => (schemas(c).Text.maxLength = 9000)],
  ['what is sent may be shorter only', (c) => (schemas(c).HoldRequest.properties.moreItemIds.maxItems = 1)],
  ['a request has a body now', (c) => (operation(c, '/bills').requestBody = { content: {} })],
  [
    'another status says that it is done',
    (c) => {
      const { responses } = operation(c, '/holds', 'post')
      responses['202'] = responses['201']
    },
  ],
]

const additive: readonly Planted[] = [
  [
    'a new operation',
    ({ paths }) => (paths['/weather'] = { get: { ...paths['/manifest'].get, operationId: 'getWeather' } }),
  ],
  [
    'a new parameter that may be missing',
    (c) => operation(c, '/halls').parameters.push({ name: 'near', in: 'query', schema: { type: 'string' } }),
  ],
  ['a new member of an answer that may be missing', (c) => (schemas(c).Hall.properties.parking = { type: 'string' })],
  [
    'a new member of a request that may be missing',
    (c) => (schemas(c).HoldRequest.properties.note = { type: 'string' }),
  ],
  ['a new word in an answer', (c) => schemas(c).PaymentState.enum.push('on-its-way')],
  ['a new code of a problem', (c) => schemas(c).ProblemCode.enum.push('too-hot')],
  ['a new way in which a call is refused', (c) => (operation(c, '/bills').responses['451'] = { description: 'x' })],
  ['an operation asks for less of the citizen', (c) => (operation(c, '/bills')['x-level'] = 'anybody')],
  ['what is sent may be longer', (c) => (schemas(c).ReportRequest.properties.text.maxLength = 99_999)],
  ['an operation is deprecated', (c) => (operation(c, '/bills').deprecated = true)],
]

const texts: readonly Planted[] = [
  ['a description', (c) => (schemas(c).Hall.description = 'Where people go')],
  ['a summary', (c) => (operation(c, '/bills').summary = 'Bills, all of them')],
]

const classesAfter = (edit: Planted[1]) => {
  const contract = structuredClone(released)
  edit(contract)
  return [...new Set(contractChanges(released, contract).map((change) => change.class))]
}

test('nothing changed is no change', () => {
  expect(classesAfter(() => {})).toEqual([])
})
test.each(breaking)('breaking: %s', (_, edit) => expect(classesAfter(edit)).toContain('breaking'))
test.each(additive)('additive: %s', (_, edit) => expect(classesAfter(edit)).toEqual(['additive']))
test.each(texts)('text: %s', (_, edit) => expect(classesAfter(edit)).toEqual(['text']))

test('a breaking change passes with a new major version, and with that alone', () => {
  const contract = structuredClone(released)
  delete contract.components.schemas.Hall.properties.phone
  const changes = contractChanges(released, contract)
  const isMissing = (version: string) => needsMajor(changes, released, { ...contract, info: { version } })
  expect(['1.0.0', '1.9.0', '2.0.0'].map(isMissing)).toEqual([true, true, false])
})
