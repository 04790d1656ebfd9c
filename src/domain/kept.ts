/**
 * What the app keeps on a phone, by what a citizen would call it. `payments` are the notes of payments: what is not finished stays,
 * whatever is cleared. `other`: of another version of the app.
 */
export const keptKinds = [
  'recent',
  'searches',
  'names',
  'ticks',
  'city',
  'settings',
  'privacy',
  'payments',
  'other',
] as const
export type KeptKind = (typeof keptKinds)[number]

/** By the first part of a key. A newer version's value stands beside ours, under `key:version`. */
const kinds: Readonly<Record<string, KeptKind>> = {
  kept: 'recent',
  'kept-for': 'recent',
  searches: 'searches',
  // Off stays off when they are cleared.
  'searches-off': 'settings',
  session: 'names',
  ticks: 'ticks',
  city: 'city',
  settings: 'settings',
  privacy: 'privacy',
  journal: 'payments',
}

/** What is under a key of the phone's storage. */
export const keptKind = (key: string): KeptKind => kinds[key.split(':')[0] ?? ''] ?? 'other'

/** How many keys there are of each kind; of what was seen, what was seen and not whose it is. */
export function countKept(keys: readonly string[]): Readonly<Record<KeptKind, number>> {
  const counts = { recent: 0, searches: 0, names: 0, ticks: 0, city: 0, settings: 0, privacy: 0, payments: 0, other: 0 }
  for (const key of keys) if (!key.startsWith('kept-for:')) counts[keptKind(key)] += 1
  return counts
}
