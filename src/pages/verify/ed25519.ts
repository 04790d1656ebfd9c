import type { VerifySignature } from '@/domain/receipt-code'
import { sha512 } from './sha512'

/**
 * Verifies Ed25519 signatures (RFC 8032), and makes none: there is no secret here to leak. After TweetNaCl, which is in the public domain
 * (https://tweetnacl.cr.yp.to). A package would be 17 kB (@stablelib/ed25519) or 33 kB (tweetnacl), with what makes keys.
 */

/** An element of the field of 2^255 - 19: sixteen limbs of 16 bits, not always carried. */
type Field = readonly number[]
type Point = readonly [x: Field, y: Field, z: Field, t: Field]

const limbs = (hex: string): Field => (hex.match(/.{4}/g) ?? []).map((limb) => Number.parseInt(limb, 16))
const padded = (first: number): Field => [first, ...new Array<number>(15).fill(0)]

const zero = padded(0)
const one = padded(1)
const D = limbs('78a313594dca75ebd8ab41410a4d0070e898777940798cc7fe732b6f6cee5203')
const D2 = limbs('f15926b29b94ebd6b1568283149a00e0d130eef380f2198efce756dfd9dc2406')
const rootOfMinusOne = limbs('a0b04a0e1b27c4eee478ad2f18062f43d7a73dfb00992b4ddf0b4fc124802b83')
const baseX = limbs('d51a8f252d60c956a7b29525c760692cdc5cfdd6e231c0a453fecd6e36d32169')
const baseY = limbs('6658666666666666666666666666666666666666666666666666666666666666')

const at = (list: ArrayLike<number>, index: number): number => list[index] ?? 0

/** Every limb to its 16 bits, in place; what is beyond the last comes back at the first, 38 times. */
function carry(value: number[]): number[] {
  let over = 0
  for (let i = 0; i < 16; i += 1) {
    const limb = at(value, i) + over
    over = Math.floor(limb / 65536)
    value[i] = limb - over * 65536
  }
  value[0] = at(value, 0) + 38 * over
  return value
}

const plus = (a: Field, b: Field): Field => a.map((limb, i) => limb + at(b, i))
const minus = (a: Field, b: Field): Field => a.map((limb, i) => limb - at(b, i))

function times(a: Field, b: Field): Field {
  const all = new Float64Array(31)
  for (let i = 0; i < 16; i += 1) {
    const left = at(a, i)
    for (let j = 0; j < 16; j += 1) all[i + j] = at(all, i + j) + left * at(b, j)
  }
  const value = new Array<number>(16)
  for (let i = 0; i < 16; i += 1) value[i] = at(all, i) + 38 * at(all, i + 16)
  return carry(carry(value))
}

/** `value` to the power of a number that is all ones but for two bits: 2^255 - 21 inverts, 2^252 - 3 is half of a root. */
function power(value: Field, from: number, noughts: readonly number[]): Field {
  let result = value
  for (let bit = from; bit >= 0; bit -= 1) {
    result = times(result, result)
    if (noughts.indexOf(bit) < 0) result = times(result, value)
  }
  return result
}

/** The 32 bytes of an element, below 2^255 - 19. */
function bytesOf(value: Field): number[] {
  let all = carry(carry(carry(value.slice())))
  for (let time = 0; time < 2; time += 1) {
    const less: number[] = []
    let borrow = 0
    for (let i = 0; i < 16; i += 1) {
      const limb = at(all, i) - (i === 0 ? 0xffed : i === 15 ? 0x7fff : 0xffff) - borrow
      borrow = limb < 0 ? 1 : 0
      less.push(limb + borrow * 65536)
    }
    if (borrow === 0) all = less
  }
  return all.flatMap((limb) => [limb & 255, limb >> 8])
}

const isSame = (a: readonly number[], b: readonly number[]): boolean => a.every((byte, i) => byte === b[i])
const isEqual = (a: Field, b: Field): boolean => isSame(bytesOf(a), bytesOf(b))

