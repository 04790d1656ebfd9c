import { createHash, randomBytes, randomInt } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { BookedOrder, BookedRefund, Letter } from './books'
import { createIdentities, type Identities } from './identities'
import { createLedger, type Ledger, type Refusal, type VendorParts } from './ledger'
import { ageOf, deliver, type Envelope } from './post'
import { addWechatSignIn } from './sign-in'
import { makeKeyPair, rsaSign, rsaVerify, seal } from './signing'
import { addWechatFace, unsignedPaths } from './wechat-face'
import { shanghai, writeWechatStatement } from './wechat-statement'

/** The merchant as WeChat Pay knows it. */
export type WechatMerchant = {
  appId: string
  merchantId: string
  serial: string
  publicKey: string
  apiV3Key: string
  /** The mini-program's; its people sign in here as well. */
  appSecret?: string
}

export type WechatPayServerOptions = VendorParts & {
  merchant: WechatMerchant
  /** WeChat Pay's own key and its id. */
  keyId: string
  privateKey: string
}

export type VendorServer = {
  app: FastifyInstance
  /** What happens to orders outside of the protocol. */
  ledger: Ledger
  /** Who is being verified, and how that ends. */
  identities: Identities
  /** Settles what is due and delivers the notifications whose time has come. */
  sweep(): Promise<void>
}

class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

const pausesSeconds = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600]

/** When an order cannot be what a call needs. */
const refusals: Record<Refusal, () => Refused> = {
  absent: () => new Refused(404, 'ORDER_NOT_EXIST', '订单不存在'),
  different: () => new Refused(403, 'OUT_TRADE_NO_USED', '商户订单号重复'),
  paid: () => new Refused(400, 'ORDERPAID', '该订单已支付'),
  paying: () => new Refused(400, 'USERPAYING', '用户支付中，需要输入密码'),
  closed: () => new Refused(400, 'ORDER_CLOSED', '该订单已关闭'),
  unpaid: () => new Refused(400, 'INVALID_REQUEST', '订单未支付，不能退款'),
  'too-much': () => new Refused(400, 'INVALID_REQUEST', '申请退款金额超过订单可退金额'),
  expired: () => new Refused(400, 'PARAM_ERROR', '订单失效时间已过'),
  'no-money': () => new Refused(403, 'NOTENOUGH', '余额不足'),
  'no-agreement': () => new Refused(403, 'CONTRACT_NOT_EXIST', '签约协议不存在'),
  'above-limit': () => new Refused(400, 'RULE_LIMIT', '超过扣款限额'),
}

const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('')
const instant = (at: Date) => `${shanghai(at).replace(' ', 'T')}+08:00`

