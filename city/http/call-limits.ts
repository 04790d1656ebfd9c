import { sha256 } from '../ids'

/** At most so many calls in so many seconds. */
export type Rate = readonly [calls: number, seconds: number]

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

/** What one citizen may do, and all who share an address: a district behind its carrier's, an office, a family. */
type Limit = { citizen?: readonly Rate[]; address?: readonly Rate[] }

export type CallKind = 'call' | 'read' | 'change' | 'sign-in' | 'look-up' | 'pay' | 'hold' | 'create' | 'verify'

/**
 * All figures. An app that is used without a pause makes 60 reads a minute; a payment that is polled 15. What creates rows or asks others
 * is tight; an address is counted over all its people, so it is a wall against machines, not against neighbours.
 */
export const usualLimits: Readonly<Record<CallKind, Limit>> = {
  call: { address: [[3000, MINUTE]] },
  read: { citizen: [[300, MINUTE]] },
  change: {
    citizen: [
      [60, MINUTE],
      [600, HOUR],
    ],
  },
  'sign-in': { address: [[300, MINUTE]] },
  // How fast, and how often in a day, is decided where accounts are looked up; this holds machines off.
  'look-up': { citizen: [[30, MINUTE]], address: [[300, MINUTE]] },
  pay: {
    citizen: [
      [20, MINUTE],
      [200, DAY],
    ],
    address: [[600, MINUTE]],
  },
  hold: {
    citizen: [
      [20, MINUTE],
      [200, DAY],
    ],
    address: [[600, MINUTE]],
  },
  // Each costs the city money, and a stranger could try names and numbers.
  verify: {
    citizen: [
      [5, MINUTE],
      [20, DAY],
    ],
    address: [[100, MINUTE]],
  },
  create: {
    citizen: [
      [30, MINUTE],
      [300, DAY],
    ],
    address: [[600, MINUTE]],
  },
}

const kinds: Readonly<Record<string, CallKind>> = {
  createSession: 'sign-in',
  checkReceipt: 'sign-in',
  matchAccount: 'look-up',
  findBill: 'look-up',
  beginVerification: 'verify',
  createPayment: 'pay',
  createHold: 'hold',
  bindAccount: 'create',
  confirmHold: 'create',
  swapAppointment: 'create',
  joinWaitlist: 'create',
  takeTicket: 'create',
  createReport: 'create',
  inviteFamily: 'create',
  checkInvitation: 'look-up',
  acceptInvitation: 'look-up',
  recallPayment: 'create',
  requestPaper: 'create',
  replyToReport: 'create',
  exportCitizen: 'create',
  eraseCitizen: 'create',
}

/** What kind of call an operation is: one that only reads, unless it says otherwise. */
export const kindOf = (operationId: string, method: string): CallKind =>
  kinds[operationId] ?? (method === 'GET' ? 'read' : 'change')

/** Whoever has one address of IPv6 has 2^64 of them. */
export const addressKey = (ip: string): string =>
  `@${sha256(ip.includes(':') && !ip.includes('.') ? networkOf(ip) : ip).slice(0, 24)}`

function networkOf(ip: string): string {
  const [head = '', tail = ''] = ip.split('::')
  const [first, last] = [head, tail].map((part) => part.split(':').filter(Boolean))
  const missing = ip.includes('::') ? Math.max(0, 8 - (first?.length ?? 0) - (last?.length ?? 0)) : 0
  return [...(first ?? []), ...Array(missing).fill('0'), ...(last ?? [])].slice(0, 4).join(':')
}
