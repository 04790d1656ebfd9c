import type { BillKind } from '../../../contract/wire/types.gen'
import type { BillerAccount, BillerBill, Billers, Clock, Credit, CreditRequest } from '../../ports'
import { addDays, dayOf, momentOf, monthStart, timeOf, type Words } from '../../words'
import type { Attempts } from './attempts'
import { type Fields, LegacyUnclear, readResponse, requestOf, textOf } from './message'
import { dayFrom, fenOf, fenOrNone, maybeSameName, nameFrom } from './values'

/**
 * An old billing system as a biller: XML in GBK over HTTP, yuan with decimals, days like 20261128, closed at night. It has no idempotency:
 * what it is told twice it books twice, so it is asked first, and told again only when it has certainly forgotten the first time.
 */
export type LegacyOptions = {
  url: string
  billerId: string
  kind: BillKind
  /** Of a bill for a month such as 2026-11. */
  title(month: string): Words
  clock: Clock
  attempts: Attempts
  /** Closed from and to these times (HH:MM), past midnight. */
  closed: { from: string; to: string }
  /** How long an answer may take. */
  timeoutMs?: number
  /** After so long the system has booked a payment that it was sent, or never will. */
  quietSeconds?: number
}

const codes = { done: '0000', noSuchUser: '1404', noSuchPayment: '2404', refused: ['2409', '2410'] }
const LARGEST_ANSWER = 4 * 1024 * 1024
const MONTHS = 24

export function legacyBiller(options: LegacyOptions): Billers {
  const { url, billerId, clock, attempts, closed, timeoutMs = 4000, quietSeconds = 600 } = options

  async function ask(code: string, body: Readonly<Record<string, string>>) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml; charset=GBK' },
      body: requestOf(code, body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!response.ok) throw new LegacyUnclear(`status ${response.status}`)
    return readResponse(await bytesOf(response))
  }

  async function billsOf(number: string, code: '1001' | '1002', body: Fields): Promise<BillerBill[]> {
    if (textOf(body, 'UserNo') !== number) throw new LegacyUnclear('the answer is about another account')
    const items = (body.Item ?? []).filter((item): item is Fields => typeof item !== 'string')
    // A list that was cut looks like an account that owes less.
    if (textOf(body, 'Count') !== String(items.length)) throw new LegacyUnclear('the list is not whole')
    const bills = items.map((item) => billFrom(options, number, item, code === '1002'))
    if (new Set(bills.map(({ id }) => id)).size < bills.length) throw new LegacyUnclear('a bill comes twice')
    return bills
  }

  /** What the system has booked under a serial number; null when nothing. */
  async function bookedFen(serial: string): Promise<number | null> {
    const { code, body } = await ask('2002', { SerialNo: serial })
    if (code === codes.noSuchPayment) return null
    if (code !== codes.done || textOf(body, 'SerialNo') !== serial) throw new LegacyUnclear(`code ${code}`)
    return fenOf(textOf(body, 'Amt'))
  }

  async function credit(cityId: string, reference: string, bill: CreditRequest['bills'][number]): Promise<Credit> {
    const billNo = billNoFrom(options, bill)
    const serial = `${reference}-${billNo}`
    const matches = (fen: number | null) => {
      if (fen !== null && fen !== bill.amountFen) throw new LegacyUnclear('another amount is booked')
      return fen !== null
    }
    if (matches(await bookedFen(serial))) return 'taken'
    // It would book a bill that somebody has paid at its counter once more.
    const account = await ask('1001', { UserNo: bill.number })
    if (account.code !== codes.done) return 'open'
    const open = await billsOf(bill.number, '1001', account.body)
    const isOpen = open.some(({ id, amountFen }) => id === bill.billId && amountFen === bill.amountFen)
    if (!isOpen && matches(await bookedFen(serial))) return 'taken'
    if (!(await attempts.claim({ cityId, billerId, serial, quietSeconds }))) return 'open'
    if (!isOpen) return 'refused'
    const amount = `${Math.trunc(bill.amountFen / 100)}.${String(bill.amountFen % 100).padStart(2, '0')}`
    const { code } = await ask('2001', { SerialNo: serial, UserNo: bill.number, BillNo: billNo, Amt: amount })
    if (code === codes.done) return 'taken'
    if (!codes.refused.includes(code)) return 'open'
    // It also refuses what it has just booked, for whoever asks a second time.
    return matches(await bookedFen(serial)) ? 'taken' : 'refused'
  }

  return {
    async closedUntil() {
      const now = clock.now()
      const time = timeOf(now)
      if (time < closed.to) return momentOf(dayOf(now), closed.to)
      return time >= closed.from ? momentOf(addDays(dayOf(now), 1), closed.to) : null
    },
    async lookUp({ number, person }): Promise<BillerAccount | null> {
      const { code, body } = await ask('1001', { UserNo: number })
      if (code === codes.noSuchUser) return null
      if (code !== codes.done) throw new LegacyUnclear(`code ${code}`)
      const open = await billsOf(number, '1001', body)
      const holder = nameFrom(textOf(body, 'UserName'))
      const isHolder = maybeSameName(holder, person.name) && textOf(body, 'Tel') === person.phone
      const address = nameFrom(textOf(body, 'UserAddr'))
      const known = { holder, address: { zh: address, en: address }, isHolder }
      if (!isHolder) return { ...known, bills: open }
      const from = monthStart(dayOf(clock.now()), -MONTHS).replaceAll('-', '')
      const history = await ask('1002', { UserNo: number, From: from })
      if (history.code !== codes.done) throw new LegacyUnclear(`code ${history.code}`)
      const settled = await billsOf(number, '1002', history.body)
      return { ...known, bills: [...open, ...settled.filter(({ id }) => !open.some((bill) => bill.id === id))] }
    },
    async credit({ cityId, reference, bills }) {
      const answers: Credit[] = []
      // One after the other: it is slow, and its own clerks use it too. What is not known is asked about the next time.
      for (const bill of bills) answers.push(await credit(cityId, reference, bill).catch(() => 'open' as const))
      return answers
    },
  }
}

