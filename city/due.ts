import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { countVisits, sweepBooking } from './booking'
import { lookAtMandates } from './mandates/due'
import { remindOfBills } from './messages/bill-reminders'
import { sendMessages } from './messages/send'
import { sweepPayments } from './payments/due'
import { sweepPapers } from './payments/paper-issuing'
import { sweepRecalls } from './payments/recalls'
import { readStatements } from './payments/statements'
import { forgetOld } from './retention'
import { noteFailure, type Service } from './service'
import { sweepTickets } from './tickets'

/** One kind of what happens in a city without anybody asking. Instances share it: each takes what no other has. */
export type DueKind = {
  name: string
  /** At least so long between two runs; the usual pause without it. */
  everySeconds?: number
  /** Nobody waits for it: it is left out where what is due is done on request. */
  isHousekeeping?: true
  /** Does what is due now, until `signal` asks it to stop; what it has taken and not begun it then gives back. */
  run(service: Service, signal?: AbortSignal): Promise<unknown>
}

export const cityDue: readonly DueKind[] = [
  { name: 'payments', run: sweepPayments },
  { name: 'recalls', run: sweepRecalls },
  { name: 'papers', run: sweepPapers },
  { name: 'statements', run: readStatements },
  { name: 'booking', run: sweepBooking },
  { name: 'tickets', run: sweepTickets },
  { name: 'bill reminders', everySeconds: 600, run: remindOfBills },
  { name: 'mandates', run: lookAtMandates },
  { name: 'messages', run: sendMessages },
  { name: 'most used', everySeconds: 3600, isHousekeeping: true, run: countVisits },
  { name: 'retention', everySeconds: 600, isHousekeeping: true, run: forgetOld },
]

/** Over connections of its own: people do not wait for it, nor it for them. */
const apart = (service: Service): Service => ({
  ...service,
  database: { ...service.database, ...service.database.due },
})

/**
 * All that is due now but housekeeping, one kind after the other. One that fails does not keep the others from theirs.
 */
export async function doWhatIsDue(service: Service, kinds = cityDue): Promise<void> {
  for (const { name, run } of kinds.filter(({ isHousekeeping }) => !isHousekeeping))
    await run(apart(service)).catch((error: unknown) => noteFailure(service, name, error))
}

/** After a run that failed the pause grows, up to so many times. */
const LONGEST_PAUSES = 64

export type Due = {
  /** What runs now, and for how long. */
  running(): { name: string; seconds: number }[]
  /** Asks all of it to stop; resolves when the last has. */
  stop(): Promise<void>
}

/**
 * Has each kind happen again and again, each by itself: one that fails or hangs delays no other. A kind's next run begins after its
 * last one has ended, so none is ever under way twice in one instance.
 */
export function startDue(service: Service, kinds: readonly DueKind[], everyMs: number): Due {
  const stopping = new AbortController()
  const { signal } = stopping
  // One for each kind: their number is no leak, and Node would say so at every start.
  setMaxListeners(0, signal)
  const since = new Map<string, number>()

  async function repeat({ name, everySeconds = 0, run }: DueKind): Promise<void> {
    const usual = Math.max(everyMs, everySeconds * 1000)
    for (let pauses = 1; ; ) {
      await pause(usual * pauses, undefined, { signal, ref: false }).catch(() => undefined)
      if (signal.aborted) return
      since.set(name, Date.now())
      try {
        await run(apart(service), signal)
        pauses = 1
      } catch (error) {
        pauses = Math.min(pauses * 2, LONGEST_PAUSES)
        noteFailure(service, name, error)
      }
      since.delete(name)
    }
  }
  const ended = Promise.all(kinds.map(repeat))

  return {
    running: () => [...since].map(([name, at]) => ({ name, seconds: (Date.now() - at) / 1000 })),
    async stop() {
      stopping.abort()
      await ended
    },
  }
}
