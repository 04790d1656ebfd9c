import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeGbk } from './vendor-servers/gbk'

/** An account in the old system's books; amounts in fen. */
export type LegacyAccount = {
  number: string
  holder: string
  address: string
  phone: string
  bills: LegacyBill[]
}
export type LegacyBill = {
  billNo: string
  /** 202611 */
  period: string
  fen: number
  lateFeeFen: number
  usage: string
  issued: string
  due: string
  /** Each booking, with its serial number: it is paid as often as it is told. */
  booked: { serial: string; fen: number }[]
}

/** What it does wrong when asked to, once each. */
export type LegacyMisbehaviour =
  /** Answers after the caller has left; what it was told to do is done all the same. */
  | 'slow'
  /** Does it, then hangs up. */
  | 'answer-lost'
  /** Hangs up before it does anything. */
  | 'hangs-up'
  /** Does nothing for a while, then does it after all, when nobody waits any more. */
  | 'done-later'
  | 'html'
  | 'server-error'
  | 'truncated'
  | 'malformed'
  | 'list-cut'
  | 'bill-twice'
  | 'empty-amount'
  | 'no-number'
  | 'bad-bytes'
  | 'other-account'
  | 'entities'
  | 'busy-code'
  /** Lists as open what was booked meanwhile: its lists are made at night. */
  | 'old-list'

export type LegacyServer = {
  url: string
  accounts: Map<string, LegacyAccount>
  /** The next time that it is called, or called with this code. */
  misbehave(name: LegacyMisbehaviour, code?: string): void
  /** All that it was told with a code, by now. */
  calls(code: string): number
  close(): Promise<void>
}

const yuan = (fen: number): string =>
  `${String(Math.trunc(fen / 100)).replace(/\B(?=(\d{3})+$)/g, ',')}.${String(fen % 100).padStart(2, '0')}`

