import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import * as v from 'valibot'
import type {
  Cashier,
  RawNotification,
  RefundRequest,
  StatementLine,
  TakenNotifications,
  VendorClaim,
  VendorOrder,
  VendorRefund,
} from './cashier'
import { NotificationRefused, type RefusalReason, VendorRefused, VendorUnavailable } from './errors'
import { requestVendor, retryAfterMs, type VendorResponse } from './request'
import { isStatementReady, shanghaiInstant } from './shanghai'
import {
  billAnswer,
  envelope,
  errorAnswer,
  orderAnswer,
  paymentNews,
  prepayAnswer,
  refundAnswer,
  refundNews,
} from './wechat-answers'
import { authorization, decrypt, invocation, readVendorKeys, signatureFault } from './wechat-signature'
import { readWechatStatement } from './wechat-statement'

export type WechatPayOptions = {
  /** `https://api.mch.weixin.qq.com`, or the sandbox's server. */
  baseUrl: string
  /** The mini-program's. */
  appId: string
  merchantId: string
  /** Of the merchant's certificate. */
  serial: string
  /** The merchant's, PEM. */
  privateKey: string
  /** 32 characters, set by the merchant; opens notifications. */
  apiV3Key: string
  /** PEM of WeChat Pay's public keys or platform certificates, each by its id or serial number. */
  vendorKeys: Record<string, string>
  notifyUrl: string
  taken: TakenNotifications
  timeoutMs?: number
  /** The calendar, for which bills are ready. */
  now?: () => Date
}

/** WeChat's own codes that mean something to a caller. https://pay.weixin.qq.com/doc/v3/merchant/4012791856 */
const reasons: Record<string, RefusalReason> = {
  ORDER_NOT_EXIST: 'no-such-order',
  ORDERNOTEXIST: 'no-such-order',
  ORDERPAID: 'order-paid',
  ORDER_PAID: 'order-paid',
  ORDER_CLOSED: 'order-closed',
  ORDERCLOSED: 'order-closed',
  USERPAYING: 'order-paying',
  USER_PAYING: 'order-paying',
  OUT_TRADE_NO_USED: 'reference-used',
  NOT_ENOUGH: 'balance',
  NO_STATEMENT_EXIST: 'no-statement',
  SIGN_ERROR: 'credentials',
  MCH_NOT_EXISTS: 'credentials',
  APPID_MCHID_NOT_MATCH: 'credentials',
}

const refundStates = { SUCCESS: 'success', CLOSED: 'closed', PROCESSING: 'processing', ABNORMAL: 'failed' } as const

const unreadable = (what: string) => new VendorUnavailable('unreadable', what)

