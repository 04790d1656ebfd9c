import * as v from 'valibot'
import { billAnswer, createAnswer, news, queryAnswer, refundAnswer, refundQueryAnswer } from './alipay-answers'
import { alipayGateway } from './alipay-gateway'
import { isSigned, signedParams } from './alipay-signature'
import { readAlipayStatement } from './alipay-statement'
import type { Cashier, RawNotification, TakenNotifications, VendorClaim, VendorOrder, VendorRefund } from './cashier'
import { NotificationRefused, VendorRefused, VendorUnavailable } from './errors'
import { requestVendor } from './request'
import { isStatementReady, shanghaiText } from './shanghai'
import { yuanOf } from './yuan'

export type AlipayOptions = {
  /** `https://openapi.alipay.com/gateway.do`, or the sandbox's server. */
  gateway: string
  /** The mini-program's. */
  appId: string
  /** The merchant's own user id, 2088…; it is the `seller_id` of a notification. */
  merchantId: string
  /** The app's, PEM. */
  privateKey: string
  /** Alipay's, PEM; not the app's own. */
  vendorPublicKey: string
  notifyUrl: string
  taken: TakenNotifications
  timeoutMs?: number
  /** The calendar, for which bills are ready. */
  now?: () => Date
}

/** How far the time of a notification may be from ours. */
const FRESH_MS = 300_000

const unreadable = (what: string) => new VendorUnavailable('unreadable', what)

