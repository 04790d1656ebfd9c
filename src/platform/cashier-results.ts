import type { CashierInvocation, CashierResult, Host } from './types'

/**
 * The results of both hosts' cashiers, as tables. Anything else is `unknown`: money may have moved, read the payment. Neither
 * table decides whether a bill is paid.
 */

type Verdict = 'accepted' | 'cancelled' | 'unknown' | 'declined' | 'configuration'

/**
 * `errMsg` of `wx.requestPayment`. "fail cancel" is also given for a bad signature or a busy system, and "fail" with a
 * detail for anything at all, after the money moved too.
 * https://developers.weixin.qq.com/miniprogram/dev/api/payment/wx.requestPayment.html
 */
export const wechatVerdicts: Readonly<Record<string, Verdict>> = {
  'requestPayment:ok': 'accepted',
  'requestPayment:fail cancel': 'cancelled',
}

/** `errno` of `wx.requestPayment`: this program may not take payments. */
const wechatNotPermitted = 102

/**
 * `resultCode` of `my.tradePay`, whose `success` fires for every one of them.
 * https://opendocs.alipay.com/mini/api/openapi-pay
 */
export const alipayVerdicts: Readonly<Record<string, Verdict>> = {
  '9000': 'accepted',
  '8000': 'unknown',
  '6004': 'unknown',
  '6002': 'unknown',
  '6001': 'cancelled',
  '4000': 'declined',
  // "Forgot password" on old iOS versions.
  '99': 'unknown',
  '4': 'configuration',
}

export function wechatCashierResult(response: { errMsg?: string; errno?: number }): CashierResult {
  const message = response.errMsg ?? ''
  const detail = response.errno === undefined ? message : `${message} (errno ${response.errno})`
  if (response.errno === wechatNotPermitted) return cashierResult('configuration', detail)
  return cashierResult(ownValue(wechatVerdicts, message), detail)
}

/** `code` is `resultCode`, or `error` where the call itself failed. */
export function alipayCashierResult(code: unknown): CashierResult {
  const detail = code === undefined ? '' : String(code)
  return cashierResult(ownValue(alipayVerdicts, detail), detail)
}

/** A cashier of another host: it was not opened, no money moved, and trying again cannot help. */
export function wrongCashier(host: Host, kind: CashierInvocation['kind']): Promise<CashierResult> {
  return Promise.resolve(cashierResult('configuration', `a ${kind} cashier cannot open in ${host}`))
}

/**
 * Waits for a cashier. A host that throws leaves the result unknown. The promise never settles when the app is killed in the
 * cashier.
 */
export function openCashier(open: (resolve: (result: CashierResult) => void) => void): Promise<CashierResult> {
  return new Promise<CashierResult>(open).catch((error) => cashierResult('unknown', String(error)))
}

export function cashierResult(verdict: Verdict, detail: string): CashierResult {
  return verdict === 'declined' || verdict === 'configuration'
    ? { outcome: 'failed', reason: verdict, detail }
    : { outcome: verdict, detail }
}

function ownValue(table: Readonly<Record<string, Verdict>>, key: string): Verdict {
  return (Object.keys(table).includes(key) && table[key]) || 'unknown'
}
