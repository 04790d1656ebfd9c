import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * On every answer: it is what it says it is, runs nothing, is in nobody's frame, leaves no trace and is kept nowhere. Own lines instead of
 * @fastify/helmet: of the 13 headers that it sets, most are for pages of a site, and it has no word on `Cache-Control`.
 */
export const safeHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const

/** Only where the call came by TLS: two years, as browsers ask for it. */
const strictTransport = 'max-age=63072000; includeSubDomains'

/** `https://app.example`, or `http://127.0.0.1:*` for any port. */
export type Origins = readonly string[]

const isAllowed = (origin: string, origins: Origins): boolean =>
  origins.some((allowed) =>
    allowed.endsWith(':*')
      ? origin.startsWith(allowed.slice(0, -1)) && /^\d+$/.test(origin.slice(allowed.length - 1))
      : origin === allowed,
  )

export function setHeaders(request: FastifyRequest, reply: FastifyReply, now: Date): void {
  reply.headers({ ...safeHeaders, 'X-Request-Id': request.id, Date: now.toUTCString() })
  if (request.protocol === 'https') reply.header('Strict-Transport-Security', strictTransport)
}

/** Pages have scripts and frames: they may be shown by their own server, and by the pages that may call the cities. */
export const pagePolicy = (origins: Origins): string => `frame-ancestors ${["'self'", ...origins].join(' ')}`

/** Which pages may call a city; what an instance serves beside its cities is for nobody else's pages. True when that is all. */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply, origins: Origins): boolean {
  if (!/^\/\d{6}(\/|$)/.test(request.url)) return false
  const { origin } = request.headers
  reply.header('Vary', 'Origin')
  if (origin !== undefined && isAllowed(origin, origins))
    reply.headers({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers': 'X-Request-Id, Retry-After, Date',
      ...(request.method === 'OPTIONS' && {
        'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
        'Access-Control-Allow-Headers': 'Authorization, Content-Type, Idempotency-Key, Accept-Language, Can-Ask',
        'Access-Control-Max-Age': '600',
      }),
    })
  return request.method === 'OPTIONS'
}
