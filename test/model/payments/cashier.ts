import { alipayCashierResult, alipayVerdicts, wechatCashierResult, wechatVerdicts } from '@/platform/cashier-results'
import type { CashierResult } from '@/platform/types'

export type Host = 'wechat' | 'alipay'

/** What happens at the vendor while the cashier is open. `ponders-…`: it needs twelve seconds to make up its mind. */
export const moves = ['pays', 'nothing', 'ponders-paid', 'ponders-not'] as const
/** `confirms`, `leaves`: the citizen's tap at the sandbox's till, which heeds the faults that a person can switch on. */
export type Moves = (typeof moves)[number] | 'confirms' | 'leaves'

/** What the host says as the cashier closes, through the platform's own table; null: it never says a word. */
type Row = { readonly name: string; readonly result: (() => CashierResult) | null }

const wechat = (name: string, callback: { errMsg?: string; errno?: number }): Row => ({
  name,
  result: () => wechatCashierResult(callback),
})
const alipay = (code: string | undefined): Row => ({ name: String(code), result: () => alipayCashierResult(code) })

const killed: Row = { name: 'killed', result: null }

/** Every row of both tables, values that no table has, and silence. */
export const rowsOf: Readonly<Record<Host, readonly Row[]>> = {
  wechat: [
    ...Object.keys(wechatVerdicts).map((errMsg) => wechat(errMsg, { errMsg })),
    wechat('a detail', { errMsg: 'requestPayment:fail (system busy)' }),
    wechat('102', { errMsg: 'requestPayment:fail no permission', errno: 102 }),
    wechat('new', { errMsg: 'requestPayment:maybe', errno: 7 }),
    wechat('nothing', {}),
    killed,
  ],
  alipay: [...Object.keys(alipayVerdicts).map(alipay), alipay('6005'), alipay(undefined), killed],
}

/** A cashier's result for a payment that the vendor has closed or that is paid already. */
export const refusal: Readonly<Record<Host, CashierResult>> = {
  wechat: wechatCashierResult({ errMsg: 'requestPayment:fail (the order is closed)' }),
  alipay: alipayCashierResult('4000'),
}
