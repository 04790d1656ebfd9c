import type { Identity } from '../ports'
import { type AlipaySignIn, alipayUserId } from './alipay'
import { type WechatSignIn, wechatOpenId } from './wechat'

/** A city's mini-programs, as their hosts know them; a city without one of them leaves it out. */
export type Hosts = { wechat?: WechatSignIn; alipay?: AlipaySignIn }

/**
 * The hosts' own sign-in. A subject is `wechat/<openid>`, `alipay/<user id or open id>`. Neither host tells name or phone with it, so a
 * biller does not know these people as holders of anything until the city learns who they are.
 */
export function createIdentity(hostsOf: (cityId: string) => Hosts): Identity {
  return {
    async signIn({ cityId, host, code }) {
      const { wechat, alipay } = hostsOf(cityId)
      const id =
        host === 'wechat' && wechat
          ? await wechatOpenId(wechat, code)
          : host === 'alipay' && alipay
            ? await alipayUserId(alipay)(code)
            : null
      return id === null ? null : { subject: `${host}/${id}`, name: '', phone: '' }
    },
    welcome: async () => undefined,
    beginVerification: async () => null,
    queryVerification: async () => 'open',
  }
}
