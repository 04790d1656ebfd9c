import type { Unlisted } from './unlisted'

/**
 * How far a city knows who somebody is (身份等级), the least first: anybody, signed in silently, name and document verified, face
 * verified a moment ago. Each holds what the ones before it hold.
 */
export type Level = 'anybody' | 'account' | 'real-name' | 'face' | Unlisted

/** What one is verified to: the levels that a host's verification gives. */
export type VerifiedLevel = Extract<Level, 'real-name' | 'face'>

/** The level to be verified to; null for one that needs no verification, or that this version does not know. */
export const verifiable = (level: unknown): VerifiedLevel | null =>
  level === 'real-name' || level === 'face' ? level : null
