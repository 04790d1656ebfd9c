import { createCipheriv, createSign, createVerify, generateKeyPairSync, randomBytes } from 'node:crypto'

// Written apart from the city's adapters, so that the two can disagree.

export type KeyPair = { publicKey: string; privateKey: string }

export const makeKeyPair = (): KeyPair =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

/** SHA256withRSA, Base64. */
export const rsaSign = (text: string, privateKey: string): string =>
  createSign('sha256').update(text, 'utf8').sign(privateKey).toString('base64')

export function rsaVerify(text: string, signature: string, publicKey: string): boolean {
  return createVerify('sha256').update(text, 'utf8').verify(publicKey, Buffer.from(signature, 'base64'))
}

/** AES-256-GCM; the tag is appended to what is encrypted. */
export function seal(text: string, key: string, associatedData: string): { ciphertext: string; nonce: string } {
  const nonce = randomBytes(6).toString('hex')
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key), Buffer.from(nonce))
  cipher.setAAD(Buffer.from(associatedData))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { ciphertext: sealed.toString('base64'), nonce }
}
