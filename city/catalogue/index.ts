import type {
  AccountRule,
  BillKind,
  BookingRules,
  ConsentText,
  DailyWindow,
  FindingRule,
  Level,
  Manifest,
  MessageKind,
  Notice,
  ProofRule,
} from '../../contract/wire/types.gen'
import type { Words } from '../words'

/** A biller (缴费单位) as the city's manifest tells it, in both languages. */
export type BillerSeed = {
  id: string
  kind: BillKind
  name: Words
  phone: string
  account: Pick<AccountRule, 'minLength' | 'maxLength' | 'charset' | 'checkDigit' | 'example'> & {
    label: Words
    hint?: Words
  }
  creditedWithinMinutes: number
  asleep?: DailyWindow
  /** Its bills may be paid in parts of at least this. */
  partialMinFen?: number
  /** How far one must be verified to read and confirm a decision of it. */
  level?: Level
  /** How a bill of it is found without binding an account; not at all without it. */
  finding?: { by: FindingRule['by']; proof?: Pick<ProofRule, 'kind' | 'length'> & { label: Words; hint?: Words } }
  /** What a payment to it costs, and the most that one may hold. */
  paying?: { feeFen?: number; feeNote?: Words; maxFen?: number }
}

/** The rules of booking, with the hall's own sentence in both languages. */
export type BookingSeed = Omit<BookingRules, 'queueRule'> & { queueRule?: Words }

/** A version of the text that a consent stands on, in both languages. */
export type ConsentSeed = Pick<ConsentText, 'consent' | 'version' | 'sensitive'> &
  Record<'title' | 'purpose' | 'text' | 'without', Words>

/** What a subscription message (订阅消息) of a template tells of; the host has granted it by `id`. */
export type TemplateSeed = {
  id: string
  title: Words
  kinds: MessageKind[]
  /** Each yes is good for one message (一次性订阅); otherwise until it is taken back (长期订阅). */
  once: boolean
}

export type NoticeSeed = {
  id: string
  level: Notice['level']
  title: Words
  text?: Words
  lastsDays?: number
  whileAsleep?: string
}

/** Who takes up what the city has not answered in time; 12345 where it names nobody. */
export type EscalationSeed = { name: Words; phone: string }

/** What makes a city differ from another one. Nothing else asks which city it is. */
export type City = {
  id: string
  /** Begins every reference: HZ20261123000001. */
  letters: string
  name: Words
  mode: Manifest['mode']
  /** Since when it is in maintenance; absent for one that always was. */
  pausedAt?: Date
  phone: string
  notices: NoticeSeed[]
  billers: BillerSeed[]
  booking?: BookingSeed
  features: Manifest['features']
  promises: Manifest['promises']
  messages?: NonNullable<Manifest['messages']>
  /** Of `messages`, for whichever host. */
  templates?: TemplateSeed[]
  /** Every version that was ever in force; of each consent the newest is, and is demanded where an act needs it. */
  consents?: ConsentSeed[]
  escalation?: EscalationSeed
  /** Where files of papers are, beside the city's own address. */
  paperHosts?: string[]
}

export type Catalogue = {
  /**
   * The cities as last read; read anew in the background every few seconds. One whose rows make no sense stays as it was.
   * @throws ProblemError `unavailable` when they could not be read for minutes.
   */
  readonly cities: City[]
  /** Reads them now, unless they are younger than `ageMs`. @throws the database's error. */
  refresh(ageMs?: number): Promise<void>
}