/** WeChat Pay's API v3 for a mini-program (JSAPI). */
export function createWechatPay(options: WechatPayOptions): Cashier {
  const { appId, merchantId, notifyUrl, timeoutMs = 8000, now = () => new Date() } = options
  const keys = readVendorKeys(options.vendorKeys)
  const [firstKey = ''] = keys.keys()
  const baseUrl = options.baseUrl.replace(/\/$/, '')

  function send(method: 'GET' | 'POST', url: string, content?: object): Promise<VendorResponse> {
    const body = content === undefined ? '' : JSON.stringify(content)
    const { pathname, search } = new URL(url)
    const headers: Record<string, string> = {
      Accept: 'application/json',
      Authorization: authorization(options, { method, target: pathname + search, body }),
      // Names the key that the answer is to be verified with.
      'Wechatpay-Serial': firstKey,
      'User-Agent': 'city-services',
    }
    if (body !== '') headers['Content-Type'] = 'application/json'
    return requestVendor(url, { method, headers, timeoutMs, ...(body === '' ? {} : { body }) })
  }

  /** The verified answer as JSON (`null` for 204); a refusal is verified as well: money may be moved by "no such order". */
  async function call(method: 'GET' | 'POST', path: string, content?: object): Promise<unknown> {
    const response = await send(method, baseUrl + path, content)
    const { status, body } = response
    if (status === 429) throw new VendorUnavailable('busy', path, retryAfterMs(response) ?? 1000)
    if (status >= 500) throw new VendorUnavailable('system', `${status} ${path}`, retryAfterMs(response))
    // Whose request could not be verified gets no signature.
    if (status === 401) throw refusal('SIGN_ERROR', read(errorAnswer, parse(body)).message)
    const fault = signatureFault(keys, response.header, body)
    if (fault !== null) throw new VendorUnavailable('unverified', `${path}: ${fault}`)
    if (status === 204) return null
    const answer = parse(body)
    if (status === 200) return answer
    const { code, message } = read(errorAnswer, answer)
    if (code === 'SYSTEM_ERROR') throw new VendorUnavailable('system', path)
    if (code === 'FREQUENCY_LIMITED') throw new VendorUnavailable('busy', path, 1000)
    if (code === 'STATEMENT_CREATING') throw new VendorUnavailable('not-ready', path, 30 * 60_000)
    throw refusal(code, message)
  }

  const refusal = (code: string, message: string, other: RefusalReason = 'other') =>
    new VendorRefused(reasons[code] ?? other, code, message)

  const orderPath = (reference: string) => `/v3/pay/transactions/out-trade-no/${encodeURIComponent(reference)}`

  async function query(reference: string): Promise<VendorOrder> {
    const order = read(orderAnswer, await call('GET', `${orderPath(reference)}?mchid=${merchantId}`))
    if (order.out_trade_no !== reference || order.mchid !== merchantId || order.appid !== appId) {
      throw unreadable('another order')
    }
    const paid = order.trade_state === 'SUCCESS' || order.trade_state === 'REFUND'
    return {
      reference,
      state: order.trade_state,
      amountFen: order.amount?.total ?? null,
      currency: 'CNY',
      paidAt: paid ? order.success_time : null,
      vendorNumber: paid ? order.transaction_id : null,
    }
  }

  function refundOf(answer: unknown, asked: { reference: string; refundReference: string }): VendorRefund {
    const refund = read(refundAnswer, answer)
    if (refund.out_trade_no !== asked.reference || refund.out_refund_no !== asked.refundReference) {
      throw unreadable('another refund')
    }
    return {
      reference: asked.reference,
      refundReference: asked.refundReference,
      amountFen: refund.amount.refund,
      state: refundStates[refund.status],
      refundedAt: refund.success_time ?? null,
      vendorNumber: refund.refund_id,
    }
  }

  return {
    kind: 'wechat',

    async open({ reference, amountFen, subject, payer, expiresAt }) {
      const answer = await call('POST', '/v3/pay/transactions/jsapi', {
        appid: appId,
        mchid: merchantId,
        description: subject,
        out_trade_no: reference,
        time_expire: shanghaiInstant(expiresAt),
        notify_url: notifyUrl,
        amount: { total: amountFen, currency: 'CNY' },
        payer: { openid: payer },
      })
      return invocation(appId, read(prepayAnswer, answer).prepay_id, options.privateKey)
    },

    query,

    async close(reference) {
      try {
        await call('POST', `${orderPath(reference)}/close`, { mchid: merchantId })
      } catch (error) {
        const crossed = error instanceof VendorRefused && error.reason.startsWith('order-')
        if (!crossed) throw error
      }
      return query(reference)
    },

    async refund({ reference, refundReference, amountFen, totalFen, reason }: RefundRequest) {
      try {
        const answer = await call('POST', '/v3/refund/domestic/refunds', {
          out_trade_no: reference,
          out_refund_no: refundReference,
          reason,
          notify_url: notifyUrl,
          amount: { refund: amountFen, total: totalFen, currency: 'CNY' },
        })
        return refundOf(answer, { reference, refundReference })
      } catch (error) {
        throw refusalHere(error, { RESOURCE_NOT_EXISTS: 'no-such-order', INVALID_REQUEST: 'rules' })
      }
    },

    async queryRefund(asked) {
      try {
        const path = `/v3/refund/domestic/refunds/${encodeURIComponent(asked.refundReference)}`
        return refundOf(await call('GET', path), asked)
      } catch (error) {
        throw refusalHere(error, { RESOURCE_NOT_EXISTS: 'no-such-refund' })
      }
    },

    async statement(day): Promise<StatementLine[]> {
      if (!isStatementReady(day, now())) throw new VendorUnavailable('not-ready', `the bill of ${day}`)
      let bill: v.InferOutput<typeof billAnswer>
      try {
        bill = read(billAnswer, await call('GET', `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL&tar_type=GZIP`))
      } catch (error) {
        if (error instanceof VendorRefused && error.reason === 'no-statement') return []
        throw error
      }
      const file = await send('GET', bill.download_url)
      if (file.status !== 200) throw new VendorUnavailable('system', `${file.status} for the bill of ${day}`)
      const text = unzip(file.body)
      // The file has no signature; its digest stands in the signed answer.
      if (createHash('sha1').update(text).digest('hex') !== bill.hash_value.toLowerCase()) {
        throw new VendorUnavailable('unverified', `the bill of ${day}`)
      }
      const lines = readWechatStatement(text.toString('utf8'), { appId, merchantId })
      if (lines === null) throw unreadable(`the bill of ${day}`)
      return lines
    },

    async notification({ body, headers }: RawNotification): Promise<VendorClaim> {
      const fault = signatureFault(keys, (name) => headers[name] ?? '', body)
      if (fault !== null) throw new NotificationRefused(fault)
      const { id, event_type: event, resource } = readNews(envelope, () => JSON.parse(body.toString('utf8')))
      if (await options.taken.has(id)) throw new NotificationRefused('repeated')
      const open = () => JSON.parse(decrypt(options.apiV3Key, resource))
      const kind = event.startsWith('REFUND.') ? 'refund' : 'payment'
      if (kind === 'payment' && event !== 'TRANSACTION.SUCCESS') throw new NotificationRefused('malformed')
      const news = readNews(kind === 'refund' ? refundNews : paymentNews, open)
      if (news.mchid !== merchantId) throw new NotificationRefused('merchant')
      // News of a refund names no app.
      if ('appid' in news && news.appid !== appId) throw new NotificationRefused('app')
      if (news.amount.currency !== 'CNY') throw new NotificationRefused('currency')
      return {
        kind,
        reference: news.out_trade_no,
        refundReference: 'out_refund_no' in news ? news.out_refund_no : null,
        amountFen: news.amount.total,
        id,
      }
    },

    reply: (taken) => ({
      status: taken ? 200 : 400,
      contentType: 'application/json',
      body: JSON.stringify(taken ? { code: 'SUCCESS' } : { code: 'FAIL', message: '未受理' }),
    }),
  }
}

/** What a code means that several calls use differently. */
function refusalHere(error: unknown, here: Record<string, RefusalReason>): unknown {
  if (!(error instanceof VendorRefused) || error.reason !== 'other') return error
  return new VendorRefused(here[error.code] ?? 'other', error.code, error.vendorMessage)
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw unreadable('no JSON')
  }
}

function read<Schema extends v.GenericSchema>(schema: Schema, answer: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, answer)
  if (!result.success) throw unreadable(v.flatten(result.issues).nested ? 'fields are missing' : 'no such answer')
  return result.output
}

function readNews<Schema extends v.GenericSchema>(schema: Schema, make: () => unknown): v.InferOutput<Schema> {
  try {
    return v.parse(schema, make())
  } catch {
    throw new NotificationRefused('malformed')
  }
}

function unzip(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: 256 * 1024 * 1024 })
  } catch {
    throw unreadable('no gzip')
  }
}
