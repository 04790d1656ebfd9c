import type { HostName } from '../engine/bundle'
import type { Walk } from './walk'

/** What happens in a cashier: to the money, and the result that the host then gives the app. */
interface Ending {
  /** What the sandbox plays at the vendor's; nothing when the citizen did not pay. */
  readonly act?: 'pay' | 'unknown-8000' | 'deciding-not-paid'
  readonly says: Readonly<Partial<Record<HostName, object | null>>>
}

const wechat = (errMsg: string, errno?: number) => ({ errMsg, ...(errno !== undefined && { errno }) })
const alipay = (resultCode: string) => ({ resultCode, memo: '', result: '' })

/** Every row of the cashiers' table, and no answer at all. */
export const endings = {
  accepted: { act: 'pay', says: { wechat: wechat('requestPayment:ok'), alipay: alipay('9000') } },
  cancelled: { says: { wechat: wechat('requestPayment:fail cancel'), alipay: alipay('6001') } },
  'cancelled, but paid': { act: 'pay', says: { wechat: wechat('requestPayment:fail cancel'), alipay: alipay('6001') } },
  'not known yet': {
    act: 'unknown-8000',
    says: { wechat: wechat('requestPayment:fail (the system is busy)'), alipay: alipay('8000') },
  },
  'not known, and paid': {
    act: 'pay',
    says: { wechat: wechat('requestPayment:fail (detail)'), alipay: alipay('6004') },
  },
  'not known, and not paid': { says: { wechat: wechat('requestPayment:fail (detail)'), alipay: alipay('6002') } },
  'left by another way': { act: 'pay', says: { wechat: wechat('requestPayment:fail:cancel'), alipay: alipay('99') } },
  'a new answer': { act: 'pay', says: { wechat: wechat('requestPayment:fail', 1001), alipay: alipay('7777') } },
  'not permitted': { says: { wechat: wechat('requestPayment:fail no permission', 102), alipay: alipay('4') } },
  declined: { says: { alipay: alipay('4000') } },
  'the call fails': { says: { alipay: { error: 12, errorMessage: '网络异常' } } },
  'killed while deciding, then paid': { act: 'unknown-8000', says: { wechat: null, alipay: null } },
  'killed while deciding, then not paid': { act: 'deciding-not-paid', says: { wechat: null, alipay: null } },
  'no answer, paid': { act: 'pay', says: { wechat: null, alipay: null } },
  'no answer, not paid': { says: { wechat: null, alipay: null } },
} as const satisfies Record<string, Ending>

export type EndingName = keyof typeof endings

/** How many cashiers have opened since. */
export interface Till {
  opened: number
}

/** The next cashiers end like this. */
export function moneyMoves(on: Walk, name: EndingName): Till {
  const ending: Ending = endings[name]
  const till: Till = { opened: 0 }
  on.phone.circumstances.cashier = async () => {
    till.opened += 1
    const { payments } = (await on.sandbox.control('GET', '/state')) as { payments: { id: string }[] }
    if (ending.act) await on.sandbox.control('POST', '/pay', { paymentId: payments[0]?.id, act: ending.act })
    return ending.says[on.host] ?? null
  }
  return till
}
