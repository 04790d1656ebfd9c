import type { AccountRule, BillKind, BookingRules, DailyWindow, Manifest, Notice } from '../wire/types.gen'
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
}

export type NoticeSeed = { id: string; level: Notice['level']; title: Words; text?: Words; lastsDays?: number }

/** What makes a city differ from another one. Nothing else asks which city it is. */
export type City = {
  id: string
  /** Begins every reference: HZ20261123000001. */
  letters: string
  name: Words
  mode: Manifest['mode']
  phone: string
  notices: NoticeSeed[]
  billers: BillerSeed[]
  booking?: BookingRules
  features: Manifest['features']
  promises: Manifest['promises']
  messages?: NonNullable<Manifest['messages']>
  /** Districts and streets for lifelike addresses. */
  places: { zh: string; en: string }[]
}
