import { randomInt } from 'node:crypto'
import fastify, { type FastifyReply } from 'fastify'
import { writeAlipayStatement, yuan } from './alipay-statement'
import type { BookedOrder, BookedRefund, Letter } from './books'
import { createIdentities } from './identities'
import { createLedger, type Refusal, type VendorParts } from './ledger'
import { ageOf, deliver, type Envelope } from './post'
import { createCodes } from './sign-in'
import { makeKeyPair, rsaSign, rsaVerify } from './signing'
import type { VendorServer } from './wechat-pay'
import { shanghai } from './wechat-statement'

/** The merchant's app as Alipay knows it. */
export type AlipayApp = {
  appId: string
  /** The merchant's user id, 2088…. */
  merchantId: string
  publicKey: string
}

export type AlipayServerOptions = VendorParts & {
  app: AlipayApp
  /** Alipay's own key. */
  privateKey: string
}

/** A refusal in Alipay's words; HTTP's status is 200 all the same. */
class Refused extends Error {
  constructor(
    readonly code: string,
    readonly subCode: string,
    message: string,
  ) {
    super(message)
  }
}

const pausesSeconds = [240, 600, 600, 3600, 7200, 21_600, 54_000]

const business = (subCode: string, message: string) => () => new Refused('40004', subCode, message)
const refusals: Record<Refusal, () => Refused> = {
  absent: business('ACQ.TRADE_NOT_EXIST', '交易不存在'),
  different: business('ACQ.CONTEXT_INCONSISTENT', '交易信息被篡改'),
  paid: business('ACQ.TRADE_HAS_SUCCESS', '交易已被支付'),
  paying: business('ACQ.TRADE_STATUS_ERROR', '交易状态不合法'),
  closed: business('ACQ.TRADE_HAS_CLOSE', '交易已经关闭'),
  unpaid: business('ACQ.TRADE_STATUS_ERROR', '交易状态不合法'),
  'too-much': business('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL', '退款金额超限'),
  expired: business('ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR', '超时时间设置不对'),
  'no-money': business('ACQ.BUYER_BALANCE_NOT_ENOUGH', '买家余额不足'),
  'no-agreement': business('ACQ.AGREEMENT_NOT_EXIST', '用户协议不存在'),
  'above-limit': business('ACQ.PRODUCT_AMOUNT_LIMIT_ERROR', '超过单笔限额'),
}

/** Its parameters are no `biz_content`, and its answer has no code. */
const oauth = 'alipay.system.oauth.token'

const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('')
/** `a=1&b=2` in the order of the names, what Alipay calls the content to sign. */
const content = (params: Record<string, string>) =>
  Object.keys(params)
    .sort()
    .filter((name) => params[name] !== '')
    .map((name) => `${name}=${params[name]}`)
    .join('&')

