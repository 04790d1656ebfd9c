import type { FastifyRequest } from 'fastify'
import { say } from '../words'
import { problem } from './problem'
import { type FieldKind, isUnreadable, normalise } from './typed'

type Part = 'body' | 'query'

/** What people type into which call, and as what. */
const typedFields: Record<string, readonly (readonly [part: Part, path: string, kind: FieldKind])[]> = {
  matchAccount: [['body', 'number', 'account-number']],
  bindAccount: [['body', 'nickname', 'line']],
  changeAccount: [['body', 'nickname', 'line']],
  confirmHold: [
    ['body', 'visitor.name', 'name'],
    ['body', 'visitor.phone', 'phone'],
    ['body', 'visitor.idNumber', 'document-number'],
    ['body', 'visitor.documentNumber', 'document-number'],
  ],
  createReport: [['body', 'text', 'text']],
  rateAppointment: [['body', 'text', 'text']],
  listBills: [['query', 'text', 'search']],
}

/** An empty one is as good as none; an empty text or nickname means that it is to be empty. */
const mayBeEmpty: readonly FieldKind[] = ['line', 'text']

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Puts what was typed in its plain form, in place, before the contract's own rules are asked. */
export function normaliseFields(operationId: string, request: FastifyRequest): void {
  for (const [part, path, kind] of typedFields[operationId] ?? []) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    let holder: unknown = request[part]
    for (const name of names) holder = isObject(holder) ? holder[name] : undefined
    if (!isObject(holder) || typeof holder[last] !== 'string') continue
    const kept = normalise(kind, holder[last])
    if (kept === '' && !mayBeEmpty.includes(kind)) delete holder[last]
    else holder[last] = kept
  }
}

/** A name that may stand in an answer. */
const shown = (name: string): string => Array.from(name, (one) => (isUnreadable(one) ? '\ufffd' : one)).join('')

/** No body of the contract is deeper than this. */
const deepest = 16

const unreadable = {
  zh: '含有无法保存的字符，请删去后重新填写',
  en: 'Holds characters that cannot be kept. Please remove them',
}
const tooDeep = { zh: '内容层级过多', en: 'Is nested too deeply' }

/**
 * Refuses by name whatever no database and no JSON can keep: NUL, half a surrogate pair, broken characters, in any text or key
 * of the request. Goes through it without recursion: a body may be a hundred thousand brackets.
 */
export function refuseUnreadable(request: FastifyRequest, language: 'zh-CN' | 'en'): void {
  const refuse = (path: readonly string[], words: { zh: string; en: string }) =>
    problem('invalid-fields', {
      fields: [{ field: shown(path.join('.')), problem: say(words, language) }],
    })
  const open: { path: readonly string[]; value: unknown }[] = [
    { path: [], value: request.body },
    { path: [], value: request.query },
    { path: [], value: request.params },
    { path: [], value: request.headers },
  ]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const { path, value } = one
    if (typeof value === 'string' && isUnreadable(value)) throw refuse(path, unreadable)
    if (!isObject(value)) continue
    if (path.length >= deepest) throw refuse(path, tooDeep)
    for (const [name, inner] of Object.entries(value)) {
      if (isUnreadable(name)) throw refuse([...path, name], unreadable)
      open.push({ path: [...path, name], value: inner })
    }
  }
}