function add([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point {
  const a = times(minus(y1, x1), minus(y2, x2))
  const b = times(plus(x1, y1), plus(x2, y2))
  const c = times(times(t1, t2), D2)
  const d = times(z1, z2)
  const [e, f, g, h] = [minus(b, a), minus(plus(d, d), c), plus(plus(d, d), c), plus(b, a)]
  return [times(e, f), times(h, g), times(g, f), times(e, h)]
}

const nowhere: Point = [zero, one, one, zero]
const base: Point = [baseX, baseY, one, times(baseX, baseY)]

const bitOf = (scalar: readonly number[], bit: number): number => (at(scalar, bit >> 3) >> (bit & 7)) & 1

/** `a` times `p` and `b` times `q` together; scalars are 32 bytes, the smallest first. */
function combine(p: Point, a: readonly number[], q: Point, b: readonly number[]): Point {
  const both = add(p, q)
  let result = nowhere
  for (let bit = 252; bit >= 0; bit -= 1) {
    result = add(result, result)
    const [hasP, hasQ] = [bitOf(a, bit), bitOf(b, bit)]
    if (hasP || hasQ) result = add(result, hasP ? (hasQ ? both : p) : q)
  }
  return result
}

/** The negative of the point that a public key names; null for bytes that name none. */
function negativeOf(key: readonly number[]): Point | null {
  const y = Array.from({ length: 16 }, (_, i) => at(key, 2 * i) + (at(key, 2 * i + 1) << 8))
  y[15] = at(y, 15) & 0x7fff
  if (!isSame(bytesOf(y), [...key.slice(0, 31), at(key, 31) & 127])) return null
  const squared = times(y, y)
  const numerator = minus(squared, one)
  const denominator = plus(one, times(squared, D))
  const cubed = times(times(denominator, denominator), denominator)
  const seventh = times(times(cubed, cubed), denominator)
  let x = times(times(numerator, cubed), power(times(numerator, seventh), 250, [1]))
  const isRoot = () => isEqual(times(times(x, x), denominator), numerator)
  if (!isRoot()) x = times(x, rootOfMinusOne)
  if (!isRoot()) return null
  if ((at(bytesOf(x), 0) & 1) === at(key, 31) >> 7) x = minus(zero, x)
  return [x, y, one, times(x, y)]
}

const order = [
  ...[0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14],
  ...new Array<number>(15).fill(0),
  0x10,
]

const isBelowOrder = (scalar: readonly number[]): boolean => {
  for (let i = 31; i >= 0; i -= 1) if (scalar[i] !== order[i]) return at(scalar, i) < at(order, i)
  return false
}

/** 64 bytes, the smallest first, modulo the order of the base point: bit by bit from the top. */
function reduced(bytes: readonly number[]): number[] {
  let rest = new Array<number>(32).fill(0)
  for (let bit = 511; bit >= 0; bit -= 1) {
    let over = bitOf(bytes, bit)
    rest = rest.map((byte) => {
      const doubled = byte * 2 + over
      over = doubled >> 8
      return doubled & 255
    })
    if (isBelowOrder(rest)) continue
    let borrow = 0
    rest = rest.map((byte, i) => {
      const less = byte - at(order, i) - borrow
      borrow = less < 0 ? 1 : 0
      return less + borrow * 256
    })
  }
  return rest
}

export const verifySignature: VerifySignature = (publicKey, message, signature) => {
  const [key, point, scalar] = [
    Array.from(publicKey),
    Array.from(signature).slice(0, 32),
    Array.from(signature).slice(32),
  ]
  if (key.length !== 32 || scalar.length !== 32 || !isBelowOrder(scalar)) return false
  const negative = negativeOf(key)
  if (negative === null) return false
  const hash = reduced(sha512([...point, ...key, ...Array.from(message)]))
  const [x, y, z] = combine(negative, hash, base, scalar)
  const inverse = power(z, 253, [2, 4])
  const bytes = bytesOf(times(y, inverse))
  bytes[31] = at(bytes, 31) ^ ((at(bytesOf(times(x, inverse)), 0) & 1) << 7)
  return isSame(bytes, point)
}