/** An old billing system that speaks XML in GBK and misbehaves on request. It is in no hurry, and closed when it is told so. */
export async function startLegacyBiller(options: {
  isClosed?: () => boolean
  slowMs?: number
  laterMs?: number
}): Promise<LegacyServer> {
  const accounts = new Map<string, LegacyAccount>()
  const wrongs: { name: LegacyMisbehaviour; code: string | undefined }[] = []
  const calls: string[] = []

  function handle(code: string, field: (name: string) => string, isOldList = false): { code: string; body: string } {
    if (options.isClosed?.()) return { code: '9001', body: '' }
    if (code === '1001' || code === '1002') {
      const account = accounts.get(field('UserNo'))
      if (!account) return { code: '1404', body: '' }
      return { code: '0000', body: accountXml(account, code === '1002', isOldList) }
    }
    const bills = [...accounts.values()].flatMap((account) => account.bills)
    const serial = field('SerialNo')
    if (code === '2002') {
      const booked = bills.flatMap((bill) => bill.booked).find((each) => each.serial === serial)
      return booked
        ? { code: '0000', body: `<SerialNo>${serial}</SerialNo><Amt>${yuan(booked.fen)}</Amt>` }
        : { code: '2404', body: '' }
    }
    const bill = accounts.get(field('UserNo'))?.bills.find(({ billNo }) => billNo === field('BillNo'))
    if (!bill) return { code: '2410', body: '' }
    const fen = Number(field('Amt').replace('.', ''))
    if (fen !== bill.fen + bill.lateFeeFen) return { code: '2409', body: '' }
    // Whoever tells it twice has paid twice.
    bill.booked.push({ serial, fen })
    return { code: '0000', body: `<SerialNo>${serial}</SerialNo>` }
  }

  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('latin1')
      const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? ''
      const code = field('TxCode')
      calls.push(code)
      const at = wrongs.findIndex((each) => each.code === undefined || each.code === code)
      const wrong = at < 0 ? undefined : wrongs.splice(at, 1)[0]?.name
      const send = (body: Buffer | string, status = 200, type = 'text/html; charset=iso-8859-1') =>
        response.writeHead(status, { 'Content-Type': type }).end(body)
      if (wrong === 'hangs-up') return request.socket.destroy()
      if (wrong === 'html') return send('<html><body>系统维护中</body></html>')
      if (wrong === 'server-error') return send('error', 500)
      if (wrong === 'busy-code') return send(encodeGbk(responseXml('9999', '')))
      if (wrong === 'done-later') return void setTimeout(() => handle(code, field), options.laterMs ?? 300)
      const answer = handle(code, field, wrong === 'old-list')
      if (wrong === 'answer-lost') return request.socket.destroy()
      // Its Content-Type is always wrong.
      const bytes = spoiled(encodeGbk(responseXml(answer.code, spoiledBody(answer.body, wrong))), wrong)
      if (wrong === 'slow') return void setTimeout(() => send(bytes), options.slowMs ?? 1000)
      send(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ufbill/service.jsp`,
    accounts,
    misbehave: (name, code) => void wrongs.push({ name, code }),
    calls: (code) => calls.filter((each) => each === code).length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const responseXml = (code: string, body: string): string =>
  `\r\n<?xml version="1.0" encoding="GBK"?>\r\n<Response><Head><RetCode>${code}</RetCode><RetMsg>交易</RetMsg></Head><Body>${body}</Body></Response>\r\n`

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

function accountXml(
  { number, holder, address, phone, bills }: LegacyAccount,
  isHistory: boolean,
  isOld: boolean,
): string {
  const items = bills
    .filter(({ booked }) => isOld || booked.length > 0 === isHistory)
    .map(
      ({ billNo, period, fen, lateFeeFen, usage, issued, due }) =>
        `<Item><BillNo>${billNo}</BillNo><Period>${period}</Period><Amt>${yuan(fen)}</Amt><LateFee>${lateFeeFen ? yuan(lateFeeFen) : ''}</LateFee>` +
        `<Usage>${usage}</Usage><IssueDate>${issued}</IssueDate><DueDate>${due}</DueDate>${isHistory ? `<PayDate>${due}</PayDate>` : ''}</Item>`,
    )
  return (
    `<UserNo>${number}</UserNo><UserName>${escaped(holder)}</UserName><UserAddr>${escaped(address)}</UserAddr><Tel>${phone}</Tel>` +
    `<Count>${items.length}</Count>${items.join('\r\n')}`
  )
}

function spoiledBody(body: string, wrong: LegacyMisbehaviour | undefined): string {
  if (wrong === 'list-cut') return body.replace(/<Item>.*?<\/Item>/s, '')
  if (wrong === 'bill-twice')
    return body
      .replace(/<Item>.*?<\/Item>/s, '$&$&')
      .replace(/<Count>(\d+)/, (_, count) => `<Count>${Number(count) + 1}`)
  if (wrong === 'empty-amount') return body.replace(/<Amt>[^<]*/, '<Amt>')
  if (wrong === 'no-number') return body.replace(/<Amt>[^<]*/, '<Amt>--')
  if (wrong === 'other-account') return body.replace(/<(UserNo|SerialNo)>/, '<$1>9')
  if (wrong === 'malformed') return `${body}<br>`
  return body
}

function spoiled(bytes: Buffer, wrong: LegacyMisbehaviour | undefined): Buffer {
  if (wrong === 'truncated') return bytes.subarray(0, Math.trunc(bytes.length * 0.7))
  if (wrong === 'bad-bytes')
    return Buffer.concat([bytes.subarray(0, -14), Buffer.from([0x81, 0x20]), bytes.subarray(-14)])
  if (wrong === 'entities')
    return Buffer.concat([
      Buffer.from('<!DOCTYPE Response [<!ENTITY a "aaaaaaaaaa">]>'),
      bytes.subarray(bytes.indexOf('<Response')),
    ])
  return bytes
}
