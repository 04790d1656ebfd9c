const OFFSET_MS = 8 * 3600_000

/** `2026-11-23 10:00:00` in Shanghai. */
export const shanghaiText = (at: Date): string =>
  new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')

/** `2026-11-23T10:00:00+08:00`. */
export const shanghaiInstant = (at: Date): string => `${shanghaiText(at).replace(' ', 'T')}+08:00`

/** Reads `2026-11-23 10:00:00` as Shanghai's time; `null` for any other text. */
export function readShanghai(text: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null
  const at = new Date(`${text.replace(' ', 'T')}+08:00`)
  return Number.isNaN(at.getTime()) ? null : at
}

/** True from 10:00 on the day after `day` (`2026-11-23`): before, both vendors call a bill that is not written yet missing. */
export function isStatementReady(day: string, now: Date): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return false
  return now.getTime() >= new Date(`${day}T10:00:00+08:00`).getTime() + 24 * 3600_000
}
