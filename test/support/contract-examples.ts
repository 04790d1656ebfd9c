import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

const contract = parse(readFileSync(path.join(__dirname, '../../contract/openapi.yaml'), 'utf8'))

/** An example of the contract as a fresh response, with some members replaced. */
export function example(name: string, own: object = {}): Record<string, unknown> {
  const found = contract.components.examples[name]
  if (!found) throw new Error(`the contract has no example ${name}`)
  const value = structuredClone(found.value)
  return { ...value, ...('serverTime' in value && { serverTime: new Date().toISOString() }), ...own }
}

/** A problem document. */
export function problem(status: number, code: string, own: object = {}): object {
  return { type: 'about:blank', title: code, status, code, requestId: `req-${code}`, retry: 'never', ...own }
}

/** A session, good for half an hour of the real clock. */
export function session(token: string, own: object = {}): object {
  return {
    token,
    citizenId: '9007199254740993',
    maskedName: '李*明',
    expiresAt: new Date(Date.now() + 1_800_000).toISOString(),
    serverTime: new Date().toISOString(),
    ...own,
  }
}
