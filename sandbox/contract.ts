import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'

export const contractFile = path.join(__dirname, '..', 'contract', 'openapi.yaml')
export const contractText = readFileSync(contractFile, 'utf8')

type Operation = {
  operationId: string
  security?: unknown[]
  responses: Record<string, { $ref?: string; content?: Record<string, object> }>
}
type Contract = { paths: Record<string, Record<string, Operation>>; security: unknown[] }

export const readContract = (): Contract & Record<string, unknown> => parse(contractText)

const pointer = (text: string): string => text.replaceAll('~', '~0').replaceAll('/', '~1')

export type AnswerCheck = (operationId: string, status: number, body: unknown) => string | null

/**
 * Holds every answer against the contract in full: JSON Schema 2020-12 with formats, which the glue's serializers do not. Says what
 * is wrong, or null.
 */
export function createAnswerCheck(): AnswerCheck {
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

/** Operations that need a session. */
export function securedOperations(): Set<string> {
  const contract = readContract()
  const operations = Object.values(contract.paths).flatMap((methods) => Object.values(methods))
  return new Set(
    operations
      .filter(({ operationId, security }) => operationId && (security ?? contract.security).length > 0)
      .map(({ operationId }) => operationId),
  )
}