/** Alipay's gateway (RSA2, key mode) for a mini-program. */
export function createAlipay(options: AlipayOptions): Cashier {
  const { appId, merchantId, notifyUrl, timeoutMs = 8000, now = () => new Date() } = options
  const gateway = alipayGateway({ ...options, timeoutMs })

  const call = (method: string, content: object, more: Record<string, string> = {}) =>
    gateway(method, { biz_content: JSON.stringify(content) }, more)

  async function query(reference: string): Promise<VendorOrder> {
    const trade = read(queryAnswer, await call('alipay.trade.query', { out_trade_no: reference }))
    if (trade.out_trade_no !== reference) throw unreadable('another order')
    const paidAt = 'send_pay_date' in trade ? (trade.send_pay_date ?? null) : null
    const order = { reference, amountFen: trade.total_amount, currency: 'CNY', paidAt } as const
    if (paidAt === null) {
      return { ...order, state: trade.trade_status === 'WAIT_BUYER_PAY' ? 'NOTPAY' : 'CLOSED', vendorNumber: null }
    }
    const state = trade.trade_status === 'TRADE_CLOSED' ? 'REFUND' : 'SUCCESS'
    return { ...order, state, vendorNumber: trade.trade_no }
  }

  async function queryRefund(asked: { reference: string; refundReference: string }): Promise<VendorRefund> {
    const { reference, refundReference } = asked
    const answer = await call('alipay.trade.fastpay.refund.query', {
      out_trade_no: reference,
      out_request_no: refundReference,
      query_options: ['gmt_refund_pay'],
    })
    const refund = read(refundQueryAnswer, answer)
    if (!('refund_amount' in refund)) throw new VendorRefused('no-such-refund', 'no refund_status', '没有成功的退款')
    if (refund.out_trade_no !== reference || refund.out_request_no !== refundReference) {
      throw unreadable('another refund')
    }
    const states = { REFUND_SUCCESS: 'success', REFUND_PROCESSING: 'processing', REFUND_FAIL: 'failed' } as const
    return {
      reference,
      refundReference,
      amountFen: refund.refund_amount,
      state: states[refund.refund_status],
      refundedAt: refund.gmt_refund_pay ?? null,
      vendorNumber: refund.trade_no,
    }
  }

  return {
    kind: 'alipay',

    async open({ reference, amountFen, subject, payer, expiresAt }) {
      const answer = await call(
        'alipay.trade.create',
        {
          out_trade_no: reference,
          total_amount: yuanOf(amountFen),
          subject: subjectOf(subject),
          product_code: 'JSAPI_PAY',
          op_app_id: appId,
          time_expire: shanghaiText(expiresAt),
          ...(/^2088\d{12}$/.test(payer) ? { buyer_id: payer } : { buyer_open_id: payer }),
        },
        { notify_url: notifyUrl },
      )
      const { out_trade_no, trade_no } = read(createAnswer, answer)
      if (out_trade_no !== reference) throw unreadable('another order')
      return { kind: 'alipay', tradeNO: trade_no }
    },

    query,

    async close(reference) {
      let isUndecided = false
      try {
        await call('alipay.trade.close', { out_trade_no: reference })
      } catch (error) {
        if (!(error instanceof VendorRefused) || !error.reason.startsWith('order-')) throw error
        isUndecided = true
      }
      const order = await query(reference)
      // Alipay has no word for "being paid"; an open order that it does not close is that.
      return isUndecided && order.state === 'NOTPAY' ? { ...order, state: 'USERPAYING' } : order
    },

    async refund({ reference, refundReference, amountFen, reason }) {
      let answer: v.InferOutput<typeof refundAnswer>
      try {
        const content = {
          out_trade_no: reference,
          out_request_no: refundReference,
          refund_amount: yuanOf(amountFen),
          refund_reason: reason,
        }
        answer = read(refundAnswer, await call('alipay.trade.refund', content))
      } catch (error) {
        const isState = error instanceof VendorRefused && error.reason.startsWith('order-')
        throw isState ? new VendorRefused('rules', error.code, error.vendorMessage) : error
      }
      if (answer.out_trade_no !== reference) throw unreadable('another refund')
      const refund = { reference, refundReference, amountFen, vendorNumber: answer.trade_no }
      if (answer.fund_change === 'Y') return { ...refund, state: 'success', refundedAt: answer.gmt_refund_pay ?? null }
      // It was done before, or it is on its way.
      return queryRefund({ reference, refundReference }).catch((error: unknown) => {
        if (!(error instanceof VendorRefused)) throw error
        return { ...refund, state: 'processing', refundedAt: null }
      })
    },

    queryRefund,

    async statement(day) {
      if (!isStatementReady(day, now())) throw new VendorUnavailable('not-ready', `the bill of ${day}`)
      let url: string
      try {
        const answer = await call('alipay.data.dataservice.bill.downloadurl.query', {
          bill_type: 'trade',
          bill_date: day,
        })
        url = read(billAnswer, answer).bill_download_url
      } catch (error) {
        if (error instanceof VendorRefused && error.reason === 'no-statement') return []
        throw error
      }
      const file = await requestVendor(url, { method: 'GET', headers: {}, timeoutMs })
      if (file.status !== 200) throw new VendorUnavailable('system', `${file.status} for the bill of ${day}`)
      const lines = readAlipayStatement(file.body)
      if (lines === null) throw unreadable(`the bill of ${day}`)
      return lines
    },

    async notification({ body }: RawNotification): Promise<VendorClaim> {
      const params = readForm(body)
      // Alipay's other kind of signature is SHA-1; whoever may choose it could forge.
      if (params?.get('sign_type') !== 'RSA2' || params.get('charset')?.toLowerCase() !== 'utf-8') {
        throw new NotificationRefused('malformed')
      }
      if (!isSigned(signedParams(params), params.get('sign') ?? '', options.vendorPublicKey)) {
        throw new NotificationRefused('signature')
      }
      const result = v.safeParse(news, Object.fromEntries(params))
      if (!result.success) throw new NotificationRefused('malformed')
      const claim = result.output
      if (Math.abs(Date.now() - claim.notify_time.getTime()) > FRESH_MS) throw new NotificationRefused('time')
      if (await options.taken.has(claim.notify_id)) throw new NotificationRefused('repeated')
      if (claim.seller_id !== merchantId) throw new NotificationRefused('merchant')
      if (claim.app_id !== appId) throw new NotificationRefused('app')
      if (claim.trans_currency !== 'CNY') throw new NotificationRefused('currency')
      const isRefund = claim.gmt_refund !== undefined && claim.out_biz_no !== undefined
      return {
        kind: isRefund ? 'refund' : 'payment',
        reference: claim.out_trade_no,
        refundReference: isRefund ? (claim.out_biz_no ?? null) : null,
        amountFen: claim.total_amount,
        id: claim.notify_id,
      }
    },

    reply: (taken) => ({
      status: taken ? 200 : 400,
      contentType: 'text/plain',
      body: taken ? 'success' : 'failure',
    }),
  }
}

/** Without the characters that Alipay forbids, and without commas, which its bill would not escape. */
const subjectOf = (subject: string): string => subject.replace(/[,"]/g, '，').replace(/[/=&\s]+/g, ' ')

function read<Schema extends v.GenericSchema>(schema: Schema, answer: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, answer)
  if (!result.success) throw unreadable('fields are missing')
  return result.output
}

/** The form's fields; `null` when a name stands twice. */
function readForm(body: Buffer): Map<string, string> | null {
  const pairs = [...new URLSearchParams(body.toString('utf8'))]
  const params = new Map(pairs)
  return params.size === pairs.length ? params : null
}