/** WeChat Pay's API v3 with its signatures, for one merchant. Its routes and words are WeChat's own. */
export function createWechatPayServer(options: WechatPayServerOptions): VendorServer {
  const { merchant, misbehaviours, now } = options
  const ledger = createLedger(options, {
    opening: () => `wx${randomBytes(16).toString('hex')}`,
    paid: () => `4200${digits(24)}`,
  })
  const stranger = makeKeyPair()
  const app = fastify({ bodyLimit: 64 * 1024 })
  // Signatures are over bytes, so bodies stay text.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  const identities = createIdentities('verify_id_')
  if (merchant.appSecret) {
    const program = { appId: merchant.appId, secret: merchant.appSecret }
    addWechatSignIn(app, program, misbehaviours)
    addWechatFace(app, program, misbehaviours, identities)
  }

  app.addHook('preHandler', async (request, reply) => {
    if (unsignedPaths.test(request.url)) return
    if (misbehaviours.take('timeout')) return new Promise(() => undefined)
    verify(request)
    if (misbehaviours.take('system-error')) throw new Refused(500, 'SYSTEM_ERROR', '系统异常，请稍后重试')
    if (misbehaviours.take('busy')) {
      reply.header('Retry-After', '2')
      throw new Refused(429, 'FREQUENCY_LIMITED', '频率超限')
    }
  })

  function verify(request: FastifyRequest): void {
    const { authorization = '' } = request.headers
    const fields = new Map([...authorization.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
    const field = (name: string) => fields.get(name) ?? ''
    const body = typeof request.body === 'string' ? request.body : ''
    const text = [request.method, request.url, field('timestamp'), field('nonce_str'), body, ''].join('\n')
    const holds =
      authorization.startsWith('WECHATPAY2-SHA256-RSA2048 ') &&
      field('mchid') === merchant.merchantId &&
      field('serial_no') === merchant.serial &&
      Math.abs(Date.now() / 1000 - Number(field('timestamp'))) <= 300 &&
      rsaVerify(text, field('signature'), merchant.publicKey)
    if (!holds) throw new Refused(401, 'SIGN_ERROR', '签名错误')
  }

  /** Signs an answer; its time is this machine's, whatever day the sandbox plays. */
  function signature(body: string, privateKey = options.privateKey, ageSeconds = 0): Record<string, string> {
    const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds)
    const nonce = randomBytes(16).toString('hex')
    return {
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Serial': options.keyId,
      'Wechatpay-Signature': rsaSign(`${timestamp}\n${nonce}\n${body}\n`, privateKey),
    }
  }

  app.addHook('onSend', async (request, reply, payload) => {
    if (/^\/v3\/billdownload\//.test(request.url) || unsignedPaths.test(request.url) || reply.statusCode === 401)
      return payload
    if (misbehaviours.take('answer-lost')) request.raw.socket.destroy()
    const body = typeof payload === 'string' ? payload : ''
    if (misbehaviours.take('no-signature')) return payload
    const key = misbehaviours.take('bad-signature') ? stranger.privateKey : options.privateKey
    reply.headers(signature(body, key, misbehaviours.take('old-answer') ? 301 : 0))
    return misbehaviours.take('answer-appended') ? body.replace(/\}$/, ',"trade_state":"SUCCESS"}') : payload
  })

  app.setErrorHandler((error, _request, reply) => {
    const refused = error instanceof Refused ? error : new Refused(400, 'PARAM_ERROR', '参数错误')
    return answer(reply, refused.status, { code: refused.code, message: refused.message })
  })
  app.setNotFoundHandler((_request, reply) => answer(reply, 404, { code: 'RESOURCE_NOT_EXISTS', message: '无此接口' }))

  const answer = (reply: FastifyReply, status: number, content: object) =>
    reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(content))

  const contentOf = (request: FastifyRequest): Content => {
    const content: unknown = JSON.parse(typeof request.body === 'string' ? request.body : '')
    if (typeof content !== 'object' || content === null) throw new Refused(400, 'PARAM_ERROR', '参数错误')
    return content
  }
  const mine = (merchantId: unknown, appId: unknown = merchant.appId) => {
    if (merchantId !== merchant.merchantId) throw new Refused(404, 'MCH_NOT_EXISTS', '商户号不存在')
    if (appId !== merchant.appId) throw new Refused(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配')
  }
  const fen = (amount: unknown): number => {
    if (!Number.isSafeInteger(amount) || Number(amount) < 1) throw new Refused(400, 'PARAM_ERROR', '金额无效')
    return Number(amount)
  }
  const text = (value: unknown, pattern: RegExp): string => {
    if (typeof value !== 'string' || !pattern.test(value)) throw new Refused(400, 'PARAM_ERROR', '参数错误')
    return value
  }

  app.post('/v3/pay/transactions/jsapi', async (request, reply) => {
    const { appid, mchid, description, out_trade_no, time_expire, notify_url, amount, payer } = contentOf(request)
    mine(mchid, appid)
    if ((amount?.currency ?? 'CNY') !== 'CNY') throw new Refused(400, 'PARAM_ERROR', '货币类型无效')
    const order = await ledger.create({
      reference: text(out_trade_no, /^[\w*-]{6,32}$/),
      amountFen: fen(amount?.total),
      subject: text(description, /^.{1,127}$/su),
      payer: text(payer?.openid, /^[\w-]{1,128}$/),
      expiresAt: new Date(text(time_expire, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)),
      notifyUrl: text(notify_url, /^https?:\/\/[^?]+$/),
    })
    if (typeof order === 'string') throw refusals[order]()
    return answer(reply, 200, { prepay_id: order.openingNumber })
  })

  const describe = (order: BookedOrder, isRefunded: boolean) => ({
    appid: misbehaviours.take('other-app') ? 'wx0another0program' : merchant.appId,
    mchid: misbehaviours.take('other-merchant') ? '1900000000' : merchant.merchantId,
    out_trade_no: misbehaviours.take('other-order') ? `${order.reference.slice(0, -1)}X` : order.reference,
    trade_state: order.state === 'SUCCESS' && isRefunded ? 'REFUND' : order.state,
    trade_state_desc: order.state === 'SUCCESS' ? '支付成功' : '订单未支付',
    amount: { total: order.amountFen, currency: 'CNY', payer_currency: 'CNY' },
    ...(order.paidAt && {
      transaction_id: order.number,
      trade_type: 'JSAPI',
      bank_type: 'OTHERS',
      success_time: instant(order.paidAt),
      payer: { openid: order.payer },
    }),
  })

  app.get<OfOrder & { Querystring: { mchid?: string } }>(
    '/v3/pay/transactions/out-trade-no/:reference',
    async (request, reply) => {
      mine(request.query.mchid)
      const { order, refunds } = await ledger.look(request.params.reference)
      if (order === null) throw refusals.absent()
      return answer(reply, 200, describe(order, refunds.length > 0))
    },
  )

  app.post<OfOrder>('/v3/pay/transactions/out-trade-no/:reference/close', async (request, reply) => {
    mine(contentOf(request).mchid)
    const outcome = await ledger.close(request.params.reference)
    if (outcome !== 'closed-now') throw refusals[outcome]()
    return reply.code(204).send()
  })

  const describeRefund = (order: BookedOrder, refund: BookedRefund) => ({
    refund_id: refund.number,
    out_refund_no: refund.refundReference,
    transaction_id: order.number,
    out_trade_no: misbehaviours.take('other-order') ? `${order.reference.slice(0, -1)}X` : order.reference,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    create_time: instant(refund.requestedAt),
    status: refund.state,
    ...(refund.state === 'SUCCESS' && { success_time: instant(refund.doneAt) }),
    amount: {
      total: order.amountFen,
      refund: refund.amountFen,
      payer_total: order.amountFen,
      payer_refund: refund.amountFen,
      currency: 'CNY',
    },
  })

  app.post('/v3/refund/domestic/refunds', async (request, reply) => {
    const { out_trade_no, out_refund_no, reason, notify_url, amount } = contentOf(request)
    const outcome = await ledger.refund(text(out_trade_no, /./), {
      refundReference: text(out_refund_no, /^[\w|*@-]{1,64}$/),
      amountFen: fen(amount?.refund),
      totalFen: fen(amount?.total),
      reason: text(reason, /^.{1,80}$/su),
      notifyUrl: text(notify_url, /^https?:/),
    })
    if (outcome === 'absent') throw new Refused(404, 'RESOURCE_NOT_EXISTS', '订单不存在')
    if (outcome === 'different') throw new Refused(400, 'INVALID_REQUEST', '订单金额或退款金额与之前请求不一致')
    if (typeof outcome === 'string') throw refusals[outcome]()
    return answer(reply, 200, describeRefund(outcome.order, outcome.refund))
  })

  app.get<{ Params: { refundReference: string } }>(
    '/v3/refund/domestic/refunds/:refundReference',
    async (request, reply) => {
      const { refundReference } = request.params
      const reference = await options.books.referenceOfRefund(refundReference)
      const page = reference === null ? null : await ledger.look(reference)
      const refund = page?.refunds.find((each) => each.refundReference === refundReference)
      if (!page?.order || !refund) throw new Refused(404, 'RESOURCE_NOT_EXISTS', '退款单不存在')
      return answer(reply, 200, describeRefund(page.order, refund))
    },
  )

  const statement = async (day: unknown) => {
    const date = text(day, /^\d{4}-\d\d-\d\d$/)
    if (date >= shanghai(now()).slice(0, 10)) throw new Refused(400, 'STATEMENT_CREATING', '账单生成中')
    const bill = writeWechatStatement(await ledger.pagesOf(date), date, merchant)
    if (bill === null) throw new Refused(400, 'NO_STATEMENT_EXIST', '账单文件不存在')
    return bill
  }

  app.get<{ Querystring: Record<string, string> }>('/v3/bill/tradebill', async (request, reply) => {
    const bill = await statement(request.query.bill_date)
    const path = `/v3/billdownload/file?token=${request.query.bill_date}&tartype=gzip`
    return answer(reply, 200, {
      hash_type: 'SHA1',
      hash_value: createHash('sha1').update(bill).digest('hex'),
      download_url: `${request.protocol}://${request.host}${path}`,
    })
  })

  // The file itself carries no signature.
  app.get<{ Querystring: { token?: string } }>('/v3/billdownload/file', async (request, reply) => {
    const bill = await statement(request.query.token)
    const file = misbehaviours.take('file-changed') ? bill.replace('电费', '水费') : bill
    return reply.type('application/x-gzip').send(gzipSync(file))
  })

  function write(letter: Letter, order: BookedOrder, refund: BookedRefund | null): Envelope {
    const { id, twist } = letter
    const total = order.amountFen + (twist === 'wrong-amount' ? 1 : 0)
    const news = {
      ...(refund ? { ...describeRefund(order, refund), refund_status: refund.state } : describe(order, false)),
      ...(twist === 'wrong-app' && { appid: 'wx0another0program' }),
      mchid: twist === 'wrong-merchant' ? '1900000000' : merchant.merchantId,
      amount: refund
        ? { total, refund: refund.amountFen }
        : { total, currency: twist === 'wrong-currency' ? 'USD' : 'CNY' },
    }
    const originalType = refund ? 'refund' : 'transaction'
    const body = JSON.stringify({
      id,
      create_time: instant(now()),
      resource_type: 'encrypt-resource',
      event_type: refund ? 'REFUND.SUCCESS' : 'TRANSACTION.SUCCESS',
      summary: refund ? '退款成功' : '支付成功',
      resource: {
        original_type: originalType,
        algorithm: 'AEAD_AES_256_GCM',
        associated_data: originalType,
        ...seal(JSON.stringify(news), merchant.apiV3Key, originalType),
      },
    })
    const key = twist === 'wrong-key' ? stranger.privateKey : options.privateKey
    return { body, headers: { 'Content-Type': 'application/json', ...signature(body, key, ageOf(letter)) } }
  }

  return {
    app,
    ledger,
    identities,
    async sweep() {
      await ledger.sweep()
      await deliver(options, ledger, { pausesSeconds, write, isTaken: (status) => status >= 200 && status < 300 })
    },
  }
}

type OfOrder = { Params: { reference: string } }

/** What merchants may send; nothing of it is sure. */
type Content = Partial<
  Record<
    'appid' | 'mchid' | 'description' | 'out_trade_no' | 'out_refund_no' | 'time_expire' | 'notify_url' | 'reason',
    unknown
  >
> & {
  amount?: { total?: unknown; refund?: unknown; currency?: unknown }
  payer?: { openid?: unknown }
}
