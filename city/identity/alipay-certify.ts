import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { alipayGateway, alipayPage } from '../cashiers/alipay-gateway'
import { VendorRefused, VendorUnavailable } from '../cashiers/errors'
import type { BegunVerification, KnownVerification, PersonToVerify, VerificationOutcome } from '../ports'
import type { AlipaySignIn } from './alipay'

/** `bizCode`: what the city's contract with Alipay allows: `FACE`, `SMART_FACE`, `CERT_PHOTO_FACE`. */
export type AlipayCertify = AlipaySignIn & { bizCode: string }

/** How long a number of theirs is good for. */
const SECONDS = 3600

const begun = v.object({ certify_id: v.pipe(v.string(), v.regex(/^\w{8,64}$/)) })
const queried = v.object({
  passed: v.picklist(['T', 'F']),
  fail_reason: v.optional(v.string(), ''),
  identity_info: v.optional(v.string(), ''),
})
const described = v.object({ cert_name: v.optional(v.string()), cert_no: v.optional(v.string()) })

/** Alipay's own words may quote what it was sent; its code says enough. */
async function ask(program: AlipaySignIn, method: string, content: object): Promise<unknown> {
  const call = alipayGateway({ ...program, timeoutMs: program.timeoutMs ?? 5000 })
  try {
    return await call(method, { biz_content: JSON.stringify(content) })
  } catch (error) {
    throw error instanceof VendorRefused ? new VendorRefused(error.reason, error.code, '') : error
  }
}

/**
 * Begins 身份验证, what `my.startAPVerify` opens. Throws `VendorUnavailable`, `VendorRefused`.
 * https://opendocs.alipay.com/open/02ahjy (alipay.user.certify.open.initialize), https://opendocs.alipay.com/open/02ahjz (…certify)
 */
export async function beginAlipayCertify(program: AlipayCertify, person: PersonToVerify): Promise<BegunVerification> {
  const { reference, name, idNumber } = person
  const answer = await ask(program, 'alipay.user.certify.open.initialize', {
    outer_order_no: reference,
    biz_code: program.bizCode,
    identity_param: { identity_type: 'CERT_INFO', cert_type: 'IDENTITY_CARD', cert_name: name, cert_no: idNumber },
    merchant_config: { return_url: 'alipays://platformapi/startapp' },
  })
  const parsed = v.safeParse(begun, answer)
  if (!parsed.success) throw new VendorUnavailable('unreadable', 'no certify_id')
  const { certify_id: certifyId } = parsed.output
  const content = { biz_content: JSON.stringify({ certify_id: certifyId }) }
  const url = alipayPage(program, 'alipay.user.certify.open.certify', content)
  return {
    vendorNumber: certifyId,
    secret: digestOf(name, idNumber),
    invocation: { kind: 'alipay', certifyId, url },
    seconds: SECONDS,
  }
}

/**
 * What Alipay decided. It says `F` of what is not over as well, and of what the citizen left: without a reason nothing is known yet, until
 * its time is up. An answer that names another document is not believed. Throws as `beginAlipayCertify`. https://opendocs.alipay.com/open/02ahk0 (alipay.user.certify.open.query)
 */
export async function queryAlipayCertify(
  program: AlipaySignIn,
  known: KnownVerification,
): Promise<VerificationOutcome> {
  const answer = await ask(program, 'alipay.user.certify.open.query', { certify_id: known.vendorNumber })
  const parsed = v.safeParse(queried, answer)
  if (!parsed.success) throw new VendorUnavailable('unreadable', 'no result')
  const { passed, fail_reason: reason, identity_info: info } = parsed.output
  if (passed === 'F') return reason === '' ? 'open' : 'refused'
  const document = info === '' ? null : v.safeParse(v.pipe(v.string(), v.parseJson(), described), info)
  const { cert_name: name, cert_no: number } = document?.success ? document.output : {}
  if (name !== undefined && number !== undefined && digestOf(name, number) !== known.secret)
    throw new VendorUnavailable('unverified', 'another document')
  return 'verified'
}

const digestOf = (name: string, number: string): string =>
  createHash('sha256')
    .update(JSON.stringify([name, number]))
    .digest('hex')
