import * as v from 'valibot'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Strong } from '@/domain/consistency'
import { type BillId, type CityId, type IdempotencyKey, type PaymentId, readCityId, readId } from '@/domain/ids'
import { ageOut, dropEntry, type JournalEntry, openEntries, settleEntry, writeEntry } from '@/domain/journal'
import { type Fen, isFen } from '@/domain/money'
import { type Payment, type PaymentState, paymentRule } from '@/domain/payment'
import { type Instant, readInstant } from '@/domain/time'
import type { Storage } from '@/platform/types'
import { persisted } from './persisted'

/** Intents to pay, so that an app killed in the cashier finds its way back. */
export interface JournalState {
  readonly entries: readonly JournalEntry[]
  /**
   * Writes an intent, and again when more is known of it. Call it before the cashier opens. False when it could not be
   * stored, even after everything less important was thrown away: it then lives in memory only, so say so and do not open
   * the cashier unless the citizen insists.
   */
  write(entry: JournalEntry): boolean
  /** Takes in what the server strongly says about the payment of an intent. */
  settle(key: IdempotencyKey, payment: Strong<Payment>, serverNowMs: number): boolean
  /** Ends an intent that the server never heard of. Refused by the rules of the domain once money may have moved. */
  drop(key: IdempotencyKey, serverNowMs: number): boolean
  /** Lets ended ones go when they are old. */
  tidy(serverNowMs: number): boolean
  /** Lets all ended ones go at once. */
  forgetEnded(): boolean
}

/** Where the journal is in storage: what clears the phone leaves this alone. */
export const journalKey = 'journal'

const vInstant = v.custom<Instant>((value) => readInstant(value) !== null)
const vCount = v.pipe(v.number(), v.integer(), v.minValue(0))
const vFen = v.custom<Fen>(isFen)
const vId = <Id extends BillId | PaymentId | IdempotencyKey>() => v.custom<Id>((value) => readId<Id>(value) !== null)
const vBill = v.object({ billId: vId<BillId>(), version: vCount, amountFen: v.optional(vFen) })

/** What is optional came later than the rest, or comes later in a payment's life: older entries are read as they are. */
const vEntry = v.object({
  key: vId<IdempotencyKey>(),
  cityId: v.custom<CityId>((value) => readCityId(value) !== null),
  bills: v.pipe(v.array(vBill), v.minLength(1)),
  amountFen: vFen,
  acknowledgeRecent: v.optional(v.boolean()),
  createdAt: vInstant,
  paymentId: v.optional(vId<PaymentId>()),
  cashier: v.optional(v.picklist(['accepted', 'cancelled', 'failed', 'unknown', 'none'])),
  state: v.optional(v.custom<PaymentState>((value) => Object.keys(paymentRule).includes(String(value)))),
  refund: v.optional(v.fallback(v.picklist(['pending', 'failed', 'unlisted']), 'unlisted')),
  endedAt: v.optional(vInstant),
})

/**
 * One broken entry must not take the others with it: each is somebody's money. So the list is read entry by entry.
 */
const vEntries = v.pipe(
  v.array(v.unknown()),
  v.transform((entries) =>
    entries.flatMap((entry): JournalEntry[] => {
      const read = v.safeParse(vEntry, entry)
      return read.success ? [read.output] : []
    }),
  ),
)

/** `makeRoom` throws away what matters less than money, and is asked when storage is full. */
export function createJournal(storage: Storage, makeRoom: () => void): StoreApi<JournalState> {
  const kept = persisted<JournalEntry[]>({ storage, key: journalKey, version: 1, schema: vEntries })
  return createStore<JournalState>()((set, get) => {
    const keep = (entries: JournalEntry[]): boolean => {
      set({ entries })
      if (kept.write(entries)) return true
      makeRoom()
      return kept.write(entries)
    }
    const replace = (key: IdempotencyKey, change: (entry: JournalEntry) => JournalEntry): boolean => {
      const entry = get().entries.find((other) => other.key === key)
      return entry !== undefined && keep(writeEntry(get().entries, change(entry)))
    }
    return {
      entries: kept.read() ?? [],
      write: (entry) => keep(writeEntry(get().entries, entry)),
      settle: (key, payment, serverNowMs) => replace(key, (entry) => settleEntry(entry, payment, serverNowMs)),
      drop: (key, serverNowMs) => replace(key, (entry) => dropEntry(entry, serverNowMs)),
      tidy(serverNowMs) {
        const kept = ageOut(get().entries, serverNowMs)
        return kept.length === get().entries.length || keep(kept)
      },
      forgetEnded: () => keep(openEntries(get().entries)),
    }
  })
}
