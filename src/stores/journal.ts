import * as v from 'valibot'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Strong } from '@/domain/consistency'
import { type IdempotencyKey, readCityId, readId } from '@/domain/ids'
import { ageOut, dropEntry, type JournalEntry, settleEntry, writeEntry } from '@/domain/journal'
import { isFen } from '@/domain/money'
import { type Payment, paymentRule } from '@/domain/payment'
import { readInstant } from '@/domain/time'
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
}

const vInstant = v.custom<string>((value) => readInstant(value) !== null)
const vCount = v.pipe(v.number(), v.integer(), v.minValue(0))
const vEntry = v.custom<JournalEntry>((value) => v.is(vEntryShape, value))
const vIdText = v.custom<string>((value) => readId(value) !== null)
const states = Object.keys(paymentRule)
const vEntryShape = v.object({
  key: vIdText,
  cityId: v.custom<string>((value) => readCityId(value) !== null),
  bills: v.array(v.object({ billId: vIdText, version: vCount })),
  amountFen: v.custom<number>(isFen),
  createdAt: vInstant,
  paymentId: v.optional(vIdText),
  cashier: v.optional(v.picklist(['accepted', 'cancelled', 'failed', 'unknown', 'none'])),
  state: v.optional(v.picklist(states)),
  endedAt: v.optional(vInstant),
})

/**
 * One broken entry must not take the others with it: each is somebody's money. So the list is read entry by entry.
 */
const vEntries = v.pipe(
  v.array(v.unknown()),
  v.transform((entries) => entries.filter((entry): entry is JournalEntry => v.is(vEntry, entry))),
)

/** `makeRoom` throws away what matters less than money, and is asked when storage is full. */
export function createJournal(storage: Storage, makeRoom: () => void): StoreApi<JournalState> {
  const kept = persisted<JournalEntry[]>({ storage, key: 'journal', version: 1, schema: vEntries })
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
      tidy: (serverNowMs) => keep(ageOut(get().entries, serverNowMs)),
    }
  })
}