function billFrom(options: LegacyOptions, number: string, item: Fields, isSettled: boolean): BillerBill {
  const dueFen = fenOf(textOf(item, 'Amt'))
  const lateFeeFen = fenOrNone(textOf(item, 'LateFee'))
  const month = textOf(item, 'Period').replace(/^(\d{4})(\d{2})$/, '$1-$2')
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new LegacyUnclear('a month is not one')
  const issuedOn = dayFrom(textOf(item, 'IssueDate'))
  const dueOn = textOf(item, 'DueDate')
  const usage = textOf(item, 'Usage')
  const title = options.title(month)
  const from = `${month}-01`
  return {
    id: idOf(options, number, textOf(item, 'BillNo')),
    version: [dueFen, lateFeeFen, dueOn, isSettled].join('.'),
    kind: options.kind,
    title,
    lines: [{ label: title, amountFen: dueFen }],
    amountFen: dueFen + lateFeeFen,
    lateFeeFen,
    period: { from, to: addDays(monthStart(from, 1), -1) },
    issuedOn,
    ...(dueOn === '' ? {} : { dueOn: dayFrom(dueOn) }),
    ...(/^\d{1,9}(\.\d{1,3})?$/.test(usage) ? { usage: { quantity: usage, unit: tons } } : {}),
    ...(isSettled ? { settledAt: momentOf(dayFrom(textOf(item, 'PayDate')), '12:00') } : {}),
  }
}

const tons: Words = { zh: '吨', en: 't' }

/** The city's id of a bill holds the system's own number, which may have slashes. @throws LegacyUnclear for one that does not fit */
function idOf({ billerId }: LegacyOptions, number: string, billNo: string): string {
  const id = `${billerId}.${number}.${Buffer.from(billNo).toString('base64url')}`
  if (billNo === '' || id.length > 64 || !/^[\x21-\x7e]+$/.test(billNo))
    throw new LegacyUnclear('a bill number is not one')
  return id
}

function billNoFrom(options: LegacyOptions, { number, billId }: CreditRequest['bills'][number]): string {
  const billNo = Buffer.from(billId.slice(`${options.billerId}.${number}.`.length), 'base64url').toString()
  if (idOf(options, number, billNo) !== billId) throw new LegacyUnclear('not a bill of this system')
  return billNo
}

async function bytesOf(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length
    if (size > LARGEST_ANSWER) throw new LegacyUnclear('the answer is too large')
    chunks.push(next.value)
  }
  return Buffer.concat(chunks)
}
