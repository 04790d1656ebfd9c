import type { KeyObject } from 'node:crypto'
import type {
  BillKind,
  CashierKind,
  PaperKind,
  PaperTitle,
  SessionRequest,
  VerificationInvocation,
  VerificationRequest,
} from '../contract/wire/types.gen'
import type { Cashier } from './cashiers/cashier'
import type { City } from './catalogue'
import type { Db } from './database/database'
import type { StoredChange, StoredDecision, StoredFine, StoredLine, StoredTopUp } from './database/tables'
import type { Words } from './words'

/**
 * What a city reaches through others: a real city fills these with its own adapters, the sandbox simulates them. `db` is the
 * transaction in which the city asks, for an adapter that keeps its books in the city's own database.
 */

/** Every deadline is compared with this clock, never with the database's. */
export type Clock = { now(): Date }

type BillerKey = { cityId: string; billerId: string }

/**
 * The companies and offices that send bills (缴费单位), reached over a network: never from within a transaction. Each method rejects when
 * its biller cannot be reached or makes no sense, which is never "nothing due"; the city waits for none longer than a few seconds.
 */
export type Billers = {
  /** Until when it is closed beyond the hours of its catalogue entry; null when it is not. */
  closedUntil(biller: BillerKey): Promise<Date | null>
  /** What it knows of a number now, as far as it tells this person; null when there is no such account. */
  lookUp(question: BillerKey & { number: string; person: AskingPerson }): Promise<BillerAccount | null>
  /**
   * The same for who binds nothing and names, beside a number that can be guessed, what its `finding.proof` asks for: as the city made it plain
   * (`plainProof`), to be compared so. Null for a number that does not exist as for a proof that is not right, and nothing may tell the two
   * apart. Paid bills of it are told too. Absent: nothing can be found by a decision or voucher.
   */
  find?(
    question: BillerKey & { number: string; proof: string | null; person: AskingPerson },
  ): Promise<BillerAccount | null>
  /**
   * Books a paid payment's money, with one reference once however often this is called. One answer for each of its bills, in their order;
   * `open` while the biller has not decided. After a rejection nothing is known: the same call again finds out.
   */
  credit(payment: CreditRequest): Promise<Credit[]>
  /**
   * Asks a biller to give up the money of one bill that somebody paid by mistake. Agreed: it is booked no more, and will not be if it was not
   * yet. The same answer however often this is called; `open` while nobody has decided. Absent where people decide by telephone.
   */
  recall?(bill: RecallRequest): Promise<RecallAnswer>
  /**
   * What became of a biller's official paper (电子票据) for a payment, once its time has come. `none`: it issues none here. Absent where no
   * system issues any.
   */
  paper?(payment: { cityId: string; reference: string; billerId: string }): Promise<'issued' | 'failed' | 'none'>
}

/** The citizen for whom the city asks, as the host's sign-in knows them. */
export type AskingPerson = { name: string; phone: string }

export type BillerAccount = {
  holder: string
  address: Words
  /** Whether the biller knows the asking person as the holder. */
  isHolder: boolean
  /** All open bills; for the holder also those of the last 24 months that are settled. */
  bills: BillerBill[]
}

/** A bill as its biller has it; amounts are whole fen. */
export type BillerBill = {
  /** The city's id of it: unique in the city, the same each time, letters, digits and `_.-`. */
  id: string
  /** Another text whenever anything about it is another. */
  version: string
  kind: BillKind
  title: Words
  lines: StoredLine[]
  /** The whole of it, what was paid of it included; lines and late fee add up to it. */
  amountFen: number
  paidFen?: number
  lateFeeFen?: number
  arrearsFen?: number
  /** The least that may be paid of it at once; without it all or nothing. */
  partialMinFen?: number
  /** A prepaid meter: its rule, and what is on it; below nought is debt. */
  topUp?: StoredTopUp & { balanceFen: number }
  /** What of it a payment settles first. */
  settlement?: Words
  decision?: StoredDecision
  fine?: StoredFine
  /** Earlier versions, newest first, where the biller remembers them. */
  changes?: StoredChange[]
  usage?: { quantity: string; unit: Words }
  period?: { from: string; to: string }
  issuedOn: string
  dueOn?: string
  /** Why it cannot be paid here. */
  notPayable?: Words
  settledAt?: Date
  /** Somebody paid it elsewhere, which is not booked yet. */
  paidElsewhereAt?: Date
}

export type CreditRequest = {
  cityId: string
  /** The city's own number of the payment. */
  reference: string
  paidAt: Date
  bills: { billerId: string; number: string; billId: string; amountFen: number }[]
}
export type Credit = 'taken' | 'refused' | 'open'

export type RecallRequest = { cityId: string; reference: string } & CreditRequest['bills'][number]
export type RecallAnswer = { decision: 'agreed' | 'open' } | { decision: 'declined'; reason: Words }

