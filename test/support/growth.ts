import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

/*
 * Responses of a grown contract: an unlisted value of an enumeration, an unknown member. The places come from
 * the contract itself, so a list that is added later is grown as well.
 */

interface Schema {
  readonly $ref?: string
  readonly allOf?: readonly Schema[]
  readonly type?: string
  readonly format?: string
  readonly const?: unknown
  readonly enum?: readonly string[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly pattern?: string
  readonly minimum?: number
  readonly minLength?: number
  readonly minItems?: number
}
interface Operation {
  readonly operationId: string
  readonly responses: Readonly<Record<string, { content?: Record<string, { schema: Schema }> } & Schema>>
}

const contract: {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
} = parse(readFileSync(path.join(__dirname, '../../contract/openapi.yaml'), 'utf8'))

/** A word that no version of the contract has. */
export const newWord = 'of-a-later-version'

/** A reference that has a description of its own is written as a list of one. */
const nameOf = ({ $ref, allOf }: Schema) => ($ref ?? allOf?.[0]?.$ref)?.split('/').pop()
const resolved = (schema: Schema): Schema => {
  const name = nameOf(schema)
  return name === undefined ? schema : resolved(contract.components.schemas[name] ?? {})
}
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const kindOf = (variants: readonly Schema[]) =>
  Object.keys(resolved(variants[0] ?? {}).properties ?? {}).find((name) =>
    variants.every((variant) => resolved(variant).properties?.[name]?.const !== undefined),
  )

type Visit = (place: string, value: unknown) => unknown

/** Goes through an answer beside its schema. `word` may replace each word of a list; `more` is added to each object. */
function grown(value: unknown, schema: Schema, place: string, word: Visit, more: object): unknown {
  const at = nameOf(schema) ?? place
  const { enum: words, oneOf, properties, items } = resolved(schema)
  if (words) return word(place, value)
  if (oneOf && isObject(value)) {
    const kind = kindOf(oneOf) ?? ''
    const variant = oneOf.find((one) => resolved(one).properties?.[kind]?.const === value[kind])
    if (!variant) return value
    const rest = grown(value, variant, at, word, more)
    return { ...(rest as object), [kind]: word(`${at}.${kind}`, value[kind]) }
  }
  if (properties && isObject(value)) {
    const read = Object.entries(value).map(([name, member]) => {
      const known = properties[name]
      return [name, known ? grown(member, known, `${at}.${name}`, word, more) : member]
    })
    return { ...more, ...Object.fromEntries(read) }
  }
  // A list of words gets one more; it does not lose those that it has.
  if (items && Array.isArray(value) && resolved(items).enum) return word(`${at}[]`, value)
  // A list of words gets one more; it does not lose those that it has.
  if (items && Array.isArray(value) && resolved(items).enum) return word(`${at}[]`, value)
  if (items && Array.isArray(value)) return value.map((one) => grown(one, items, `${at}[]`, word, more))
  return value
}

export interface Answer {
  readonly operationId: string
  readonly schema: Schema
}

/** The answer that a call gets, by its path below the city's address: the schema of its success. */
export function answerOf(method: string, url: string): Answer | null {
  const [target = ''] = url.split('?')
  for (const [template, operations] of Object.entries(contract.paths)) {
    const fits = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(target)
    const operation = operations[method.toLowerCase()]
    // `/payments/by-key/{key}` stands before `/payments/{id}`; no other two fit the same path.
    if (fits && operation) return answersOf(operation)[0] ?? null
  }
  return null
}

const answersOf = ({ operationId, responses }: Operation): Answer[] =>
  Object.entries(responses).flatMap(([status, { content }]) => {
    const schema = content?.['application/json']?.schema
    return status.startsWith('2') && schema ? [{ operationId, schema }] : []
  })

/** Every answer of the contract, with the name of its schema. */
export const allAnswers = (): { name: string; operationId: string; schema: Schema }[] =>
  Object.values(contract.paths).flatMap((operations) =>
    Object.values(operations).flatMap((operation) =>
      typeof operation === 'object' && 'responses' in operation
        ? answersOf(operation).map((answer) => ({ ...answer, name: nameOf(answer.schema) ?? '' }))
        : [],
    ),
  )

export const schemaNamed = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

/** The places of lists of words in an answer, such as `Bill.status`. */
export function placesIn(value: unknown, schema: Schema): string[] {
  const places = new Set<string>()
  const note: Visit = (place, word) => {
    places.add(place)
    return word
  }
  grown(value, schema, '', note, {})
  return [...places]
}

/** The answer with a new word at one place, wherever that comes. */
export const withNewWord = (value: unknown, schema: Schema, chosen: string): unknown =>
  grown(
    value,
    schema,
    '',
    (place, word) => (place !== chosen ? word : Array.isArray(word) ? [...word, newWord] : newWord),
    {},
  )

/** The answer with a member more in each of its objects. */
export const withMore = (value: unknown, schema: Schema): unknown =>
  grown(value, schema, '', (_, word) => word, { zzNew: { of: ['later', 1, null], status: 'due' }, toString: 1 })

const byPattern: Readonly<Record<string, string>> = {
  '^1\\.[0-9]+$': '1.0',
  '^[0-9a-f]{8}$': '0123abcd',
  '^[A-Za-z0-9_-]{43}$': 'A'.repeat(43),
  '^[A-Z0-9]{4,8}$': 'A1B2',
  '^[A-Z0-9]{8}$': 'K7M2P4QX',
  '^[0-2][0-9]:[0-5][0-9]$': '09:00',
  '^[0-9+ -]{3,20}$': '12345',
  '^[0-9]{1,9}(\\.[0-9]{1,3})?$': '12.5',
  '^[0-9]{10}$': '1795399200',
  '^[0-9]{4}-(0[1-9]|1[0-2])$': '2026-11',
  '^[0-9]{6}$': '330100',
  '^[A-Za-z0-9_.-]+$': 'id-1',
  '^[a-z0-9.-]+$': 'inv.hangzhou.example',
  '^[0-9A-Z]{18}$': '91350100M000100Y43',
  '^prepay_id=.+$': 'prepay_id=1',
}

/** Whole examples of a schema: one for each kind of its unions. */
export function samplesOf(schema: Schema): unknown[] {
  const {
    format,
    const: only,
    enum: words,
    oneOf,
    properties,
    items,
    type,
    pattern,
    minimum,
    minLength = 1,
  } = resolved(schema)
  if (format === 'date-time') return ['2026-11-23T10:00:00+08:00']
  if (format === 'date') return ['2026-11-23']
  if (only !== undefined) return [only]
  if (words) return [words[0]]
  if (oneOf) return oneOf.flatMap(samplesOf)
  if (properties) {
    const members = Object.entries(properties).map(([key, member]) => [key, samplesOf(member)] as const)
    const most = Math.max(1, ...members.map(([, samples]) => samples.length))
    return Array.from({ length: most }, (_, at) =>
      Object.fromEntries(members.map(([key, samples]) => [key, samples[at % samples.length]])),
    )
  }
  if (items) return [Array.from({ length: resolved(schema).minItems ?? 1 }, (_, at) => one(samplesOf(items), at))]
  if (type === 'integer' || type === 'number') return [Math.max(minimum ?? 1, 1)]
  if (type === 'boolean') return [true]
  // Of members that nobody lists.
  if (type === 'object') return [{}]
  const sample = pattern === undefined ? 'x'.repeat(minLength) : byPattern[pattern]
  if (sample === undefined) throw new Error(`no sample for ${pattern}`)
  return [sample]
}

/** Of several rows each has an id of its own. */
function one(samples: unknown[], at: number): unknown {
  const sample = samples[at % samples.length]
  return isObject(sample) && 'id' in sample ? { ...sample, id: `id-${at}` } : sample
}
