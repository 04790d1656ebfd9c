import { createDecipheriv, createPublicKey, createSign, createVerify, type KeyObject, randomBytes } from 'node:crypto'

const TAG_BYTES = 16

/** How far a signed time may be from ours, as WeChat Pay wants it checked. */
export const FRESH_SECONDS = 300

/** Each part and a line feed, also behind an empty one and the last: what every signature of WeChat Pay is over. */
export const lines = (...parts: string[]): string => parts.map((part) => `${part}\n`).join('')

/** SHA256withRSA in Base64. */
export const signText = (text: string, privateKey: string): string =>
  createSign('RSA-SHA256').update(text).sign(privateKey, 'base64')

/**
 * The Authorization header over method, address with its query, time, nonce and body.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function authorization(
  merchant: { merchantId: string; serial: string; privateKey: string },
  request: { method: string; target: string; body: string },
  at = new Date(),
  nonce = randomBytes(16).toString('hex'),
): string {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signature = signText(lines(request.method, request.target, timestamp, nonce, request.body), merchant.privateKey)
  const fields = { mchid: merchant.merchantId, nonce_str: nonce, signature, timestamp, serial_no: merchant.serial }
  const text = Object.entries(fields).map(([name, value]) => `${name}="${value}"`)
  return `WECHATPAY2-SHA256-RSA2048 ${text.join(',')}`
}

/**
 * The five fields of `wx.requestPayment`, signed over app, time, nonce and package.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012365341
 */
export function invocation(appId: string, prepayId: string, privateKey: string, at = new Date()) {
  const timeStamp = String(Math.floor(at.getTime() / 1000))
  const nonceStr = randomBytes(16).toString('hex')
  const text = `prepay_id=${prepayId}`
  const paySign = signText(lines(appId, timeStamp, nonceStr, text), privateKey)
  return { kind: 'wechat', timeStamp, nonceStr, package: text, signType: 'RSA', paySign } as const
}

/** WeChat Pay's public keys, each by its id (`PUB_KEY_ID_…`) or by the serial number of its platform certificate. */
export type VendorKeys = Map<string, KeyObject>

/** Reads PEM: a public key or a certificate. Throws on anything else. */
export const readVendorKeys = (pems: Record<string, string>): VendorKeys =>
  new Map(Object.entries(pems).map(([serial, pem]) => [serial, createPublicKey(pem)]))

/**
 * What is wrong with the signature over an answer or a notification, or `null`: the exact bytes, WeChat Pay's key, a time of now.
 * https://pay.weixin.qq.com/doc/v3/merchant/4013053420
 */
export function signatureFault(
  keys: VendorKeys,
  header: (name: string) => string,
  body: Buffer,
  now = new Date(),
): 'malformed' | 'serial' | 'signature' | 'time' | null {
  const timestamp = header('wechatpay-timestamp')
  const nonce = header('wechatpay-nonce')
  const signature = header('wechatpay-signature')
  if (!/^\d{1,12}$/.test(timestamp) || nonce === '' || signature === '') return 'malformed'
  const key = keys.get(header('wechatpay-serial'))
  if (key === undefined) return 'serial'
  const signed = createVerify('RSA-SHA256').update(`${timestamp}\n${nonce}\n`).update(body).update('\n')
  if (!signed.verify(key, signature, 'base64')) return 'signature'
  return Math.abs(now.getTime() / 1000 - Number(timestamp)) > FRESH_SECONDS ? 'time' : null
}

/** Opens AEAD_AES_256_GCM: Base64 of the text and its tag of 16 bytes. Throws when a bit is wrong. */
export function decrypt(
  apiV3Key: string,
  resource: { ciphertext: string; nonce: string; associated_data: string },
): string {
  const bytes = Buffer.from(resource.ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, resource.nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(resource.associated_data))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
}
