import type { FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'

export type Log = FastifyBaseLogger

/** `json`: a line for each request and error, for machines. `readable`: errors alone, for a person. */
export type LogStyle = 'json' | 'readable' | 'none'

type Lines = { write(line: string): void }

/** The log of an instance. No personal number, token, query or body goes in: see `maskedError`. */
export function createLog(style: LogStyle, lines?: Lines): Log {
  const level = { json: 'info', readable: 'error', none: 'silent' }[style]
  const serializers = { err: maskedError, req: () => undefined, res: () => undefined }
  const to = style === 'readable' ? readable(lines ?? process.stderr) : (lines ?? process.stdout)
  return pino({ level, serializers, base: null, formatters: { level: (label) => ({ level: label }) } }, to)
}

/** An error for the log: what kind, where, and its text without the values that it may quote. */
export function maskedError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const { name, message, stack = '' } = error
  const { code, routine, table, constraint }: Record<string, unknown> = { ...error }
  // PostgreSQL quotes what people typed: its code and where it arose say enough.
  const isOfDatabase = routine !== undefined
  return {
    type: name,
    ...(code === undefined ? {} : { code: String(code) }),
    ...(isOfDatabase ? { routine, table, constraint } : {}),
    message: isOfDatabase ? `PostgreSQL ${code}` : masked(message),
    // Its first lines repeat the text.
    stack: stack.split('\n').filter((line) => /^\s+at /.test(line)),
  }
}

/** Whatever could be a number, a token, a name or an address. */
const masked = (text: string): string =>
  text
    .slice(0, 500)
    .replace(/[^\n -~]+/g, '*')
    .replace(/(["'`]).*?\1/g, '*')
    .replace(/[\w.+/=-]*\d[\w.+/=-]*/g, (word) => (word.length < 4 ? word : '*'))

const readable = (lines: Lines): Lines => ({
  write(line) {
    const { requestId, operation, due, msg, err }: Record<string, unknown> = JSON.parse(line)
    const { code, message, stack }: { code?: string; message?: string; stack?: string[] } = { ...(err as object) }
    const what = [requestId, operation, due].filter(Boolean).join(' ')
    lines.write([`${what || msg}: ${message ?? msg} ${code ?? ''}`.trimEnd(), ...(stack ?? [])].join('\n').concat('\n'))
  },
})
