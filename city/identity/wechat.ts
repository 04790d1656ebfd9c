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
const answer = v.object({ openid: v.pipe(v.string(), v.regex(/^[\w-]{20,64}$/)) })
const anyAnswer = v.object({ errcode: v.optional(v.number(), 0) })

/** No such code, used before, no code, and a person whom WeChat keeps from signing in. */
const unknownCode = ['40029', '40163', '41008', '40226']
const staleToken = [40001, 40014, 42001]
/** App id, secret, address, and an interface that the program has no permission for. */
const credentials = [40013, 40125, 40164, 48001, 61004]

/**
 * Who stands behind a code of `wx.login`, as an openid; null when WeChat does not know it. The answer has no signature: TLS vouches for it.
 * Throws `VendorUnavailable`, `VendorRefused`. https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
 */
export async function wechatOpenId(program: WechatSignIn, code: string): Promise<string | null> {
  const { appId, secret } = program
  const query = new URLSearchParams({ appid: appId, secret, js_code: code, grant_type: 'authorization_code' })
  try {
    const parsed = v.safeParse(answer, await callWechat(program, `${path}?${query}`))
    if (!parsed.success) throw new VendorUnavailable('unreadable', path)
    return parsed.output.openid
  } catch (error) {
    if (error instanceof VendorRefused && unknownCode.includes(error.code)) return null
    throw error
  }
}

/**
 * Calls an interface of WeChat's, with a body by POST; gives what it answered without an error code. Throws `VendorUnavailable`, which is
 * `unverified` for a token that is no longer good, and `VendorRefused` with WeChat's code, whose words may quote what it was sent.
 */
export async function callWechat(program: WechatSignIn, target: string, body?: object): Promise<unknown> {
  const { baseUrl, timeoutMs = 5000 } = program
  const [name = ''] = target.split('?')
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' }
  const response = await requestVendor(`${baseUrl.replace(/\/$/, '')}${target}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Accept: 'application/json', 'User-Agent': 'city-services', ...type },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    timeoutMs,
  })
  if (response.status !== 200) throw new VendorUnavailable('system', `${response.status} ${name}`)
  const content = parse(response.body.toString('utf8'))
  const parsed = v.safeParse(anyAnswer, content)
  if (!parsed.success) throw new VendorUnavailable('unreadable', name)
  const { errcode } = parsed.output
  if (errcode === 0) return content
  if (errcode === 45011) throw new VendorUnavailable('busy', name, 60_000)
  if (errcode === -1) throw new VendorUnavailable('busy', name)
  if (staleToken.includes(errcode)) throw new VendorUnavailable('unverified', name)
  // App id, secret, or an address that WeChat was not told; or it does not do what it is asked for.
  throw new VendorRefused(credentials.includes(errcode) ? 'credentials' : 'other', String(errcode), '')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
