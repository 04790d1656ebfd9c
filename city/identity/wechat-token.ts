import * as v from 'valibot'
import { VendorUnavailable } from '../cashiers/errors'
import { callWechat, type WechatSignIn } from './wechat'

const answer = v.object({ access_token: v.pipe(v.string(), v.nonEmpty()), expires_in: v.number() })

/** A token is not used in its last minutes. */
const SPARE_SECONDS = 300
const held = new Map<string, { token: string; until: number }>()

const keyOf = ({ baseUrl, appId, secret }: WechatSignIn): string => JSON.stringify([baseUrl, appId, secret])

/**
 * The program's access token of now. WeChat gives the same one to each process that asks, so none must know of another.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken.html
 */
async function tokenOf(program: WechatSignIn): Promise<string> {
  const { appId, secret } = program
  const key = keyOf(program)
  const known = held.get(key)
  if (known && known.until > Date.now()) return known.token
  const body = { grant_type: 'client_credential', appid: appId, secret }
  const parsed = v.safeParse(answer, await callWechat(program, '/cgi-bin/stable_token', body))
  if (!parsed.success) throw new VendorUnavailable('unreadable', 'no access token')
  const { access_token: token, expires_in: seconds } = parsed.output
  held.set(key, { token, until: Date.now() + (seconds - SPARE_SECONDS) * 1000 })
  return token
}

/** Calls an interface that needs the token; once more where the one in hand is no longer good. Throws as `callWechat`. */
export async function callWithToken(program: WechatSignIn, path: string, body: object): Promise<unknown> {
  const call = async () =>
    callWechat(program, `${path}?access_token=${encodeURIComponent(await tokenOf(program))}`, body)
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof VendorUnavailable && error.because === 'unverified')) throw error
    held.delete(keyOf(program))
    return call()
  }
}
