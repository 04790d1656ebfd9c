import type { PlatformError, PlatformFault } from './types'

/** Makes the one error that `request` and `login` reject with. */
export function platformError(reason: PlatformFault, detail: string): PlatformError {
  return Object.assign(new Error(`${reason}: ${detail}`), { name: 'PlatformError' as const, reason, detail })
}

/** Guards by name: an error of ours has no class that survives Babel's ES5 output. */
export function isPlatformError(error: unknown): error is PlatformError {
  return error instanceof Error && error.name === 'PlatformError' && 'reason' in error
}
