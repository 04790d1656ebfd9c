import type { Cashiers } from '../ports'
import { type AlipayOptions, createAlipay } from './alipay'
import type { Cashier, CashierKind, TakenNotifications } from './cashier'
import { createWechatPay, type WechatPayOptions } from './wechat-pay'

/** What the composition adds for each city. */
type Own = 'notifyUrl' | 'taken' | 'now'

/** A city's merchants: addresses and keys, from its environment. A city without one of them leaves it out. */
export type Merchants = { wechat?: Omit<WechatPayOptions, Own>; alipay?: Omit<AlipayOptions, Own> }

/** The vendors' real protocols, each with a city's own merchant. Adapters are made at first use, when wrong keys fail. */
export function createCashiers(options: {
  merchantsOf(cityId: string): Merchants
  /** Where the vendor sends its notifications: `https://…/<city>/notifications/<vendor>`. */
  notifyUrl(cityId: string, kind: CashierKind): string
  taken(cityId: string, kind: CashierKind): TakenNotifications
  now(): Date
}): Cashiers {
  const made = new Map<string, Cashier | null>()

  function make(cityId: string, kind: CashierKind): Cashier | null {
    const { wechat, alipay } = options.merchantsOf(cityId)
    const own = { notifyUrl: options.notifyUrl(cityId, kind), taken: options.taken(cityId, kind), now: options.now }
    if (kind === 'wechat' && wechat) return createWechatPay({ ...wechat, ...own })
    if (kind === 'alipay' && alipay) return createAlipay({ ...alipay, ...own })
    return null
  }

  return {
    of(cityId, kind) {
      const key = `${cityId}/${kind}`
      const cashier = made.get(key) ?? make(cityId, kind)
      made.set(key, cashier)
      return cashier
    },
  }
}
