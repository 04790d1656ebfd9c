import type { Check } from '../check'
import { billChecks } from './bills'
import { bookingChecks } from './booking'
import { coreChecks } from './core'
import { paymentChecks } from './payments'

/** In the order in which they are made. */
export const checks: readonly Check[] = [...coreChecks, ...billChecks, ...paymentChecks, ...bookingChecks]
