/** @jest-environment node */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { verifySignature } from '@/pages/verify/ed25519'
import { sha512 } from '@/pages/verify/sha512'

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const rawOf = (key: KeyObject) => Uint8Array.from(Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url'))

/** RFC 8032, 7.1: key, message, signature. */
const examples = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const

test('the hash is SHA-512, at every length around the end of a block', () => {
  for (const length of [0, 1, 111, 112, 127, 128, 129, 239, 240, 300]) {
    const message = Array.from({ length }, (_, index) => (index * 37 + length) & 255)
    const expected = createHash('sha512').update(Uint8Array.from(message)).digest('hex')
    expect([length, Buffer.from(sha512(message)).toString('hex')]).toEqual([length, expected])
  }
})

test('the examples of RFC 8032 are genuine, and none is with another’s message, key or signature', () => {
  const keys = examples.map(([key]) => bytesOf(key))
  for (const [at, [key, message, signature]] of examples.entries()) {
    expect(verifySignature(bytesOf(key), bytesOf(message), bytesOf(signature))).toBe(true)
    expect(verifySignature(bytesOf(key), bytesOf(`${message}00`), bytesOf(signature))).toBe(false)
    const other = keys[(at + 1) % keys.length] as Uint8Array
    expect(verifySignature(other, bytesOf(message), bytesOf(signature))).toBe(false)
  }
})

test('what Node signs is genuine, and no bit of it may be another', () => {
  for (let time = 0; time < 24; time += 1) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const message = Uint8Array.from(Buffer.from(`city-receipt:330100:PJ${time}:${'9'.repeat(time * 9)}`))
    const signature = Uint8Array.from(sign(null, message, privateKey))
    expect(verifySignature(rawOf(publicKey), message, signature)).toBe(true)
    const bit = (bytes: Uint8Array, at: number) =>
      bytes.map((byte, index) => (index === at >> 3 ? byte ^ (1 << (at & 7)) : byte))
    expect(verifySignature(rawOf(publicKey), message, bit(signature, time * 21))).toBe(false)
    expect(verifySignature(rawOf(publicKey), bit(message, time * 5), signature)).toBe(false)
    expect(verifySignature(bit(rawOf(publicKey), time * 10), message, signature)).toBe(false)
  }
})

test('a signature that was made another one of the same message is refused, as are those of another length', () => {
  const seed = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)])
  const privateKey = createPrivateKey({ key: seed, format: 'der', type: 'pkcs8' })
  const key = rawOf(createPublicKey(privateKey))
  const message = Uint8Array.of(1, 2, 3)
  const signature = Uint8Array.from(sign(null, message, privateKey))
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  const scalar = BigInt(`0x${Buffer.from(signature.slice(32)).reverse().toString('hex')}`) + order
  const more = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse()
  expect(verifySignature(key, message, Uint8Array.from([...signature.slice(0, 32), ...more]))).toBe(false)
  expect(verifySignature(key, message, signature.slice(0, 63))).toBe(false)
  expect(verifySignature(key.slice(1), message, signature)).toBe(false)
  expect(verifySignature(new Uint8Array(32).fill(255), message, signature)).toBe(false)
})
