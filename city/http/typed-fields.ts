import type { FastifyRequest } from 'fastify'
import { type FieldKind, normalise } from './typed'

type Part = 'body' | 'query'

/** What people type into which call, and as what. */
const typedFields: Record<string, readonly (readonly [part: Part, path: string, kind: FieldKind])[]> = {
  matchAccount: [['body', 'number', 'account-number']],
  findBill: [
    ['body', 'number', 'account-number'],
    ['body', 'proof', 'name'],
  ],
  bindAccount: [['body', 'nickname', 'line']],
  changeAccount: [['body', 'nickname', 'line']],
  confirmHold: [
    ['body', 'visitor.name', 'name'],
    ['body', 'visitor.phone', 'phone'],
    ['body', 'visitor.idNumber', 'document-number'],
    ['body', 'visitor.documentNumber', 'document-number'],
  ],
  beginVerification: [
    ['body', 'name', 'name'],
    ['body', 'idNumber', 'document-number'],
  ],
  requestPaper: [
    ['body', 'title.name', 'line'],
    ['body', 'title.taxNumber', 'document-number'],
  ],
  createReport: [['body', 'text', 'text']],
  replyToReport: [['body', 'text', 'text']],
  rateAppointment: [['body', 'text', 'text']],
  checkInvitation: [['body', 'code', 'document-number']],
  acceptInvitation: [['body', 'code', 'document-number']],
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
