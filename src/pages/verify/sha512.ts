/** SHA-512 (FIPS 180-4). Hosts have no WebCrypto, and old engines no BigInt: words of 64 bits are pairs of 32. */

const constants =
  '428a2f98d728ae227137449123ef65cdb5c0fbcfec4d3b2fe9b5dba58189dbbc3956c25bf348b53859f111f1b605d019923f82a4af194f9b' +
  'ab1c5ed5da6d8118d807aa98a303024212835b0145706fbe243185be4ee4b28c550c7dc3d5ffb4e272be5d74f27b896f80deb1fe3b1696b1' +
  '9bdc06a725c71235c19bf174cf692694e49b69c19ef14ad2efbe4786384f25e30fc19dc68b8cd5b5240ca1cc77ac9c652de92c6f592b0275' +
  '4a7484aa6ea6e4835cb0a9dcbd41fbd476f988da831153b5983e5152ee66dfaba831c66d2db43210b00327c898fb213fbf597fc7beef0ee4' +
  'c6e00bf33da88fc2d5a79147930aa72506ca6351e003826f142929670a0e6e7027b70a8546d22ffc2e1b21385c26c9264d2c6dfc5ac42aed' +
  '53380d139d95b3df650a73548baf63de766a0abb3c77b2a881c2c92e47edaee692722c851482353ba2bfe8a14cf10364a81a664bbc423001' +
  'c24b8b70d0f89791c76c51a30654be30d192e819d6ef5218d69906245565a910f40e35855771202a106aa07032bbd1b819a4c116b8d2d0c8' +
  '1e376c085141ab532748774cdf8eeb9934b0bcb5e19b48a8391c0cb3c5c95a634ed8aa4ae3418acb5b9cca4f7763e373682e6ff3d6b2b8a3' +
  '748f82ee5defb2fc78a5636f43172f6084c87814a1f0ab728cc702081a6439ec90befffa23631e28a4506cebde82bde9bef9a3f7b2c67915' +
  'c67178f2e372532bca273eceea26619cd186b8c721c0c207eada7dd6cde0eb1ef57d4f7fee6ed17806f067aa72176fba0a637dc5a2c898a6' +
  '113f9804bef90dae1b710b35131c471b28db77f523047d8432caab7b40c724933c9ebe0a15c9bebc431d67c49c100d4c4cc5d4becb3e42b6' +
  '597f299cfc657e2a5fcb6fab3ad6faec6c44198c4a475817'

const beginning =
  '6a09e667f3bcc908bb67ae8584caa73b3c6ef372fe94f82ba54ff53a5f1d36f1510e527fade682d19b05688c2b3e6c1f1f83d9abfb41bd6b5be0cd19137e2179'

type Word = readonly [high: number, low: number]

const wordsOf = (hex: string): Word[] =>
  (hex.match(/.{16}/g) ?? []).map((word) => [
    Number.parseInt(word.slice(0, 8), 16) | 0,
    Number.parseInt(word.slice(8), 16) | 0,
  ])

const sum = (...words: readonly Word[]): Word => {
  let [high, low] = [0, 0]
  for (const word of words) {
    low += word[1] >>> 0
    high += word[0]
  }
  return [(high + Math.floor(low / 2 ** 32)) | 0, low | 0]
}

/** To the right by fewer than 32. */
const shift = ([high, low]: Word, by: number): Word => [high >>> by, (low >>> by) | (high << (32 - by))]
const rotate = (word: Word, by: number): Word => {
  const [high, low]: Word = by < 32 ? word : [word[1], word[0]]
  const rest = by % 32
  return [(high >>> rest) | (low << (32 - rest)), (low >>> rest) | (high << (32 - rest))]
}
const xor = (...words: readonly Word[]): Word =>
  words.reduce((left, right) => [left[0] ^ right[0], left[1] ^ right[1]] as const)
const choose = (a: Word, b: Word, c: Word): Word => [(a[0] & b[0]) ^ (~a[0] & c[0]), (a[1] & b[1]) ^ (~a[1] & c[1])]
const majority = (a: Word, b: Word, c: Word): Word => [
  (a[0] & b[0]) ^ (a[0] & c[0]) ^ (b[0] & c[0]),
  (a[1] & b[1]) ^ (a[1] & c[1]) ^ (b[1] & c[1]),
]

const rounds = wordsOf(constants)

type State = [Word, Word, Word, Word, Word, Word, Word, Word]

function block(state: State, words: Word[]): State {
  for (let at = 16; at < 80; at += 1) {
    const [w2, w7, w15, w16] = [2, 7, 15, 16].map((before) => words[at - before]) as [Word, Word, Word, Word]
    const small0 = xor(rotate(w15, 1), rotate(w15, 8), shift(w15, 7))
    const small1 = xor(rotate(w2, 19), rotate(w2, 61), shift(w2, 6))
    words.push(sum(small1, w7, small0, w16))
  }
  let [a, b, c, d, e, f, g, h] = state
  rounds.forEach((round, at) => {
    const big1 = xor(rotate(e, 14), rotate(e, 18), rotate(e, 41))
    const first = sum(h, big1, choose(e, f, g), round, words[at] as Word)
    const big0 = xor(rotate(a, 28), rotate(a, 34), rotate(a, 39))
    const second = sum(big0, majority(a, b, c))
    ;[h, g, f, e, d, c, b, a] = [g, f, e, sum(d, first), c, b, a, sum(first, second)]
  })
  return [a, b, c, d, e, f, g, h].map((word, at) => sum(word, state[at] as Word)) as State
}

/** The 64 bytes of a message's hash. */
export function sha512(message: readonly number[]): number[] {
  const bits = message.length * 8
  const padded = [...message, 0x80]
  while (padded.length % 128 !== 112) padded.push(0)
  padded.push(...new Array<number>(12).fill(0), ...[24, 16, 8, 0].map((by) => (bits >>> by) & 255))
  let state = wordsOf(beginning) as State
  for (let from = 0; from < padded.length; from += 128) {
    const words = Array.from({ length: 16 }, (_, index): Word => {
      const half = (at: number) => padded.slice(at, at + 4).reduce((word, byte) => (word << 8) | byte, 0)
      return [half(from + index * 8), half(from + index * 8 + 4)]
    })
    state = block(state, words)
  }
  return state.flatMap((word) => word.flatMap((half) => [24, 16, 8, 0].map((by) => (half >>> by) & 255)))
}
