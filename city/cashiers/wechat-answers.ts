import * as v from 'valibot'

// What the adapter reads of WeChat Pay's answers; everything else in them is left alone.
const fen = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const instant = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((text) => new Date(text)),
)
const cny = v.optional(v.literal('CNY'), 'CNY')

export const prepayAnswer = v.object({ prepay_id: v.pipe(v.string(), v.nonEmpty()) })

const who = { appid: v.string(), mchid: v.string(), out_trade_no: v.string() }

/** https://pay.weixin.qq.com/doc/v3/merchant/4013070356; orders for codes and cards have more states, ours never have. */
export const orderAnswer = v.variant('trade_state', [
  v.object({
    ...who,
    trade_state: v.picklist(['NOTPAY', 'USERPAYING', 'CLOSED']),
    amount: v.optional(v.object({ total: v.optional(fen), currency: cny })),
  }),
  v.object({
    ...who,
    trade_state: v.picklist(['SUCCESS', 'REFUND']),
    transaction_id: v.string(),
    success_time: instant,
    amount: v.object({ total: fen, currency: cny }),
  }),
])

/** https://pay.weixin.qq.com/doc/v3/merchant/4013070374 */
export const refundAnswer = v.object({
  refund_id: v.string(),
  out_refund_no: v.string(),
  out_trade_no: v.string(),
  status: v.picklist(['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL']),
  success_time: v.optional(instant),
  amount: v.object({ refund: fen, total: fen, currency: cny }),
})

export const billAnswer = v.object({ hash_type: v.literal('SHA1'), hash_value: v.string(), download_url: v.string() })

export const errorAnswer = v.object({ code: v.string(), message: v.optional(v.string(), '') })

/** https://pay.weixin.qq.com/doc/v3/merchant/4013070368 */
export const envelope = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  event_type: v.string(),
  resource: v.object({
    algorithm: v.literal('AEAD_AES_256_GCM'),
    ciphertext: v.string(),
    nonce: v.string(),
    associated_data: v.optional(v.string(), ''),
  }),
})

export const paymentNews = v.object({
  ...who,
  amount: v.object({ total: fen, currency: v.optional(v.string(), 'CNY') }),
})

export const refundNews = v.object({
  mchid: v.string(),
  out_trade_no: v.string(),
  out_refund_no: v.string(),
  amount: v.object({ total: fen, currency: v.optional(v.string(), 'CNY') }),
})
