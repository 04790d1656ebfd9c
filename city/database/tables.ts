import type { ColumnType, JSONColumnType } from 'kysely'
import type {
  Act,
  BillKind,
  CashierKind,
  ConsentKind,
  DailyWindow,
  DataUsePurpose,
  Grant,
  GrantRole,
  GrantThing,
  Level,
  Mandate,
  MandateBill,
  MandateKind,
  Manifest,
  Message,
  MessageSubject,
  PaperReason,
  PaperTitle,
  PaymentBill,
  PaymentState,
  RecallState,
  Refund,
  Relation,
  Report,
  ReportReason,
  ReportSubject,
  Verification,
  VerificationRequest,
} from '../../contract/wire/types.gen'
import type { BookingTables } from '../booking/tables'
import type { BillerSeed, BookingSeed, ConsentSeed, EscalationSeed, NoticeSeed, TemplateSeed } from '../catalogue'
import type { KeptState } from '../payments/paper-rules'
import type { TicketTables } from '../tickets/tables'
import type { Words } from '../words'

type Moment = ColumnType<Date, Date, Date>
type MaybeMoment = ColumnType<Date | null, Date | null | undefined, Date | null>
type Defaulted<T> = ColumnType<T, T | undefined, T>
type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>
/** Read as a value, written as JSON text. */
type Json<T extends object> = JSONColumnType<T>
type MaybeJson<T> = ColumnType<T | null, string | null | undefined, string | null>

export type StoredLine = { label: Words; amountFen: number; note?: Words }
/** `openingFen`: what was on the meter before anybody paid here. */
export type StoredTopUp = { openingFen: number; minFen: number; maxFen: number; presetsFen: number[] }
export type StoredDecision = { number: string; text: Words; decidedOn: string; authority: Words; objectUntil: string }
/** `perMille`: of the fine, for each day too late. */
export type StoredFine = {
  number: string
  authority: Words
  offence: Words
  decidedOn: string
  perMille?: number
  reviewUntil?: string
  sueUntil?: string
}
export type StoredChange = { version: number; amountFen: number; changedAt: string; reason?: Words }
/** As an office wrote it: in Chinese, and perhaps in English. */
export type StoredAnswer = { zh: string; en?: string }
export type StoredStep = { at: string; text: Words }

/** What a city tells a citizen by itself. */
export type MessageKind = Message['kind']

