import * as v from 'valibot'
import { VendorRefused, VendorUnavailable } from '../cashiers/errors'
import { requestVendor } from '../cashiers/request'

export type WechatSignIn = {
  /** `https://api.weixin.qq.com`, or the sandbox's server. */
  baseUrl: string
  /** The mini-program's. */
  appId: string
  secret: string
  timeoutMs?: number
}

const path = '/sns/jscode2session'

/** Session keys in it are not kept: nothing here is encrypted for the city. */
const answer = v.union([
  v.object({ openid: v.pipe(v.string(), v.regex(/^[\w-]{20,64}$/)), errcode: v.optional(v.literal(0)) }),
  v.object({ errcode: v.number(), errmsg: v.optional(v.string(), '') }),
])

/** No such code, used before, no code, and a person whom WeChat keeps from signing in. */
const unknownCode = [40029, 40163, 41008, 40226]

/**
 * Who stands behind a code of `wx.login`, as an openid; null when WeChat does not know it. The answer has no signature: TLS vouches for it.
 * Throws `VendorUnavailable`, `VendorRefused`. https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
 */
export async function wechatOpenId(options: WechatSignIn, code: string): Promise<string | null> {
  const { baseUrl, appId, secret, timeoutMs = 5000 } = options
  const query = new URLSearchParams({ appid: appId, secret, js_code: code, grant_type: 'authorization_code' })
  const response = await requestVendor(`${baseUrl.replace(/\/$/, '')}${path}?${query}`, {
    method: 'GET',
    headers: { Accept: 'application/json', 'User-Agent': 'city-services' },
    timeoutMs,
  })
  if (response.status !== 200) throw new VendorUnavailable('system', `${response.status} ${path}`)
  const parsed = v.safeParse(answer, parse(response.body.toString('utf8')))
  if (!parsed.success) throw new VendorUnavailable('unreadable', path)
  if ('openid' in parsed.output) return parsed.output.openid
  const { errcode, errmsg } = parsed.output
  if (unknownCode.includes(errcode)) return null
  if (errcode === 45011) throw new VendorUnavailable('busy', path, 60_000)
  if (errcode === -1) throw new VendorUnavailable('busy', path)
  // App id, secret, or an address that WeChat was not told.
  throw new VendorRefused('credentials', String(errcode), errmsg)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
