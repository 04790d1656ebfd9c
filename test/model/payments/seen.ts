/** How often each thing happened. */
export type Seen = Map<string, number>
export const note = (seen: Seen, what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)
