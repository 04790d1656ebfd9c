import { createLog, type Log } from '../../city/log'

/** A log of machines' lines that a test can read. */
export function keptLog(): { log: Log; lines: string[] } {
  const lines: string[] = []
  return { log: createLog('json', { write: (line) => void lines.push(line) }), lines }
}
