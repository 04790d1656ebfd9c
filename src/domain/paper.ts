import type { BillerId, PaymentId } from './ids'
import type { Manifest } from './manifest'
import type { Fen } from './money'
import { type Instant, isPast } from './time'
import type { Unlisted } from './unlisted'

/** 电子发票 of utilities, 财政电子票据 of fines and other non-tax, 完税证明 of taxes. */
export type PaperKind = 'e-invoice' | 'fiscal' | 'tax' | Unlisted
export type PaperState = 'not-offered' | 'available' | 'issuing' | 'issued' | 'failed' | Unlisted
export type PaperReason =
  | 'not-issued-here'
  | 'not-credited'
  | 'money-back'
  | 'withdrawn'
  | 'title-refused'
  | 'not-issued'
  | 'no-answer'
  | Unlisted

/** To whom an invoice is made out (抬头); a company with its 统一社会信用代码. */
export type PaperTitle = { kind: 'personal' | 'company' | Unlisted; name: string; taxNumber?: string | undefined }

/** What the law gives for the bills of one biller in a payment. */
export type Paper = {
  billerId: BillerId
  billerName: string
  kind: PaperKind
  state: PaperState
  /** With `not-offered` and `failed`. */
  because?: PaperReason | undefined
  /** With `failed`: why, in the issuer's words. */
  text?: string | undefined
  /** What it is about: the bills that this biller keeps, without the fee. */
  amountFen: Fen
  needsTitle: boolean
  title?: PaperTitle | undefined
  askedAt?: Instant | undefined
  /** With `issuing`; with `not-credited`, when it can probably be asked for. */
  expectedBy?: Instant | undefined
  issuedAt?: Instant | undefined
  number?: string | undefined
  checkCode?: string | undefined
  /** The file. Who has the address can read it: it is opened or copied, and never shown or kept. */
  fileUrl?: string | undefined
}

export type PaperList = {
  paymentId: PaymentId
  items: readonly Paper[]
  /** Kept by the city, with the citizen's word: offered in the form, sent when the citizen sends it. */
  keptTitle?: PaperTitle | undefined
}

/** Where a paper is: its state, with the reason where that changes what happens next. */
export type PaperStanding = 'available' | 'issuing' | 'late' | 'issued' | Exclude<PaperReason, Unlisted> | 'unlisted'

/** `ask`: with a title where it needs one. `again`: the same one, as it was asked for. */
export type PaperAct = 'ask' | 'again' | 'open' | 'call' | 'report'

type Rule = { act: PaperAct | null; tone: 'quiet' | 'info' | 'ok' | 'warn' | 'bad'; polls?: true }

/** What each standing offers. */
export const paperRule: Readonly<Record<PaperStanding, Rule>> = {
  'not-issued-here': { act: 'call', tone: 'quiet' },
  'not-credited': { act: null, tone: 'quiet' },
  'money-back': { act: null, tone: 'quiet' },
  withdrawn: { act: null, tone: 'warn' },
  available: { act: 'ask', tone: 'info' },
  issuing: { act: null, tone: 'info', polls: true },
  late: { act: 'report', tone: 'warn' },
  issued: { act: 'open', tone: 'ok' },
  'title-refused': { act: 'ask', tone: 'bad' },
  'not-issued': { act: 'ask', tone: 'bad' },
  'no-answer': { act: 'again', tone: 'bad' },
  unlisted: { act: 'report', tone: 'warn' },
}

/** `nowMs`: the city's time. */
export function paperStanding({ state, because = 'unlisted', expectedBy }: Paper, nowMs: number): PaperStanding {
  if (state === 'issuing') return expectedBy !== undefined && isPast(expectedBy, nowMs) ? 'late' : 'issuing'
  return state === 'not-offered' || state === 'failed' ? because : state
}

/**
 * The address of a file, if it may be opened: over TLS at one of the hosts that the city lists, or at the city's own address. Null for any
 * other.
 */
export function safeFileUrl(
  url: string | undefined,
  { paperHosts = [] }: Pick<Manifest, 'paperHosts'>,
  cityAddress: string | null,
): string | null {
  const [, origin = '', scheme, host = ''] =
    /^((https?):\/\/([a-z0-9.-]+)(?::\d{1,5})?)\/[\x21-\x7e]*$/.exec(url ?? '') ?? []
  if (url === undefined || origin === '') return null
  const isCity = cityAddress !== null && `${cityAddress}/`.indexOf(`${origin}/`) === 0
  return isCity || (scheme === 'https' && paperHosts.indexOf(host) >= 0) ? url : null
}

/** The characters of a 统一社会信用代码, each with its value: digits, and letters but I, O, S, V and Z. */
const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** Whether a text is a 统一社会信用代码: 18 characters, the last of which checks the others (GB 32100-2015, modulo 31). */
export function isCreditCode(code: string): boolean {
  const values = Array.from(code, (character) => characters.indexOf(character))
  if (values.length !== 18 || values.indexOf(-1) >= 0) return false
  const sum = weights.reduce((total, weight, at) => total + weight * (values[at] ?? 0), 0)
  return (31 - (sum % 31)) % 31 === values[17]
}
