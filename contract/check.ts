import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'
import { levelOfOperation } from './wire/levels.gen'

export const contractText = readFileSync(path.join(__dirname, 'openapi.yaml'), 'utf8')

type Operation = {
  operationId: string
  security?: unknown[]
  requestBody?: { required?: boolean }
  responses: Record<string, { $ref?: string; content?: Record<string, object> }>
}
type Contract = { paths: Record<string, Record<string, Operation>>; security: unknown[] }

let parsed: (Contract & Record<string, unknown>) | null = null

/** The contract as an object that the caller may change. */
export function readContract(): Contract & Record<string, unknown> {
  parsed ??= parse(contractText) as Contract & Record<string, unknown>
  return structuredClone(parsed)
}

const pointer = (text: string): string => text.replaceAll('~', '~0').replaceAll('/', '~1')

export type AnswerCheck = (operationId: string, status: number, body: unknown) => string | null

/**
 * Holds every answer against the contract in full: JSON Schema 2020-12 with formats, which the glue's serializers do not. Says what
 * is wrong, or null.
 */
export function answerCheck(): AnswerCheck {
  made ??= createAnswerCheck()
  return made
}
let made: AnswerCheck | null = null

function createAnswerCheck(): AnswerCheck {
  const contract = readContract()
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema(contract, 'contract')
  const validators = new Map<string, ValidateFunction | null>()

  const find = (operationId: string, status: number): ValidateFunction | null => {
    for (const [route, methods] of Object.entries(contract.paths)) {
      for (const [method, { operationId: id, responses }] of Object.entries(methods)) {
        if (id !== operationId) continue
        const answer = responses[status] ? String(status) : status >= 400 ? 'default' : null
        if (answer === null || responses[answer] === undefined) return null
        const { $ref, content } = responses[answer]
        if ($ref === undefined && content === undefined) return ajv.compile({ type: 'null' })
        const at = $ref ?? `#/paths/${pointer(route)}/${method}/responses/${answer}`
        const type = status >= 400 ? 'application/problem+json' : 'application/json'
        return ajv.compile({ $ref: `contract${at}/content/${pointer(type)}/schema` })
      }
    }
    return null
  }

  return (operationId, status, body) => {
    const key = `${operationId} ${status}`
    let validator = validators.get(key)
    if (validator === undefined) {
      validator = find(operationId, status)
      validators.set(key, validator)
    }
    if (validator === null) return `the contract has no ${status} for ${operationId}`
    return validator(body ?? null) ? null : ajv.errorsText(validator.errors, { dataVar: 'body' })
  }
}

const operations = (): Operation[] =>
  Object.values(readContract().paths)
    .flatMap((methods) => Object.values(methods))
    .filter(({ operationId }) => operationId !== undefined)

/** Operations that need a session. */
export const securedOperations = (): Set<string> =>
  new Set(Object.keys(levelOfOperation).filter((operationId) => levelOfOperation[operationId] !== 'anybody'))

/** Operations that make no sense without a body. */
export const operationsWithBody = (): Set<string> =>
  new Set(operations().flatMap(({ operationId, requestBody }) => (requestBody?.required ? operationId : [])))
