import { createSign, createVerify, generateKeyPairSync } from 'node:crypto'

export type KeyPair = { publicKey: string; privateKey: string }

const made: Record<string, KeyPair> = {}

/** An RSA key pair, made at first use and kept while the process runs. Never written anywhere. */
export function keyPair(name: 'merchant' | 'vendor'): KeyPair {
  const known = made[name]
  if (known) return known
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  made[name] = pair
  return pair
}

/** SHA256withRSA in Base64, as WeChat Pay's API v3 and Alipay's RSA2 want it. */
export const sign = (text: string, pair: KeyPair): string =>
  createSign('RSA-SHA256').update(text).sign(pair.privateKey, 'base64')

export const verify = (text: string, signature: string, pair: KeyPair): boolean =>
  createVerify('RSA-SHA256').update(text).verify(pair.publicKey, signature, 'base64')
