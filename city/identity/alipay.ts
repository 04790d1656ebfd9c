import * as v from 'valibot'
import { alipayGateway, type GatewayOptions } from '../cashiers/alipay-gateway'
import { VendorRefused, VendorUnavailable } from '../cashiers/errors'

export type AlipaySignIn = Omit<GatewayOptions, 'timeoutMs'> & { timeoutMs?: number }

/** Newer apps get an open id, older ones a user id; one that gets both is an older one, whose people are known by the user id. */
const answer = v.union([
  v.object({ user_id: v.pipe(v.string(), v.regex(/^2088\d{12}$/)) }),
  v.object({ open_id: v.pipe(v.string(), v.regex(/^[\w-]{10,128}$/)) }),
])

/**
 * Who stands behind a code of `my.getAuthCode`, as a user id (2088…) or an open id; null when Alipay does not know it. Throws
 * `VendorUnavailable`, `VendorRefused`. https://opendocs.alipay.com/open/05nai1
 */
export function alipayUserId(options: AlipaySignIn): (code: string) => Promise<string | null> {
  const call = alipayGateway({ ...options, timeoutMs: options.timeoutMs ?? 5000 })
  return async (code) => {
    try {
      const node = await call('alipay.system.oauth.token', { grant_type: 'authorization_code', code })
      const parsed = v.safeParse(answer, node)
      if (!parsed.success) throw new VendorUnavailable('unreadable', 'no user')
      return 'user_id' in parsed.output ? parsed.output.user_id : parsed.output.open_id
    } catch (error) {
      if (error instanceof VendorRefused && error.code === 'isv.code-invalid') return null
      throw error
    }
  }
}
