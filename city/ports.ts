import type { KeyObject } from 'node:crypto'
import type { CashierInvocation, CashierKind, SessionRequest } from '../contract/wire/types.gen'
import type { City } from './catalogue'
import type { Db } from './database/database'

/**
 * What a city reaches through others: a real city fills these with its own adapters, the sandbox simulates them. `db` is the
 * transaction in which the city asks, for an adapter that keeps its books in the city's own database.
 */

/** Every deadline is compared with this clock, never with the database's. */
export type Clock = { now(): Date }

type BillerKey = { cityId: string; billerId: string }

/** The companies and offices that send bills (缴费单位). */
export type Billers = {
  /** Until when it is closed beyond the hours of its catalogue entry; null when it is not. */
  closedUntil(biller: BillerKey): Date | null
  isAnswering(biller: BillerKey): boolean
  /** Whether it answers about this number now, and still knows it. */
  lookUp(account: BillerKey & { number: string }): 'answers' | 'not-answering' | 'no-account'
  /** Books a paid payment's money: for each of its bills whether the biller takes it; null when it has not decided yet. */
  credit(payment: { cityId: string; reference: string; bills: number }): boolean[] | null
  /** What became of the official paper (电子票据) of a credited payment whose time has come. */
  paper(payment: { cityId: string; reference: string }): 'issued' | 'failed'
}

/** WeChat's names, used for all vendors. */
export type VendorState = 'NOTPAY' | 'USERPAYING' | 'SUCCESS' | 'CLOSED' | 'REFUND'

/** What a vendor says of an order. `paidAt` with SUCCESS. */
export type VendorNews = { reference: string; state: VendorState; paidAt: Date | null }

/** What a city has a vendor collect; `reference` is the city's own number for it. */
export type CashierOrder = {
  reference: string
  city_id: string
  payment_id: string
  vendor: CashierKind
  amount_fen: number
  expires_at: Date
}

/** WeChat Pay, Alipay and the till. Only an answer to `query` or `close` moves a payment. */
export type Cashiers = {
  /** An order of this reference exists afterwards, however often this is called. */
  prepay(db: Db, order: CashierOrder): Promise<void>
  /** What the host's cashier is opened with. */
  invocation(db: Db, reference: string): Promise<CashierInvocation>
  query(db: Db, reference: string): Promise<VendorNews>
  /** Closes an order nobody paid; an order that is paid or being paid stays as it is. */
  close(db: Db, reference: string): Promise<VendorNews>
  /** Gives back a part of what was paid, or all of it; the same `refundReference` moves money once. */
  refund(
    db: Db,
    refund: { cityId: string; reference: string; refundReference: string; amountFen: number },
  ): Promise<'processing' | 'succeeded' | 'failed'>
  /** References of what the vendors took until then, from their statements of the day, for payments that ended unpaid. */
  takenUntil(db: Db, until: Date): Promise<string[]>
  /** True when the vendor signed this text. */
  isGenuine(signed: { timestamp: string; nonce: string; signature: string; body: string }): boolean
}

/** Who somebody is, by the host's own sign-in. */
export type Identity = {
  /**
   * Null when the host does not know the code, or it was used before. `subject` stays the same for one person and host. Asked outside of
   * any transaction: a host is asked over the network.
   */
  signIn(request: SessionRequest & { cityId: string }): Promise<Person | null>
  /** Called once for each new citizen, in the transaction that creates it: what the city knows of this person already. */
  welcome(db: Db, city: City, citizenId: string): Promise<void>
}
export type Person = { subject: string; name: string; phone: string }

/** The queueing machines of the halls (取号机). */
export type Queues = {
  /** How many wait in a hall, and when they were counted; null when nobody counts. */
  waiting(hall: {
    cityId: string
    id: string
    queue: 'live' | 'old' | 'none'
  }): { count: number; countedAt: Date } | null
  /** How many stand before somebody who checks in now. */
  join(visit: { cityId: string; id: string }): number
  /** Where somebody stands who checked in at `since` behind `ahead` others; null when nobody counts. */
  position(visit: {
    cityId: string
    id: string
    since: Date
    ahead: number
  }): { ahead: number; counter: number | null; countedAt: Date } | null
}

/** A city's own signing keys (Ed25519, private). Counters hold the public ones. */
export type Keys = { ofCity(cityId: string): KeyObject }

export type Ports = {
  clock: Clock
  keys: Keys
  billers: Billers
  cashiers: Cashiers
  identity: Identity
  queues: Queues
}