/** Alipay's gateway with its signatures, for one app. Its methods and words are Alipay's own. */
export function createAlipayServer(options: AlipayServerOptions): VendorServer {
  const { app: merchant, misbehaviours, now } = options
  const number = () => shanghai(now()).slice(0, 10).replaceAll('-', '') + digits(20)
  const ledger = createLedger(options, { opening: number, paid: number })
  const stranger = makeKeyPair()
  const codes = createCodes('ali')
  const identities = createIdentities('certify')
  const app = fastify({ bodyLimit: 64 * 1024 })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  )

  app.post<{ Querystring: Record<string, string> }>('/gateway.do', async (request, reply) => {
    if (misbehaviours.take('timeout')) return new Promise(() => undefined)
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
    const params: Record<string, string> = { ...request.query, ...Object.fromEntries(form) }
    const { method = '' } = params
    let name = `${method.replaceAll('.', '_')}_response`
    const node = await decide(params, `${request.protocol}://${request.host}`).catch((error: unknown) => {
      const refused = error instanceof Refused ? error : new Refused('40002', 'isv.invalid-parameter', '参数无效')
      if (method === oauth) name = 'error_response'
      const msg = refused.code === '40004' ? 'Business Failed' : 'Invalid Arguments'
      return { code: refused.code, msg, sub_code: refused.subCode, sub_msg: refused.message }
    })
    if (misbehaviours.take('answer-lost')) request.raw.socket.destroy()
    return answer(reply, name, node)
  })

  /** One node and the signature over its very text, slashes escaped as Alipay does. */
  function answer(reply: FastifyReply, name: string, content: object) {
    const node = JSON.stringify(content).replaceAll('/', '\\/')
    const key = misbehaviours.take('bad-signature') ? stranger.privateKey : options.privateKey
    const sign = misbehaviours.take('no-signature') ? '' : `,"sign":"${rsaSign(node, key)}"`
    const forged = misbehaviours.take('answer-appended')
      ? `,"${name}":${node.replace('WAIT_BUYER_PAY', 'TRADE_SUCCESS')}`
      : ''
    return reply.type('text/html;charset=utf-8').send(`{"${name}":${node}${sign}${forged}}`)
  }

  async function decide(params: Record<string, string>, origin: string): Promise<object> {
    const { sign = '', ...signed } = params
    if (params.app_id !== merchant.appId) throw new Refused('40002', 'isv.invalid-app-id', '无效的AppID参数')
    if (params.sign_type !== 'RSA2' || !rsaVerify(content(signed), sign, merchant.publicKey)) {
      throw new Refused('40002', 'isv.invalid-signature', '验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配')
    }
    const sent = new Date(`${(params.timestamp ?? '').replace(' ', 'T')}+08:00`)
    if (!(Math.abs(Date.now() - sent.getTime()) < 900_000)) {
      throw new Refused('40002', 'isv.invalid-timestamp', '非法的时间戳参数')
    }
    if (misbehaviours.take('system-error')) throw new Refused('20000', 'isp.unknow-error', '系统繁忙')
    if (misbehaviours.take('busy')) throw new Refused('40005', 'isv.app-call-limited', '应用调用次数超限')
    const perform = methods[params.method ?? '']
    if (perform === undefined) throw new Refused('40002', 'isv.invalid-method', '不存在的方法名')
    if (params.method === oauth) return perform(params, '', origin)
    const bizContent: Record<string, unknown> = JSON.parse(params.biz_content ?? '')
    return { code: '10000', msg: 'Success', ...(await perform(bizContent, params.notify_url ?? '', origin)) }
  }

  const text = (value: unknown, pattern: RegExp): string => {
    if (typeof value !== 'string' || !pattern.test(value))
      throw new Refused('40004', 'ACQ.INVALID_PARAMETER', '参数无效')
    return value
  }
  const fen = (value: unknown): number => Number(text(value, /^\d{1,9}\.\d\d$/).replace('.', ''))

  type Method = (bizContent: Record<string, unknown>, notifyUrl: string, origin: string) => Promise<object>
  const methods: Record<string, Method> = {
    async [oauth]({ grant_type, code }) {
      text(grant_type, /^authorization_code$/)
      const who = codes.take(text(code, /./))
      if (who === 'unknown' || who === 'used') throw new Refused('40002', 'isv.code-invalid', '授权码code无效')
      return { user_id: who.userId, access_token: digits(40), expires_in: 1296000, re_expires_in: 2592000 }
    },

    async 'alipay.user.certify.open.initialize'({ outer_order_no, biz_code, identity_param }) {
      text(biz_code, /^(FACE|SMART_FACE|CERT_PHOTO_FACE)$/)
      const { identity_type, cert_type, cert_name, cert_no } = Object(identity_param)
      text(identity_type, /^CERT_INFO$/)
      text(cert_type, /^IDENTITY_CARD$/)
      const document = { name: text(cert_name, /./), number: text(cert_no, /^\d{17}[\dX]$/) }
      const reference = text(outer_order_no, /^\w{1,32}$/)
      return { certify_id: identities.begin({ ...document, reference, openId: '' }) }
    },

    async 'alipay.user.certify.open.query'({ certify_id }) {
      const identity = identities.find(certify_id)
      if (identity === null) throw new Refused('40004', 'CERTIFY_ID_NOT_EXIST', '认证单据不存在')
      const { decision, name, number } = identity
      const isRefused = decision === 'number-differs' || decision === 'face-differs'
      const other = misbehaviours.take('other-order') ? `${number.slice(0, -4)}0000` : number
      return {
        passed: decision === 'passed' ? 'T' : 'F',
        ...(isRefused && { fail_reason: '认证不通过' }),
        ...(decision === 'passed' && { identity_info: JSON.stringify({ cert_name: name, cert_no: other }) }),
      }
    },

    async 'alipay.trade.create'(bizContent, notifyUrl) {
      text(bizContent.product_code, /^JSAPI_PAY$/)
      if (bizContent.op_app_id !== merchant.appId) throw new Refused('40004', 'ACQ.INVALID_PARAMETER', '参数无效')
      const order = await ledger.create({
        reference: text(bizContent.out_trade_no, /^\w{1,64}$/),
        amountFen: fen(bizContent.total_amount),
        subject: text(bizContent.subject, /^[^/=&]{1,256}$/),
        payer: text(bizContent.buyer_id ?? bizContent.buyer_open_id, /^[\w-]{10,128}$/),
        expiresAt: new Date(
          `${text(bizContent.time_expire, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/).replace(' ', 'T')}+08:00`,
        ),
        notifyUrl: text(notifyUrl, /^https?:/),
      })
      if (typeof order === 'string') throw refusals[order]()
      return { out_trade_no: order.reference, trade_no: order.openingNumber }
    },

    async 'alipay.trade.query'(bizContent) {
      const { order, refunds } = await ledger.look(text(bizContent.out_trade_no, /./))
      if (order === null) throw refusals.absent()
      return {
        buyer_logon_id: '138******00',
        buyer_user_id: order.payer,
        out_trade_no: misbehaviours.take('other-order') ? `${order.reference}X` : order.reference,
        trade_no: order.openingNumber,
        total_amount: yuan(order.amountFen),
        trade_status: statusOf(order, refunds),
        ...(order.paidAt && { send_pay_date: shanghai(order.paidAt), receipt_amount: yuan(order.amountFen) }),
      }
    },

    async 'alipay.trade.close'(bizContent) {
      const reference = text(bizContent.out_trade_no, /./)
      const outcome = await ledger.close(reference)
      if (outcome === 'paid') throw refusals.paying()
      if (outcome !== 'closed-now') throw refusals[outcome]()
      return { out_trade_no: reference }
    },

    async 'alipay.trade.refund'(bizContent, notifyUrl) {
      const reference = text(bizContent.out_trade_no, /./)
      const { order: known } = await ledger.look(reference)
      const outcome = await ledger.refund(reference, {
        refundReference: text(bizContent.out_request_no, /^[\w-]{1,64}$/),
        amountFen: fen(bizContent.refund_amount),
        totalFen: null,
        reason: text(bizContent.refund_reason, /^.{1,256}$/su),
        notifyUrl: notifyUrl || (known?.notifyUrl ?? ''),
      })
      if (outcome === 'different') throw business('ACQ.DISCORDANT_REPEAT_REQUEST', '同一笔退款请求金额不一致')()
      if (typeof outcome === 'string') throw refusals[outcome]()
      const { order, refund, isDone, refundedFen } = outcome
      // What it calls done is in its books.
      if (isDone) await ledger.look(reference)
      if (misbehaviours.isIn('refunds-fail', order)) throw business('ACQ.SELLER_BALANCE_NOT_ENOUGH', '卖家余额不足')()
      return {
        out_trade_no: reference,
        trade_no: order.openingNumber,
        buyer_user_id: order.payer,
        fund_change: isDone ? 'Y' : 'N',
        refund_fee: yuan(refundedFen),
        ...(isDone && { gmt_refund_pay: shanghai(refund.doneAt) }),
      }
    },

    async 'alipay.trade.fastpay.refund.query'(bizContent) {
      const { order, refunds } = await ledger.look(text(bizContent.out_trade_no, /./))
      if (order === null) throw refusals.absent()
      const refund = refunds.find(({ refundReference }) => refundReference === bizContent.out_request_no)
      // What has not succeeded is not told from what was never bizContent for.
      if (refund?.state !== 'SUCCESS') return {}
      const wantsTime = Array.isArray(bizContent.query_options) && bizContent.query_options.includes('gmt_refund_pay')
      return {
        out_request_no: refund.refundReference,
        out_trade_no: order.reference,
        trade_no: order.openingNumber,
        total_amount: yuan(order.amountFen),
        refund_amount: yuan(refund.amountFen),
        refund_status: 'REFUND_SUCCESS',
        ...(wantsTime && { gmt_refund_pay: shanghai(refund.doneAt) }),
      }
    },

    async 'alipay.data.dataservice.bill.downloadurl.query'(bizContent, _notifyUrl, origin) {
      text(bizContent.bill_type, /^trade$/)
      const day = text(bizContent.bill_date, /^\d{4}-\d\d-\d\d$/)
      if (day >= shanghai(now()).slice(0, 10)) throw business('isv.invalid_arguments', '入参不合法')()
      if ((await statement(day)) === null) throw business('isp.bill_not_exist', '账单不存在')()
      return { bill_download_url: `${origin}/downloadBillFile.resource?bizType=trade&bizDates=${day}` }
    },
  }

  const statement = async (day: string) => writeAlipayStatement(await ledger.pagesOf(day), day, merchant.merchantId)

  app.get<{ Querystring: { bizDates?: string } }>('/downloadBillFile.resource', async (request, reply) => {
    const bill = await statement(request.query.bizDates ?? '')
    if (bill === null) return reply.code(404).send()
    // The file has no signature of its own; its sums are in it.
    if (misbehaviours.take('file-changed')) bill[Math.trunc(bill.length * 0.6)] = 0
    return reply.type('application/zip').send(bill)
  })

  function statusOf(order: BookedOrder, refunds: BookedRefund[]): string {
    if (order.state === 'CLOSED') return 'TRADE_CLOSED'
    if (order.state !== 'SUCCESS') return order.expiresAt <= now() ? 'TRADE_CLOSED' : 'WAIT_BUYER_PAY'
    const refundedFen = refunds.reduce((sum, { amountFen }) => sum + amountFen, 0)
    return refundedFen === order.amountFen ? 'TRADE_CLOSED' : 'TRADE_SUCCESS'
  }

  function write(letter: Letter, order: BookedOrder, refund: BookedRefund | null): Envelope {
    const { id, twist } = letter
    const params: Record<string, string> = {
      // Of this moment, whatever day the sandbox plays.
      notify_time: shanghai(new Date(Date.now() - ageOf(letter) * 1000)),
      notify_type: 'trade_status_sync',
      notify_id: id.replaceAll('-', ''),
      charset: 'utf-8',
      version: '1.0',
      sign_type: 'RSA2',
      app_id: twist === 'wrong-app' ? '2021000000000000' : merchant.appId,
      seller_id: twist === 'wrong-merchant' ? '2088000000000000' : merchant.merchantId,
      trade_no: order.openingNumber,
      out_trade_no: order.reference,
      buyer_id: order.payer,
      subject: order.subject,
      total_amount: yuan(order.amountFen + (twist === 'wrong-amount' ? 1 : 0)),
      trade_status: refund && refund.amountFen === order.amountFen ? 'TRADE_CLOSED' : 'TRADE_SUCCESS',
      gmt_create: shanghai(order.openedAt),
      gmt_payment: shanghai(order.paidAt ?? order.openedAt),
      ...(twist === 'wrong-currency' && { trans_currency: 'USD' }),
      ...(refund && {
        gmt_refund: `${shanghai(refund.doneAt)}.123`,
        out_biz_no: refund.refundReference,
        refund_fee: yuan(refund.amountFen),
      }),
    }
    const { sign_type: _, ...signed } = params
    const sign = rsaSign(content(signed), twist === 'wrong-key' ? stranger.privateKey : options.privateKey)
    return {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams({ ...params, sign }).toString(),
    }
  }

  return {
    app,
    ledger,
    identities,
    async sweep() {
      await ledger.sweep()
      await deliver(options, ledger, { pausesSeconds, write, isTaken: (_status, body) => body.trim() === 'success' })
    },
  }
}
