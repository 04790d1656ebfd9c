import * as v from 'valibot'
import { readShanghai } from './shanghai'
import { fenOf } from './yuan'

// What the adapter reads of Alipay's answers; everything else in them is left alone.

/** Yuan as text, read as fen. */
const yuan = v.pipe(
  v.string(),
  v.transform(fenOf),
  v.check((fen) => fen !== null),
  v.transform(Number),
)
const time = v.pipe(
  v.string(),
  v.transform(readShanghai),
  v.check((at) => at !== null),
  v.transform((at) => new Date(at ?? Number.NaN)),
)

export const anyAnswer = v.object({
  code: v.string(),
  msg: v.optional(v.string(), ''),
  sub_code: v.optional(v.string(), ''),
  sub_msg: v.optional(v.string(), ''),
})

export const createAnswer = v.object({ out_trade_no: v.string(), trade_no: v.pipe(v.string(), v.nonEmpty()) })

const trade = { out_trade_no: v.string(), trade_no: v.string(), total_amount: yuan }

/** https://opendocs.alipay.com/open/194/105170; only what was paid has a `send_pay_date`, also after all of it went back. */
export const queryAnswer = v.variant('trade_status', [
  v.object({ ...trade, trade_status: v.literal('WAIT_BUYER_PAY') }),
  v.object({ ...trade, trade_status: v.literal('TRADE_CLOSED'), send_pay_date: v.optional(time) }),
  v.object({ ...trade, trade_status: v.picklist(['TRADE_SUCCESS', 'TRADE_FINISHED']), send_pay_date: time }),
])

/** `refund_fee` is the sum of all refunds of the trade, not this one. */
export const refundAnswer = v.object({
  out_trade_no: v.string(),
  trade_no: v.string(),
  fund_change: v.picklist(['Y', 'N']),
  gmt_refund_pay: v.optional(time),
})

/** Without a status there is no such refund, or none that has succeeded. */
export const refundQueryAnswer = v.union([
  v.object({
    out_trade_no: v.string(),
    trade_no: v.string(),
    out_request_no: v.string(),
    refund_amount: yuan,
    refund_status: v.picklist(['REFUND_SUCCESS', 'REFUND_PROCESSING', 'REFUND_FAIL']),
    gmt_refund_pay: v.optional(time),
  }),
  v.object({ refund_status: v.optional(v.literal('')) }),
])

export const billAnswer = v.object({ bill_download_url: v.pipe(v.string(), v.url()) })

/** https://opendocs.alipay.com/open/204/105301 */
export const news = v.object({
  notify_id: v.pipe(v.string(), v.nonEmpty()),
  notify_time: time,
  app_id: v.string(),
  seller_id: v.string(),
  out_trade_no: v.pipe(v.string(), v.nonEmpty()),
  total_amount: yuan,
  trans_currency: v.optional(v.string(), 'CNY'),
  gmt_refund: v.optional(v.string()),
  out_biz_no: v.optional(v.string()),
})
