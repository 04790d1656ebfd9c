import type { ColumnType, Kysely } from 'kysely'
import type { Db } from '../city/database/database'
import type { Tables } from '../city/database/tables'
import type { VendorState } from '../city/ports'
import type { CashierKind } from '../contract/wire/types.gen'

type Defaulted<T> = ColumnType<T, T | undefined, T>
type MaybeMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

type OwnTables = {
  vendor_orders: {
    reference: string
    city_id: string
    payment_id: string
    vendor: CashierKind
    state: VendorState
    version: Defaulted<number>
    amount_fen: number
    refunded_fen: Defaulted<number>
    vendor_number: string
    /** While USERPAYING: when it turns into what. */
    pending_until: MaybeMoment
    pending_state: ColumnType<VendorState | null, VendorState | null | undefined, VendorState | null>
    expires_at: Date
    paid_at: MaybeMoment
  }
  used_codes: { city_id: string; code: string }
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
