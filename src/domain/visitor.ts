import type { DocumentKind, KnownDocument } from './document'
import type { VisitorId } from './ids'
import type { BookingRules } from './manifest'
import type { Instant } from './time'
import type { Listed } from './unlisted'

/** Somebody whom the citizen books for, kept by the city, masked. The phone keeps nothing of it. */
export type SavedVisitor = {
  id: VisitorId
  maskedName: string
  maskedPhone?: string | undefined
  documentKind?: DocumentKind | undefined
  /** With `documentKind`. */
  maskedDocument?: string | undefined
  savedAt: Instant
}

/** What a hall may demand to know of who comes. */
export type VisitorField = Listed<BookingRules['visitor'][number]>

/** As many the city keeps. */
export const mostVisitors = 10

/** What is still to be filled in for somebody who is saved: what the city does not know, and a document that is not taken here. */
export const fieldsToFill = (
  demanded: readonly VisitorField[],
  saved: SavedVisitor | null,
  kinds: readonly KnownDocument[],
): VisitorField[] => {
  if (saved === null) return [...demanded]
  const { documentKind, maskedPhone } = saved
  const hasDocument = documentKind !== undefined && kinds.some((kind) => kind === documentKind)
  const has: Record<VisitorField, boolean> = {
    name: true,
    phone: maskedPhone !== undefined,
    'id-number': hasDocument,
  }
  return demanded.filter((field) => !has[field])
}
