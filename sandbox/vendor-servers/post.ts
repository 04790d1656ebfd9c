import type { BookedOrder, BookedRefund, Letter } from './books'
import type { Ledger, VendorParts } from './ledger'

/** How far the time of a letter is behind ours, in seconds. */
export const ageOf = ({ twist }: Letter): number => (twist === 'old' ? 400 : twist === 'early' ? -400 : 0)

/** A letter as it goes out. */
export type Envelope = { headers: Record<string, string>; body: string }

/**
 * Delivers the letters whose time has come and puts off those that were not taken. Resolves when all were tried.
 * A letter that nobody takes after the last pause is given up, as the vendors do.
 */
export async function deliver(
  { books, now }: VendorParts,
  ledger: Ledger,
  vendor: {
    pausesSeconds: number[]
    write(letter: Letter, order: BookedOrder, refund: BookedRefund | null): Envelope
    isTaken(status: number, body: string): boolean
  },
): Promise<void> {
  for (const letter of await books.takeDue(now())) {
    const { order, refunds } = await ledger.look(letter.reference)
    if (order === null) continue
    const refund = refunds.find(({ refundReference }) => refundReference === letter.refundReference) ?? null
    const envelope = vendor.write(letter, order, refund)
    const to = refund?.notifyUrl ?? order.notifyUrl
    if (letter.twist === 'replayed') await send(to, envelope, vendor.isTaken)
    const taken = await send(to, envelope, vendor.isTaken)
    const pause = vendor.pausesSeconds[letter.attempt]
    if (taken || pause === undefined) continue
    // What was wrong with it the first time is not wrong again.
    await books.post({
      ...letter,
      attempt: letter.attempt + 1,
      twist: null,
      at: new Date(now().getTime() + pause * 1000),
    })
  }
}

async function send(to: string, { headers, body }: Envelope, isTaken: (status: number, body: string) => boolean) {
  try {
    const response = await fetch(to, { method: 'POST', headers, body, signal: AbortSignal.timeout(5000) })
    return isTaken(response.status, await response.text())
  } catch {
    return false
  }
}