/**
 * WeChat Pay, Alipay and the till: the adapters of `cashiers/`, each with the merchant of one city. They are never called within a
 * transaction. Null where the city has no such cashier.
 */
export type Cashiers = { of(cityId: string, kind: CashierKind): Cashier | null }

/** Who somebody is, by the host's own sign-in. */
export type Identity = {
  /**
   * Null when the host does not know the code, or it was used before. `subject` stays the same for one person and host: `wechat/<openid>`,
   * where the host's cashier knows the person by what follows the slash. Rejects with `VendorUnavailable` or `VendorRefused` when the host
   * does not say. Asked outside of any transaction: a host is asked over the network.
   */
  signIn(request: SessionRequest & { cityId: string }): Promise<Person | null>
  /** Called once for each new citizen, in the transaction that creates it: what the city knows of this person already. */
  welcome(db: Db, city: City, citizenId: string): Promise<void>
  /**
   * Begins a verification (实名、人脸) with the host that the person signed in with; null where it does not verify, or not so far. Asked
   * outside of any transaction, and keeps nothing of the number. Rejects with `VendorUnavailable` or `VendorRefused`.
   */
  beginVerification(person: PersonToVerify): Promise<BegunVerification | null>
  /** What the host decided. `open` while it has not. Rejects as `beginVerification`, and then nothing is known. */
  queryVerification(begun: KnownVerification): Promise<VerificationOutcome>
}

export type PersonToVerify = {
  cityId: string
  /** As `signIn` gave it. */
  subject: string
  level: VerificationRequest['level']
  /** The city's own id of the verification: letters and digits, at most 32. */
  reference: string
  name: string
  /** Of an ID card; checked by its rules. */
  idNumber: string
}

export type BegunVerification = {
  /** The host's number of it. */
  vendorNumber: string
  /** What its query needs beside, kept sealed; empty when nothing. */
  secret: string
  /** What the phone opens. */
  invocation: VerificationInvocation
  /** How long the host lets it be done. */
  seconds: number
}

export type KnownVerification = Pick<PersonToVerify, 'cityId' | 'subject' | 'level' | 'reference'> &
  Pick<BegunVerification, 'vendorNumber' | 'secret'>

/** `other-person`: the host saw somebody else than the holder of the document. */
export type VerificationOutcome = 'open' | 'verified' | 'refused' | 'cancelled' | 'other-person' | 'timed-out'

/** Name and phone are empty where the person did not let the host tell them. */
export type Person = { subject: string; name: string; phone: string }

/** What the city tells people through the host that they signed in with: subscription messages (订阅消息), template messages. */
export type Messages = {
  /**
   * Shows a message to whom the host knows as `subject`, by `template` where the city has one for it. One `id` of a city is shown once,
   * however often this is called. It is `refused` when the citizen has not granted it at the host (WeChat's 43101), which is final. Rejects when the
   * host did not take it: it is tried again.
   */
  send(message: {
    cityId: string
    id: string
    subject: string
    template?: string
    title: Words
    text: Words
  }): Promise<'sent' | 'refused'>
}

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

/** Who issues the papers that the law gives (税务、财政的开票平台), reached over a network: never from within a transaction. */
export type Papers = {
  /** Whether it issues any for this biller, as far as this instance knows. */
  offers(biller: BillerKey): boolean
  /**
   * Issues a paper, one for each reference however often this is called; `open` while it is not decided. After a rejection nothing is
   * known: the same call again finds out.
   */
  issue(paper: IssueRequest): Promise<PaperAnswer>
  /** Makes one void (红冲、作废), or has it never come where it was not issued; the same however often this is called. */
  withdraw(paper: IssueRequest): Promise<void>
}

export type IssueRequest = BillerKey & {
  /** The city's own number of it. */
  reference: string
  kind: PaperKind
  /** Of the account, the decision or the voucher. */
  number: string
  amountFen: number
  /** With an invoice. */
  title?: PaperTitle
}

export type PaperAnswer =
  | { state: 'open' }
  | { state: 'issued'; number: string; checkCode?: string; fileUrl?: string }
  /** `isTitle`: with this title; another may do. */
  | { state: 'refused'; isTitle: boolean; reason: Words }

/** A city's own signing keys (Ed25519). Counters hold the public ones. */
export type Keys = {
  /** The private key of now. */
  ofCity(cityId: string): KeyObject
  /** The public keys of before: what they signed stays genuine. None without it. */
  earlier?(cityId: string): readonly KeyObject[]
}

export type Ports = {
  clock: Clock
  keys: Keys
  billers: Billers
  /** Absent where the city issues none here. */
  papers?: Papers
  cashiers: Cashiers
  identity: Identity
  messages: Messages
  queues: Queues
}
