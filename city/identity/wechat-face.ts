import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { VendorUnavailable } from '../cashiers/errors'
import type { BegunVerification, KnownVerification, PersonToVerify, VerificationOutcome } from '../ports'
import type { WechatSignIn } from './wechat'
import { callWithToken } from './wechat-token'

const begun = v.object({
  verify_id: v.pipe(v.string(), v.regex(/^[\w+/=.-]{1,256}$/)),
  expires_in: v.optional(v.pipe(v.number(), v.integer(), v.minValue(60)), 3600),
})
/** No result while the citizen is at it. */
const queried = v.object({ verify_ret: v.optional(v.number()) })

/** What WeChat found. Everything else is a refusal: the picture, the device or the network did not do. */
const outcomes: Record<number, VerificationOutcome> = {
  10000: 'verified',
  10004: 'other-person',
  90002: 'cancelled',
  90003: 'cancelled',
  90004: 'cancelled',
  90005: 'cancelled',
  90006: 'cancelled',
  90024: 'cancelled',
  90017: 'timed-out',
  90107: 'timed-out',
}

/** The person as the program knows them. */
const openIdOf = (subject: string): string => subject.slice('wechat/'.length)

/**
 * Begins 人脸核身, what `wx.requestFacialVerify` opens; WeChat verifies a name and a number by the face alone, so this serves both levels.
 * The digest of the document is what its query needs. Throws `VendorUnavailable`, `VendorRefused`.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/face/api_getverifyid.html
 */
export async function beginWechatFace(program: WechatSignIn, person: PersonToVerify): Promise<BegunVerification> {
  const { subject, reference, name, idNumber } = person
  const answer = await callWithToken(program, '/cityservice/face/identify/getverifyid', {
    out_seq_no: reference,
    cert_info: { cert_type: 'IDENTITY_CARD', cert_name: name, cert_no: idNumber },
    openid: openIdOf(subject),
  })
  const parsed = v.safeParse(begun, answer)
  if (!parsed.success) throw new VendorUnavailable('unreadable', 'no verify_id')
  const { verify_id: verifyId, expires_in: seconds } = parsed.output
  const secret = digestOf(name, idNumber)
  return { vendorNumber: verifyId, secret, invocation: { kind: 'wechat', verifyId }, seconds }
}

/**
 * What WeChat decided about this very document, person and number of ours: it answers about no other. Throws as `beginWechatFace`.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/face/api_queryverifyinfo.html
 */
export async function queryWechatFace(program: WechatSignIn, known: KnownVerification): Promise<VerificationOutcome> {
  const answer = await callWithToken(program, '/cityservice/face/identify/queryverifyinfo', {
    verify_id: known.vendorNumber,
    out_seq_no: known.reference,
    cert_hash: known.secret,
    openid: openIdOf(known.subject),
  })
  const parsed = v.safeParse(queried, answer)
  if (!parsed.success) throw new VendorUnavailable('unreadable', 'no result')
  const { verify_ret: result } = parsed.output
  return result === undefined ? 'open' : (outcomes[result] ?? 'refused')
}

/** `cert_hash`, by the rule of the document. */
function digestOf(name: string, idNumber: string): string {
  const fields = { cert_type: 'IDENTITY_CARD', cert_name: name, cert_no: idNumber }
  const text = Object.entries(fields).map(([field, value]) => `${field}=${Buffer.from(value).toString('base64')}`)
  return createHash('sha256').update(text.join('&')).digest('hex')
}
