import { type CityId, readCityId } from './ids'
import { type Fen, isFen } from './money'
import type { PaymentBill } from './payment'
import { receiptPrefix } from './receipt'
import { type Instant, instantOf } from './time'
import type { Listed } from './unlisted'

/**
 * What the QR code of a receipt holds: a text that ends in the city's signature of all before it. The contract describes its form at
 * `verifyText`. Nothing here is believed before `verdictOf` has found it genuine.
 */
export type ReceiptCode = {
  cityId: CityId
  number: string
  amountFen: Fen
  /** Absent in codes of cities of before, as are all that follow. */
  keyId?: string | undefined
  paidAt?: Instant | undefined
  /** The text says how things were then. */
  signedAt?: Instant | undefined
  feeFen: Fen
  /** How many bills were paid; `bills` are those that there was room for. */
  billCount: number
  bills: readonly CodedBill[]
  /** All before the signature, in ASCII. */
  signedText: string
  /** Ed25519, 64 bytes in base64url. */
  signature: string
}

export type CodedBill = {
  billerId: string
  maskedNumber: string
  /** Tells accounts apart whose masks are equal. */
  mark: string
  /** `YYYY-MM`; both the same for one month; absent for a bill without a period. */
  months?: { from: string; to: string } | undefined
  amountFen: Fen
  outcome: Listed<PaymentBill['outcome']>
}

const outcomes: Readonly<Record<string, CodedBill['outcome']>> = {
  o: 'open',
  c: 'credited',
  n: 'not-credited',
  r: 'refunded',
}

const fen = (text: string | undefined): Fen | null => {
  const amount = /^\d{1,15}$/.test(text ?? '') ? Number(text) : null
  return isFen(amount) ? amount : null
}
const moment = (text: string | undefined): Instant | null =>
  /^\d{9,11}$/.test(text ?? '') ? instantOf(Number(text) * 1000) : null
const month = (text: string | undefined) => text && `${text.slice(0, 4)}-${text.slice(4)}`

function readBill(text: string): CodedBill | null {
  const [billerId = '', maskedNumber = '', mark = '', period = '', amount, letter = '', ...rest] = text.split(',')
  const amountFen = fen(amount)
  const outcome = /^[ocnr]$/.test(letter) ? outcomes[letter] : undefined
  const [, from, to = from] = /^(\d{6})(?:-(\d{6}))?$/.exec(period) ?? []
  if (amountFen === null || outcome === undefined || rest.length > 0 || (period !== '' && from === undefined))
    return null
  const [first, last] = [month(from), month(to)]
  return {
    billerId,
    maskedNumber,
    mark,
    amountFen,
    outcome,
    ...(first && last && { months: { from: first, to: last } }),
  }
}

/** Reads an untrusted text. `not-receipt`: something else was scanned; `broken`: it says that it is a receipt, and is not whole. */
export function readReceiptCode(scanned: string): ReceiptCode | 'not-receipt' | 'broken' {
  const text = scanned.trim()
  if (text.indexOf(receiptPrefix) !== 0) return 'not-receipt'
  if (text.length > 500 || !/^[\x21-\x7e]+$/.test(text)) return 'broken'
  const end = text.lastIndexOf(':')
  const [signedText, signature] = [text.slice(0, end), text.slice(end + 1)]
  const [, city, number = '', amount, keyId, paid, signed, fee, count, billTexts = '', ...rest] = signedText.split(':')
  const [cityId, amountFen] = [readCityId(city), fen(amount)]
  if (!/^[\w-]{86}$/.test(signature) || cityId === null || number === '' || amountFen === null) return 'broken'
  const known = { cityId, number, amountFen, signedText, signature }
  if (keyId === undefined) return { ...known, feeFen: 0, billCount: 0, bills: [] }
  const [paidAt, signedAt, feeFen, billCount] = [moment(paid), moment(signed), fen(fee), fen(count)]
  const bills = billTexts === '' ? [] : billTexts.split(';').map(readBill)
  const isWhole = paidAt !== null && signedAt !== null && feeFen !== null && billCount !== null && rest.length === 0
  if (!isWhole || !/^[0-9a-f]{8}$/.test(keyId)) return 'broken'
  const read = bills.filter((bill): bill is CodedBill => bill !== null)
  if (read.length < bills.length) return 'broken'
  return { ...known, keyId, paidAt, signedAt, feeFen, billCount, bills: read }
}

/** A public key of a city, as its manifest lists it. */
export type SigningKey = { id: string; publicKey: string }

/** Whether `signature` is the key's signature of `message`. @throws for a key or a signature of another length. */
export type VerifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean

/**
 * - `genuine`: the city signed it, and every character is as it signed it. What happened afterwards it cannot know
 * - `forged`: changed, or signed by somebody else
 * - `unknown-key`: none of these keys is the one that it names; the city may have another one by now
 */
export type Verdict = 'genuine' | 'forged' | 'unknown-key'

/** Judges a code by the keys that are known of its city. */
export function verdictOf(code: ReceiptCode, keys: readonly SigningKey[], verify: VerifySignature): Verdict {
  const { keyId } = code
  const named = keyId === undefined ? keys : keys.filter(({ id }) => id === keyId)
  if (named.length === 0) return 'unknown-key'
  const message = Uint8Array.from(Array.from(code.signedText, (letter) => letter.charCodeAt(0)))
  const isOf = ({ publicKey }: SigningKey) => {
    try {
      return verify(bytesOf(publicKey), message, bytesOf(code.signature))
    } catch {
      return false
    }
  }
  if (named.some(isOf)) return 'genuine'
  // Without a name it may be of a key that is not known yet.
  return keyId === undefined ? 'unknown-key' : 'forged'
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Bytes of base64url; hosts have no `atob`. */
function bytesOf(text: string): Uint8Array {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const letter of text) {
    bits = ((bits << 6) | letters.indexOf(letter)) & 0xffff
    held += 6
    if (held < 8) continue
    held -= 8
    bytes.push((bits >> held) & 255)
  }
  return Uint8Array.from(bytes)
}
