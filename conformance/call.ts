import type { Problem } from '../contract/wire/types.gen'

/** A call to a city. `path` is relative to its base address and has its query. */
export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly key?: string
  readonly token?: string
  readonly language?: string
}

/** A call and its answer, to be shown and repeated. */
export interface Exchange<Body = unknown> {
  readonly ask: Ask
  readonly url: string
  /** 0 when none came; `text` says why. */
  readonly status: number
  readonly type: string
  readonly requestId: string | null
  readonly text: string
  readonly body: Body
  readonly problem: Partial<Problem> | null
}

const LONGEST_MS = 20_000

const headersOf = ({ token, key, body, language }: Ask): Record<string, string> => ({
  ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  ...(key !== undefined && { 'Idempotency-Key': key }),
  ...(body !== undefined && { 'Content-Type': 'application/json' }),
  'Accept-Language': language ?? 'zh-CN',
})

/** Makes a call. Never throws: no answer is an answer of status 0. */
export async function call<Body>(base: string, ask: Ask): Promise<Exchange<Body>> {
  const url = `${base}${ask.path}`
  const answered = await fetch(url, {
    method: ask.method ?? 'GET',
    headers: headersOf(ask),
    redirect: 'manual',
    signal: AbortSignal.timeout(LONGEST_MS),
    ...(ask.body !== undefined && { body: JSON.stringify(ask.body) }),
  })
    .then(async (answer) => ({ answer, text: await answer.text() }))
    .catch((error: Error) => ({ answer: null, text: String(error.cause ?? error.message) }))
  const { answer, text } = answered
  const body = answer ? read(text) : undefined
  return {
    ask,
    url,
    status: answer?.status ?? 0,
    type: answer?.headers.get('Content-Type')?.split(';')[0] ?? '',
    requestId: answer?.headers.get('X-Request-Id') ?? null,
    text,
    body: body as Body,
    problem: answer && answer.status >= 400 && typeof body === 'object' && body !== null ? body : null,
  }
}

function read(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** One line for a shell that repeats the call. The token is left out: it is short-lived, and a report may be passed on. */
export function repeatLine({ ask, url }: Exchange): string {
  const headers = Object.entries(headersOf(ask)).map(([name, value]) =>
    name === 'Authorization' ? '-H "Authorization: Bearer $TOKEN"' : `-H ${quoted(`${name}: ${value}`)}`,
  )
  const body = ask.body === undefined ? [] : ['-d', quoted(JSON.stringify(ask.body))]
  return ['curl', '-i', '-X', ask.method ?? 'GET', ...headers, ...body, quoted(url)].join(' ')
}
