import { createPublicKey } from 'node:crypto'
import * as v from 'valibot'
import { anyAnswer } from './alipay-answers'
import { isSigned, signParams, splitAnswer } from './alipay-signature'
import { type RefusalReason, VendorRefused, VendorUnavailable } from './errors'
import { requestVendor, retryAfterMs } from './request'
import { shanghaiText } from './shanghai'

export type GatewayOptions = {
  /** `https://openapi.alipay.com/gateway.do`, or the sandbox's server. */
  gateway: string
  appId: string
  /** The app's, PEM. */
  privateKey: string
  /** Alipay's, PEM; not the app's own. */
  vendorPublicKey: string
  timeoutMs: number
}

/** Alipay's own codes that mean something to a caller. https://opendocs.alipay.com/common/02km9f */
const reasons: Record<string, RefusalReason> = {
  'ACQ.TRADE_NOT_EXIST': 'no-such-order',
  TRADE_NOT_EXIST: 'no-such-order',
  'ACQ.TRADE_HAS_SUCCESS': 'order-paid',
  'ACQ.TRADE_HAS_CLOSE': 'order-closed',
  'ACQ.TRADE_HAS_FINISHED': 'order-paid',
  'ACQ.TRADE_STATUS_ERROR': 'order-paying',
  'ACQ.REASON_TRADE_STATUS_INVALID': 'order-paying',
  'ACQ.REASON_ILLEGAL_STATUS': 'order-paying',
  'ACQ.CONTEXT_INCONSISTENT': 'reference-used',
  'ACQ.SELLER_BALANCE_NOT_ENOUGH': 'balance',
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL': 'rules',
  'ACQ.REASON_TRADE_REFUND_FEE_ERR': 'rules',
  'ACQ.REFUND_FEE_ERROR': 'rules',
  'ACQ.TRADE_NOT_ALLOW_REFUND': 'rules',
  'ACQ.DISCORDANT_REPEAT_REQUEST': 'rules',
  'isp.bill_not_exist': 'no-statement',
  BILL_NOT_EXIST: 'no-statement',
  NO_BILL_DATA: 'no-statement',
  'isv.invalid-signature': 'credentials',
  'isv.missing-signature-config': 'credentials',
  'isv.invalid-app-id': 'credentials',
}

/** A yes of these is a node without a code. */
const withoutCode = ['alipay.system.oauth.token']

/**
 * Calls Alipay's gateway (RSA2, key mode): `body` goes as a form, `more` beside the common parameters. Gives the verified node of an
 * answer that is a yes; a no is verified as well. Throws `VendorUnavailable`, `VendorRefused`.
 */
export function alipayGateway(options: GatewayOptions) {
  // Fails at the start, not at the first call.
  createPublicKey(options.vendorPublicKey)

  return async function call(
    method: string,
    body: Record<string, string>,
    more: Record<string, string> = {},
  ): Promise<unknown> {
    const common = commonOf(options, method, more)
    const sign = signParams({ ...common, ...body }, options.privateKey)
    const response = await requestVendor(`${options.gateway}?${new URLSearchParams({ ...common, sign })}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded;charset=utf-8', 'User-Agent': 'city-services' },
      body: new URLSearchParams(body).toString(),
      timeoutMs: options.timeoutMs,
    })
    if (response.status === 429) throw new VendorUnavailable('busy', method, retryAfterMs(response) ?? 1000)
    if (response.status !== 200) throw new VendorUnavailable('system', `${response.status} ${method}`)
    return nodeOf(response.body.toString('utf8'), method, options.vendorPublicKey)
  }
}

const commonOf = ({ appId }: Pick<GatewayOptions, 'appId'>, method: string, more: Record<string, string>) => ({
  app_id: appId,
  method,
  format: 'JSON',
  charset: 'utf-8',
  sign_type: 'RSA2',
  timestamp: shanghaiText(new Date()),
  version: '1.0',
  ...more,
})

/** A signed address that the citizen's phone opens at Alipay; nothing is called here. */
export function alipayPage(
  options: Omit<GatewayOptions, 'timeoutMs' | 'vendorPublicKey'>,
  method: string,
  body: Record<string, string>,
): string {
  const params = { ...commonOf(options, method, {}), ...body }
  return `${options.gateway}?${new URLSearchParams({ ...params, sign: signParams(params, options.privateKey) })}`
}

function nodeOf(text: string, method: string, vendorPublicKey: string): unknown {
  const answer = splitAnswer(text)
  const isOurs = answer?.name === `${method.replaceAll('.', '_')}_response`
  if (answer === null || !(isOurs || answer.name === 'error_response')) {
    throw new VendorUnavailable('unverified', `${method}: no single node`)
  }
  const node: unknown = JSON.parse(answer.node)
  const plain = isOurs && withoutCode.includes(method) ? { code: '10000' } : {}
  const parsed = v.safeParse(anyAnswer, { ...plain, ...Object(node) })
  if (!parsed.success) throw new VendorUnavailable('unreadable', 'fields are missing')
  const { code, sub_code: subCode, msg, sub_msg: message } = parsed.output
  if (answer.signature === null || !isSigned(answer.node, answer.signature, vendorPublicKey)) {
    throw new VendorUnavailable('unverified', `${method}: ${subCode || code}`)
  }
  if (code === '10000') return node
  if (subCode in reasons) throw new VendorRefused(reasons[subCode] ?? 'other', subCode, message || msg)
  if (code === '40005' || /(call-limited|RATE_LIMIT)$/.test(subCode)) throw new VendorUnavailable('busy', method, 1000)
  // What the gateway or the trade system could not decide may have been done.
  if (code === '20000' || code === '10003' || /SYSTEM_ERROR$|^isp\.|^aop\./.test(subCode)) {
    throw new VendorUnavailable('system', `${method}: ${subCode || code}`)
  }
  throw new VendorRefused('other', subCode || code, message || msg)
}