export type CoreTables = {
  citizens: { id: string; city_id: string; subject: string; name: string; phone: string; created_at: Moment }
  sessions: {
    token_hash: string
    city_id: string
    citizen_id: string
    expires_at: Moment
    ended: Defaulted<boolean>
  }
  verifications: {
    city_id: string
    id: string
    citizen_id: string
    level: VerificationRequest['level']
    state: Defaulted<Verification['state']>
    name: Maybe<string>
    document_key: string
    vendor_number: string
    sealed: Maybe<string>
    begun_at: Moment
    expires_at: Moment
    ended_at: MaybeMoment
  }
  idempotency_keys: {
    city_id: string
    citizen_id: string
    key: string
    request_hash: string
    payment_id: Maybe<string>
    status: Maybe<number>
    answer: MaybeJson<unknown>
    created_at: Moment
  }
  consents: {
    city_id: string
    citizen_id: string
    consent: ConsentKind
    given: boolean
    changed_at: Moment
    version: Maybe<number>
  }
  data_uses: {
    id: string
    city_id: string
    citizen_id: string
    at: Moment
    by_whom: Json<Words>
    purpose: Json<Words>
    kind: Maybe<DataUsePurpose>
  }
  family_grants: {
    city_id: string
    id: string
    giver_id: Maybe<string>
    actor_id: Maybe<string>
    invited_as: GrantRole
    things: GrantThing[]
    ends_on: string
    state: Defaulted<Grant['state']>
    version: Defaulted<number>
    code_key: Maybe<string>
    code_until: MaybeMoment
    at_counter: Defaulted<boolean>
    created_at: Moment
    began_at: MaybeMoment
    ended_at: MaybeMoment
    end_reason: Maybe<NonNullable<Grant['endReason']>>
  }
  family_acts: {
    city_id: string
    grant_id: string
    id: string
    kind: Act['kind']
    giver_id: string
    actor_id: string
    by_whom: GrantRole | 'counter'
    at: Moment
    text: Json<Words>
  }
  reports: {
    id: string
    city_id: string
    citizen_id: string
    reference: string
    about_kind: ReportSubject['kind']
    about_id: string
    reason: ReportReason
    text: string
    state: Report['state']
    answer: MaybeJson<StoredAnswer>
    created_at: Moment
    answer_by: Moment
    version: Defaulted<number>
    answered_at: MaybeMoment
    closed_at: MaybeMoment
  }
  report_entries: {
    city_id: string
    report_id: string
    version: number
    citizen_id: string
    by_whom: 'citizen' | 'office'
    office: MaybeJson<Words>
    text: Json<StoredAnswer>
    at: Moment
  }
  messages: {
    city_id: string
    id: string
    citizen_id: string
    kind: MessageKind
    about_kind: MessageSubject['kind']
    about_id: string
    title: Json<Words>
    text: Json<Words>
    created_at: Moment
    send_at: MaybeMoment
    /** From when on the app shows it; null while it is not due, and when it is no longer so. */
    told_at: MaybeMoment
    read_at: MaybeMoment
    until: Moment
    tries: Defaulted<number>
    /** `withdrawn`: it is no longer so; `off`: the citizen wants none; `refused`: the citizen has not granted it at the host. */
    state: Defaulted<'waiting' | 'sent' | 'withdrawn' | 'off' | 'refused' | 'gave-up'>
    ended_at: MaybeMoment
  }
  message_grants: {
    city_id: string
    citizen_id: string
    template: string
    /** What the citizen answered last. */
    granted: boolean
    remaining: Defaulted<number>
    changed_at: Moment
  }
  biller_accounts: {
    city_id: string
    biller_id: string
    number: string
    holder: string
    address: Json<Words>
    answered_at: MaybeMoment
    asked_at: MaybeMoment
    changed_at: MaybeMoment
  }
  biller_closures: { city_id: string; biller_id: string; closed_until: Moment }
  biller_attempts: { city_id: string; biller_id: string; serial: string; sent_at: Moment }
  account_questions: {
    city_id: string
    asker: string
    day: string
    questions: Defaulted<number>
    misses: Defaulted<number>
    next_at: MaybeMoment
  }
  account_matches: {
    id: string
    city_id: string
    citizen_id: string
    biller_id: string
    number: string
    is_holder: Defaulted<boolean>
    expires_at: Moment
  }
  findings: {
    city_id: string
    id: string
    citizen_id: string
    biller_id: string
    number: string
    is_holder: boolean
    found_at: Moment
    expires_at: Moment
  }
  accounts: {
    id: string
    city_id: string
    citizen_id: string
    biller_id: string
    number: string
    relation: Relation
    is_holder: Defaulted<boolean>
    nickname: Maybe<string>
    bound_at: Moment
    unbound_at: MaybeMoment
    undo_until: MaybeMoment
    reminder_given: Maybe<boolean>
    reminder_changed_at: MaybeMoment
    reminder_templates: MaybeJson<string[]>
  }
  bills: {
    id: string
    city_id: string
    biller_id: string
    number: string
    kind: BillKind
    title: Json<Words>
    lines: Json<StoredLine[]>
    amount_fen: number
    late_fee_fen: Defaulted<number>
    arrears_fen: Defaulted<number>
    paid_fen: Defaulted<number>
    partial_min_fen: Maybe<number>
    top_up: MaybeJson<StoredTopUp>
    balance_fen: Defaulted<number>
    settlement: MaybeJson<Words>
    decision: MaybeJson<StoredDecision>
    decision_confirmed_at: MaybeMoment
    fine: MaybeJson<StoredFine>
    changes: ColumnType<StoredChange[], string | undefined, string>
    version: Defaulted<number>
    biller_version: Maybe<string>
    as_of: MaybeMoment
    usage_quantity: Maybe<string>
    usage_unit: MaybeJson<Words>
    period_from: Maybe<string>
    period_to: Maybe<string>
    issued_on: string
    due_on: Maybe<string>
    not_payable: MaybeJson<Words>
    settled_at: MaybeMoment
    settled_by: Maybe<string>
    /** Somebody paid it elsewhere, which the biller has not credited yet. */
    paid_elsewhere_at: MaybeMoment
  }
  payments: {
    id: string
    city_id: string
    citizen_id: string
    reference: string
    state: PaymentState
    version: Defaulted<number>
    amount_fen: number
    fee_fen: Defaulted<number>
    refunded_fen: Defaulted<number>
    cashier: CashierKind
    hint_outcome: Maybe<string>
    hint_detail: Maybe<string>
    hint_at: MaybeMoment
    created_at: Moment
    expires_at: Moment
    paid_at: MaybeMoment
    credited_at: MaybeMoment
    credit_by: MaybeMoment
    credit_after: MaybeMoment
    /** When the billers were first told to credit it. */
    credit_sent_at: MaybeMoment
    receipt_id: Maybe<string>
    look_at: MaybeMoment
    looks: Defaulted<number>
    gave_way: Defaulted<boolean>
    /** When the vendor was asked whose answer, that it was deciding or had decided, was taken last. */
    answered_at: MaybeMoment
    /** The standing permission under which the city collects it. */
    mandate_id: Maybe<string>
  }
  mandates: {
    city_id: string
    id: string
    citizen_id: string
    account_id: string
    kind: MandateKind
    state: Mandate['state']
    version: Defaulted<number>
    cashier: Maybe<CashierKind>
    reference: Maybe<string>
    ceiling_fen: Maybe<number>
    ends_on: Maybe<string>
    began_at: Moment
    sign_until: MaybeMoment
    ended_at: MaybeMoment
    end_reason: Maybe<NonNullable<Mandate['endReason']>>
    untold: Defaulted<boolean>
    look_at: MaybeMoment
    looks: Defaulted<number>
  }
  mandate_bills: {
    city_id: string
    mandate_id: string
    bill_id: string
    bill_version: number
    amount_fen: number
    title: Json<Words>
    state: MandateBill['state']
    reason: Maybe<NonNullable<MandateBill['reason']>>
    brought_at: Moment
    notice_id: Maybe<string>
    collect_at: MaybeMoment
    payment_id: Maybe<string>
  }
  payment_bills: {
    city_id: string
    payment_id: string
    position: number
    bill_id: string
    bill_version: number
    title: Json<Words>
    kind: BillKind
    amount_fen: number
    outcome: Defaulted<PaymentBill['outcome']>
    credited_at: MaybeMoment
    credit_by: MaybeMoment
    live: Defaulted<boolean>
    recall_state: Maybe<RecallState>
    recall_reference: Maybe<string>
    recall_asked_at: MaybeMoment
    recall_decide_by: MaybeMoment
    recall_look_at: MaybeMoment
    recall_ended_at: MaybeMoment
    recall_reason: MaybeJson<Words>
  }
  refunds: {
    id: string
    city_id: string
    payment_id: string
    bill_id: Maybe<string>
    amount_fen: number
    state: Refund['state']
    reason: Json<Words>
    reference: string
    created_at: Moment
    due_at: Moment
    arrive_by: Moment
    steps: Json<StoredStep[]>
  }
  papers: {
    city_id: string
    payment_id: string
    biller_id: string
    serial: number
    state: KeptState
    amount_fen: number
    title: MaybeJson<PaperTitle>
    because: Maybe<PaperReason>
    reason: MaybeJson<Words>
    asked_at: Moment
    look_at: MaybeMoment
    issued_at: MaybeMoment
    number: Maybe<string>
    check_code: Maybe<string>
    file_url: Maybe<string>
  }
  paper_titles: { city_id: string; citizen_id: string; title: Json<PaperTitle>; used_at: Moment }
  receipts: { id: string; city_id: string; payment_id: string; number: string; issued_at: Moment }
  ledger: {
    city_id: string
    payment_id: string
    kind: 'in' | 'credited' | 'uncredited' | 'fee' | 'fee-returned' | 'refunded'
    bill_id: string
    amount_fen: number
    at: Moment
  }
  vendor_notifications: { city_id: string; vendor: CashierKind; id: string; received_at: Moment }
  vendor_statements: {
    city_id: string
    vendor: CashierKind
    next_day: string
    due_at: Moment
    looks: Defaulted<number>
  }
  call_counts: { city_id: string; who: string; kind: string; until: Moment; seconds: number; calls: number }
}

