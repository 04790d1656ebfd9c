import type { Identity } from '../ports'
import { type AlipaySignIn, alipayUserId } from './alipay'
import { beginAlipayCertify, queryAlipayCertify } from './alipay-certify'
import { type WechatSignIn, wechatOpenId } from './wechat'
import { beginWechatFace, queryWechatFace } from './wechat-face'

/**
 * A city's mini-programs, as their hosts know them; a city without one of them leaves it out. Each host verifies for those alone whom it has
 * given leave: `verifies`, and at Alipay as which `bizCode`.
 */
export type Hosts = { wechat?: WechatSignIn & { verifies?: boolean }; alipay?: AlipaySignIn & { bizCode?: string } }

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
    async beginVerification(person) {
      const { wechat, alipay } = hostsOf(person.cityId)
      if (person.subject.startsWith('wechat/') && wechat?.verifies) return beginWechatFace(wechat, person)
      if (person.subject.startsWith('alipay/') && alipay?.bizCode)
        return beginAlipayCertify({ ...alipay, bizCode: alipay.bizCode }, person)
      return null
    },
    /** Also where a city verifies no more: what was begun may end. */
    async queryVerification(known) {
      const { wechat, alipay } = hostsOf(known.cityId)
      if (known.subject.startsWith('wechat/') && wechat) return queryWechatFace(wechat, known)
      if (known.subject.startsWith('alipay/') && alipay) return queryAlipayCertify(alipay, known)
      return 'open'
    },
  }
}
