import type { FastifyRequest } from 'fastify'
import { say } from '../words'
import { type ProblemError, problem } from './problem'
import { isUnreadable } from './typed'

/** No call of the contract has a longer address, more in its query, a deeper body or one of more members. */
const most = { address: 2048, query: 32, depth: 16, members: 1000 }

const alone = ['authorization', 'content-type', 'idempotency-key', 'host']

const refusal = (detail: string, status = 400): ProblemError => problem('bad-request', { detail, status })

/** Refuses an odd request by its first line and headers, before its body is read. */
export function refuseOdd({ raw, headers }: FastifyRequest): void {
  const address = raw.url ?? ''
  if (address.length > most.address) throw refusal('The address is too long', 414)
  if (!isDecodable(address)) throw refusal('The address is not well encoded')
  const names = [...new URLSearchParams(address.split('?').slice(1).join('?')).keys()]
  if (names.length > most.query) throw refusal('The query has too many parts')
  if (new Set(names).size < names.length) throw refusal('The query names something twice')
  if (names.some(isForbidden)) throw refusal('The query has a name that is not allowed')
  // One reader would take the first, another the last or both.
  const given = raw.rawHeaders.filter((name, index) => index % 2 === 0 && alone.includes(name.toLowerCase()))
  if (new Set(given.map((name) => name.toLowerCase())).size < given.length) throw refusal('A header comes twice')
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw refusal('The body must not be compressed', 415)
  const charset = /charset\s*=\s*"?([^\s";]+)/i.exec(headers['content-type'] ?? '')?.[1]
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw refusal('The body must be UTF-8', 415)
}

function isDecodable(address: string): boolean {
  try {
    decodeURIComponent(address)
    return true
  } catch {
    return false
  }
}

/** Names by which an object's own nature is reached: no member of the contract is called so. */
const isForbidden = (name: string): boolean => ['__proto__', 'constructor', 'prototype'].includes(name)

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** A name that may stand in an answer. */
const shown = (name: string): string =>
  Array.from(name.slice(0, 200), (one) => (isUnreadable(one) ? '\ufffd' : one)).join('')

const unreadable = {
  zh: '含有无法保存的字符，请删去后重新填写',
  en: 'Holds characters that cannot be kept. Please remove them',
}
const tooDeep = { zh: '内容层级过多', en: 'Is nested too deeply' }
const tooMany = { zh: '内容项目过多', en: 'Has too many parts' }
const forbidden = { zh: '名称不可用', en: 'Is a name that is not allowed' }

/**
 * Refuses by name whatever no database and no JSON can keep (NUL, half a surrogate pair, broken characters) in any text or key of the
 * request, and what is deeper, larger or named otherwise than any call. Goes through it without recursion: a body may be all brackets.
 */
export function refuseUnreadable(request: FastifyRequest, language: 'zh-CN' | 'en'): void {
  const refuse = (path: readonly string[], words: { zh: string; en: string }) =>
    problem('invalid-fields', { fields: [{ field: shown(path.join('.')), problem: say(words, language) }] })
  const open: { path: readonly string[]; value: unknown }[] = [
    { path: [], value: request.body },
    { path: [], value: request.query },
    { path: [], value: request.params },
    { path: [], value: request.headers },
  ]
  let members = 0
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const { path, value } = one
    if (typeof value === 'string' && isUnreadable(value)) throw refuse(path, unreadable)
    if (!isObject(value)) continue
    if (path.length >= most.depth) throw refuse(path, tooDeep)
    for (const [name, inner] of Object.entries(value)) {
      members += 1
      if (members > most.members) throw refuse(path, tooMany)
      if (isForbidden(name)) throw refuse([...path, name], forbidden)
      if (isUnreadable(name)) throw refuse([...path, name], unreadable)
      open.push({ path: [...path, name], value: inner })
    }
  }
}
