import type { PlatformError, PlatformFault } from './types'

/** The one error that `request` and `login` reject with. */
export function platformError(reason: PlatformFault, detail: string): PlatformError {
  return Object.assign(new Error(`${reason}: ${detail}`), { name: 'PlatformError' as const, reason, detail })
}

/** Checks the name: `instanceof` does not survive Babel's ES5 output. */
export function isPlatformError(error: unknown): error is PlatformError {
  return error instanceof Error && error.name === 'PlatformError' && 'reason' in error
}
