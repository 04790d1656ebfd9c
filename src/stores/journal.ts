import * as v from 'valibot'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Strong } from '@/domain/consistency'
import { type BillId, type CityId, type IdempotencyKey, type PaymentId, readCityId, readId } from '@/domain/ids'
import { ageOut, dropIntent, type Intent, openIntents, settleIntent, writeIntent } from '@/domain/journal'
import { type Fen, isFen } from '@/domain/money'
import { type Payment, type PaymentState, paymentRule } from '@/domain/payment'
import { type Instant, instantOf, readInstant } from '@/domain/time'
import type { Storage } from '@/platform/types'
import { persisted, readable } from './persisted'

/** Intents to pay, so that an app killed in the cashier finds its way back. */
export interface JournalState {
  readonly intents: readonly Intent[]
  /**
   * Writes an intent, and again when more is known of it. Call it before the cashier opens. False when it could not be
   * stored, even after everything less important was thrown away: it then lives in memory only, so warn and do not open
   * the cashier unless the citizen insists.
   */
  write(intent: Intent): boolean
  /** Merges a strong read of the payment of an intent. */
  settle(key: IdempotencyKey, payment: Strong<Payment>, serverNowMs: number): boolean
  /** Ends an intent that never reached the server. Refused by the rules of the domain once money may have moved. */
  drop(key: IdempotencyKey, serverNowMs: number): boolean
  /** Lets ended ones go when they are old. */
  tidy(serverNowMs: number): boolean
  /** Lets all ended ones go at once. */
  forgetEnded(): boolean
}

const journalKey = 'journal'

/** Whether money's own notes are under this key, also a newer app's: what clears the phone leaves them alone. */
export const isJournal = (key: string): boolean => key === journalKey || key.startsWith(`${journalKey}:`)

const vInstant = v.custom<Instant>((value) => readInstant(value) !== null)
const vCount = v.pipe(v.number(), v.integer(), v.minValue(0))
const vFen = v.custom<Fen>(isFen)
const vId = <Id extends BillId | PaymentId | IdempotencyKey>() => v.custom<Id>((value) => readId<Id>(value) !== null)
/** A broken member counts as missing. */
const orMissing = <Value>(schema: v.GenericSchema<unknown, Value>) => v.fallback(v.optional(schema), undefined)

const vBill = v.object({ billId: vId<BillId>(), version: v.fallback(vCount, 0), amountFen: orMissing(vFen) })

/**
 * An intent needs its key and its city: with them the payment is found. All else may be missing, or in values of a newer
 * app; it then counts as what is safest: still open, being checked, without a clear result of the cashier.
 */
const vIntent = v.object({
  key: vId<IdempotencyKey>(),
  cityId: v.custom<CityId>((value) => readCityId(value) !== null),
  bills: v.fallback(readable(vBill), []),
  amountFen: v.fallback(vFen, Number.NaN),
  acknowledgeRecent: orMissing(v.boolean()),
  createdAt: v.fallback(vInstant, () => instantOf(Date.now())),
  paymentId: orMissing(vId<PaymentId>()),
  cashier: v.optional(v.fallback(v.picklist(['accepted', 'cancelled', 'failed', 'unknown', 'none']), 'unknown')),
  state: v.optional(v.fallback(v.custom<PaymentState>(isState), 'unlisted')),
  refund: v.optional(v.fallback(v.picklist(['pending', 'failed', 'unlisted']), 'unlisted')),
  endedAt: orMissing(vInstant),
})

function isState(value: unknown): value is PaymentState {
  return typeof value === 'string' && Object.keys(paymentRule).includes(value)
}

interface StoredIntents {
  /** Each intent once; one that has ended stays ended. */
  readonly intents: Intent[]
  /** As they were in storage: written back so, until they change. */
  readonly raw: WeakMap<Intent, object>
  /** What cannot be read at all may be somebody's money in a newer app: it is written back with the others. */
  readonly strangers: readonly object[]
}

/** One broken intent must not take the others with it: each is somebody's money. So the list is read intent by intent. */
function readIntents(values: readonly unknown[]): StoredIntents {
  const byKey = new Map<string, Intent>()
  const raw = new WeakMap<Intent, object>()
  const strangers: object[] = []
  const texts = new Set<string>()
  for (const one of values.flatMap((value): unknown[] => (Array.isArray(value) ? value : []))) {
    if (typeof one !== 'object' || one === null) continue
    const read = v.safeParse(vIntent, one)
    if (!read.success) {
      const text = JSON.stringify(one)
      if (!texts.has(text)) strangers.push(one)
      texts.add(text)
      continue
    }
    const intent: Intent = read.output
    const known = byKey.get(intent.key)
    if (known && (known.endedAt !== undefined || intent.endedAt === undefined)) continue
    byKey.set(intent.key, intent)
    raw.set(intent, one)
  }
  return { intents: Array.from(byKey.values()), raw, strangers }
}

/** `makeRoom` throws away what matters less than money; called when storage is full. */
export function createJournal(storage: Storage, makeRoom: () => void): StoreApi<JournalState> {
  const stored = persisted<unknown>({ storage, key: journalKey, version: 1, schema: v.unknown() })
  const { intents, raw, strangers } = readIntents(stored.values())
  return createStore<JournalState>()((set, get) => {
    const keep = (intents: Intent[]): boolean => {
      set({ intents: intents })
      const written = [...intents.map((intent) => raw.get(intent) ?? intent), ...strangers]
      if (stored.write(written)) return true
      makeRoom()
      return stored.write(written)
    }
    /** Members of a newer app stay in storage, though this one does not read them. */
    const put = (intent: Intent): boolean => {
      const before = get().intents.find((other) => other.key === intent.key)
      const intents = writeIntent(get().intents, intent)
      const [written] = intents.slice(-1)
      const old = before && raw.get(before)
      if (written && written !== before && old) raw.set(written, { ...old, ...written })
      return keep(intents)
    }
    const replace = (key: IdempotencyKey, change: (intent: Intent) => Intent): boolean => {
      const intent = get().intents.find((other) => other.key === key)
      return intent !== undefined && put(change(intent))
    }
    return {
      intents: intents,
      write: put,
      settle: (key, payment, serverNowMs) => replace(key, (intent) => settleIntent(intent, payment, serverNowMs)),
      drop: (key, serverNowMs) => replace(key, (intent) => dropIntent(intent, serverNowMs)),
      tidy(serverNowMs) {
        const remaining = ageOut(get().intents, serverNowMs)
        return remaining.length === get().intents.length || keep(remaining)
      },
      forgetEnded() {
        const open = openIntents(get().intents)
        if (open.length + strangers.length > 0) return keep(open)
        set({ intents: [] })
        stored.remove()
        return true
      },
    }
  })
}