type Catalogued = { city_id: string; id: string; position: number }
export type CatalogueTables = {
  cities: {
    id: string
    position: number
    letters: string
    name: Json<Words>
    mode: Manifest['mode']
    paused_at: MaybeMoment
    phone: string
    booking: MaybeJson<BookingSeed>
    features: Json<Manifest['features']>
    promises: Json<Manifest['promises']>
    messages: MaybeJson<NonNullable<Manifest['messages']>>
    templates: MaybeJson<TemplateSeed[]>
    consents: MaybeJson<ConsentSeed[]>
    escalation: MaybeJson<EscalationSeed>
    paper_hosts: MaybeJson<string[]>
  }
  billers: Catalogued & {
    kind: BillKind
    name: Json<Words>
    phone: string
    account: Json<BillerSeed['account']>
    credited_within_minutes: number
    asleep: MaybeJson<DailyWindow>
    partial_min_fen: Maybe<number>
    paying: MaybeJson<NonNullable<BillerSeed['paying']>>
    level: Maybe<Level>
    finding: MaybeJson<NonNullable<BillerSeed['finding']>>
  }
  notices: Catalogued & {
    level: NoticeSeed['level']
    title: Json<Words>
    text: MaybeJson<Words>
    lasts_days: Maybe<number>
    while_asleep: Maybe<string>
  }
}

export type Tables = CoreTables & BookingTables & TicketTables & CatalogueTables
