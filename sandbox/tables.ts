import type { ColumnType, JSONColumnType, Kysely } from 'kysely'
import type { Db } from '../city/database/database'
import type { CoreTables, Tables } from '../city/database/tables'
import type { VerificationOutcome } from '../city/ports'
import type { Words } from '../city/words'
import type { CashierKind, PaperTitle, VerificationRequest } from '../contract/wire/types.gen'
import type { BookedAgreement, BookedOrder, BookedRefund, Twist } from './vendor-servers/books'

type Defaulted<T> = ColumnType<T, T | undefined, T>
type MaybeMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

type OwnTables = {
  vendor_orders: {
    reference: string
    city_id: string
    payment_id: string
    vendor: CashierKind
    state: BookedOrder['state']
    version: Defaulted<number>
    amount_fen: number
    refunded_fen: Defaulted<number>
    vendor_number: string
    /** While USERPAYING: when it turns into what. */
    pending_until: MaybeMoment
    pending_state: ColumnType<BookedOrder['decided'], BookedOrder['decided'] | undefined, BookedOrder['decided']>
    expires_at: Date
    paid_at: MaybeMoment
    subject: Defaulted<string>
    payer: Defaulted<string>
    notify_url: Defaulted<string>
    paid_number: Defaulted<string>
    opened_at: Defaulted<Date>
  }
  vendor_refunds: {
    vendor: CashierKind
    refund_reference: string
    reference: string
    amount_fen: number
    reason: string
    notify_url: string
    number: string
    state: BookedRefund['state']
    requested_at: Date
    done_at: Date
  }
  vendor_agreements: {
    vendor: CashierKind
    reference: string
    city_id: string
    payer: string
    subject: string
    state: BookedAgreement['state']
    sign_until: Date
  }
  vendor_letters: {
    key: string
    vendor: CashierKind
    id: string
    reference: string
    refund_reference: string | null
    at: Date
    attempt: number
    twist: Twist | null
  }
  book_accounts: { city_id: string; biller_id: string; number: string; holder: string; address: JSONColumnType<Words> }
  book_holders: { city_id: string; biller_id: string; number: string; name: string; phone: string }
  book_bills: Omit<CoreTables['bills'], 'biller_version' | 'as_of' | 'decision_confirmed_at' | 'settled_by'>
  book_proofs: { city_id: string; biller_id: string; number: string; proof: string }
  book_credits: {
    city_id: string
    reference: string
    bill_id: string
    amount_fen: number
    outcome: 'taken' | 'refused' | 'taken-back'
    at: Date
  }
  book_papers: {
    city_id: string
    reference: string
    biller_id: string
    state: 'issuing' | 'void'
    amount_fen: number
    title: JSONColumnType<PaperTitle | null>
    asked_at: Date
    number: string
    file: string
  }
  book_verifications: {
    city_id: string
    number: string
    subject: string
    level: VerificationRequest['level']
    outcome: Defaulted<VerificationOutcome>
    begun_at: Date
  }
  used_codes: { city_id: string; code: string }
  letters: {
    city_id: string
    id: string
    subject: string
    title: JSONColumnType<Words>
    text: JSONColumnType<Words>
    shown_at: Date
  }
  sandbox_state: { name: string; value: string }
  sandbox_faults: {
    id: string
    name: string
    city_id: string | null
    operation_id: string | null
    times: number | null
    delay_ms: number | null
    switched_on: Date
  }
}

export type SandboxTables = Tables & OwnTables

/** The same transaction, with the tables of the world around the cities. */
export const own = (db: Db): Kysely<SandboxTables> => db.withTables<OwnTables>()
