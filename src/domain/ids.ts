declare const brand: unique symbol

type Branded<Name extends string> = string & { readonly [brand]: Name }

/** Six digits: the city's adcode (行政区划代码), for instance 330100 for 杭州. Municipalities end in 0000. */
export type CityId = Branded<'CityId'>
export type BillId = Branded<'BillId'>
/** A bound bill account (户号) by the backend's id; never the account number itself. */
export type AccountId = Branded<'AccountId'>
export type BillerId = Branded<'BillerId'>
export type PaymentId = Branded<'PaymentId'>
export type RefundId = Branded<'RefundId'>
export type ReceiptId = Branded<'ReceiptId'>
export type HallId = Branded<'HallId'>
export type ItemId = Branded<'ItemId'>
export type SlotId = Branded<'SlotId'>
export type HoldId = Branded<'HoldId'>
export type AppointmentId = Branded<'AppointmentId'>
export type MaterialId = Branded<'MaterialId'>
export type VisitorId = Branded<'VisitorId'>
export type WaitlistId = Branded<'WaitlistId'>
export type TicketId = Branded<'TicketId'>
export type NoticeId = Branded<'NoticeId'>
export type ReportId = Branded<'ReportId'>
export type VerificationId = Branded<'VerificationId'>
export type DataUseId = Branded<'DataUseId'>
/** A matched account, for the minutes between lookup and binding. */
export type MatchId = Branded<'MatchId'>
/** One call in the city's logs; shown to a citizen who needs help. */
export type RequestId = Branded<'RequestId'>
/** A standing permission to pay (长期缴费授权). */
export type MandateId = Branded<'MandateId'>
/** A grant by which somebody acts for somebody (家人代办). */
export type GrantId = Branded<'GrantId'>
export type CitizenId = Branded<'CitizenId'>
/** Made once per intent and sent with every retry. */
export type IdempotencyKey = Branded<'IdempotencyKey'>

export type AnyId =
  | CityId
  | BillId
  | AccountId
  | BillerId
  | PaymentId
  | RefundId
  | ReceiptId
  | HallId
  | ItemId
  | VisitorId
  | SlotId
  | HoldId
  | AppointmentId
  | MaterialId
  | WaitlistId
  | TicketId
  | NoticeId
  | ReportId
  | VerificationId
  | DataUseId
  | MatchId
  | MandateId
  | GrantId
  | RequestId
  | CitizenId
  | IdempotencyKey

const CITY_ID = /^\d{6}$/
// As in the contract, except names of dots alone, which would walk up a path.
const OPAQUE_ID = /^(?!\.+$)[A-Za-z0-9_.-]{1,64}$/

/**
 * Brands an id of a validated response: `asId<BillId>(wire.id)`.
 * Ids are opaque and stay strings: 9007199254740993 must survive.
 */
export const asId = <Id extends AnyId>(text: string): Id => text as Id

/**
 * Validates an id from a link, a QR code or storage. Null unless it is 1 to 64 plain characters: no path or markup gets in.
 */
export const readId = <Id extends Exclude<AnyId, CityId>>(text: unknown): Id | null =>
  typeof text === 'string' && OPAQUE_ID.test(text) ? (text as Id) : null

/** Validates a city id from a link, a QR code or storage; null unless it has the form of an adcode. */
export const readCityId = (text: unknown): CityId | null =>
  typeof text === 'string' && CITY_ID.test(text) ? (text as CityId) : null
