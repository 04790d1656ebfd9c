/** Every ugly thing the sandbox can do on request, with what a person should expect to see. */
export const faultDescriptions = {
  slow: 'Every answer comes 8 seconds late',
  'error-500': 'The city answers 500 with a problem document',
  'dropped-connection': 'The connection is dropped before anything is done',
  'lost-answer': 'The city does the work, then the connection is dropped before the answer arrives',
  'html-instead-of-json': 'A page of HTML with status 200 instead of the answer, as a hotel network does',
  'half-body': 'The answer stops in the middle of its body',
  'contract-breaking-answer': 'A required field is missing and another has the wrong type',
  'fractional-fen': 'Amounts are not whole numbers of fen',
  'busy-429': 'The city is busy: 429 with Retry-After',
  'token-expired': 'Every token counts as expired',
  'biller-not-answering': 'Billers do not answer matches and lookups',
  'biller-closed': 'Billers are closed until seven in the morning',
  'somebody-paying': 'Somebody else is in the cashier with the same bill the moment somebody starts to pay it',
  'recently-paid': 'The bill was paid half an hour ago by somebody, at a counter, and is not credited yet',
  'bill-changed': 'The amount of a bill grows the moment somebody starts to pay it',
  'unknown-result': 'The cashier does not know whether money moved: payments stay unknown while this is on',
  'app-killed': 'The phone kills the app in the cashier right after paying: no answer ever reaches it',
  'closing-crossed': 'The citizen confirms in the cashier at the very moment that the payment is closed',
  'cancelled-but-paid': 'The cashier says "cancelled" although the money moved',
  'paid-not-credited': 'Money leaves the wallet, the biller does not credit it while this is on',
  'credit-refused': 'The biller refuses the money: it goes back (the last bill only, when there are several)',
  'refund-pending': 'Refunds stay on their way while this is on',
  'ebill-failed': 'The fiscal e-bill of a credited payment can not be issued',
  'refund-failed': 'Refunds fail and wait for a person',
  'notification-repeated': "The vendor's notification comes three times",
  'notification-late': "The vendor's notification comes 20 seconds late, after older news repeated",
  'notification-lost': "The vendor's notification never comes: only asking finds the truth",
  'slot-taken': 'Somebody else takes the place first',
  'hold-expires-at-once': 'A hold lasts three seconds instead of minutes',
  'confirmation-lost': 'The visit is booked, and the answer is lost on its way',
  'hold-gone': 'The hold ends the moment it is to be confirmed or moved to',
  'day-found-full': 'A day that was shown with places turns out to be full',
  'queue-stale': 'The queue was last counted three hours ago',
  'queue-missing': 'The hall does not count its queue',
} as const

export type FaultName = keyof typeof faultDescriptions

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(faultDescriptions, name)

export type Fault = {
  name: FaultName
  /** Only in this city. */
  cityId?: string
  /** Only for this operation of the contract. */
  operationId?: string
  /** How many more times it happens; without it, until switched off. */
  times?: number
  /** With `slow`, how long; 8 seconds without it. */
  delayMs?: number
}

/** What a fault happens to: a request of an operation, or something in a city outside of any request. */
type Place = { cityId: string; operationId?: string }

export type Faults = {
  /** The fault when it is on here; uses up one of its `times`. */
  take(name: FaultName, place: Place): Fault | null
  /** True when the fault is on here; uses up nothing. */
  isOn(name: FaultName, place: Place): boolean
  set(fault: Fault, on: boolean): void
  list(): Fault[]
  clear(): void
}

export function createFaults(): Faults {
  let active: Fault[] = []

  const find = (name: FaultName, place: Place) =>
    active.find(
      (fault) =>
        fault.name === name &&
        (fault.cityId === undefined || fault.cityId === place.cityId) &&
        (fault.operationId === undefined || fault.operationId === place.operationId),
    )

  return {
    isOn: (name, place) => find(name, place) !== undefined,
    take(name, place) {
      const fault = find(name, place)
      if (fault === undefined) return null
      if (fault.times !== undefined) {
        fault.times -= 1
        if (fault.times <= 0) active = active.filter((other) => other !== fault)
      }
      return fault
    },
    set(fault, on) {
      active = active.filter(
        (other) =>
          other.name !== fault.name ||
          // Switching off without a place switches off everywhere.
          (!(fault.cityId === undefined && !on) && other.cityId !== fault.cityId) ||
          (!(fault.operationId === undefined && !on) && other.operationId !== fault.operationId),
      )
      if (on) active.push({ ...fault })
    },
    list: () => active.map((fault) => ({ ...fault })),
    clear() {
      active = []
    },
  }
}
