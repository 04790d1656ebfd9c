import type { BookedOrder, BookedRefund, Letter } from './books'
import type { Ledger, VendorParts } from './ledger'

/** How far the time of a letter is behind ours, in seconds. */
export const ageOf = ({ twist }: Letter): number => (twist === 'old' ? 400 : twist === 'early' ? -400 : 0)

/** A letter as it goes out. */
export type Envelope = { headers: Record<string, string>; body: string }

type Vendor = {
  pausesSeconds: number[]
  write(letter: Letter, order: BookedOrder, refund: BookedRefund | null): Envelope
  isTaken(status: number, body: string): boolean
}

/**
 * Delivers the letters whose time has come and puts off those that were not taken. Resolves when all were tried.
 * Letters about one order go one after the other; an address that does not answer delays no other order.
 */
export async function deliver(parts: VendorParts, ledger: Ledger, vendor: Vendor): Promise<void> {
  const lines = new Map<string, Promise<void>>()
  for (const letter of await parts.books.takeDue(parts.now())) {
    const before = lines.get(letter.reference) ?? Promise.resolve()
    const next = before.then(() => deliverOne(letter, parts, ledger, vendor))
    lines.set(letter.reference, next)
  }
  await Promise.all(lines.values())
}

async function deliverOne(letter: Letter, { books, now }: VendorParts, ledger: Ledger, vendor: Vendor): Promise<void> {
  const { order, refunds } = await ledger.look(letter.reference)
  if (order === null) return
  const refund = refunds.find(({ refundReference }) => refundReference === letter.refundReference) ?? null
  const envelope = vendor.write(letter, order, refund)
  const to = refund?.notifyUrl ?? order.notifyUrl
  if (letter.twist === 'replayed') await send(to, envelope, vendor.isTaken)
  const taken = await send(to, envelope, vendor.isTaken)
  const pause = vendor.pausesSeconds[letter.attempt]
  // After the last pause it is given up, as the vendors do.
  if (taken || pause === undefined) return
  // What was wrong with it the first time is not wrong again.
  const at = new Date(now().getTime() + pause * 1000)
  await books.post({ ...letter, attempt: letter.attempt + 1, twist: null, at })
}

async function send(to: string, { headers, body }: Envelope, isTaken: Vendor['isTaken']): Promise<boolean> {
  try {
    const response = await fetch(to, { method: 'POST', headers, body, signal: AbortSignal.timeout(5000) })
    return isTaken(response.status, await response.text())
  } catch {
    return false
  }
}
