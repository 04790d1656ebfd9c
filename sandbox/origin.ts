import type { FastifyRequest } from 'fastify'

/** No page of another origin asks. */
const isOwnPage = ({ headers: { host, origin } }: FastifyRequest): boolean =>
  origin === undefined || origin === `http://${host}`

/** By an address or `localhost`, not by a name that somebody else made point here (DNS rebinding), and by no page of another origin. */
export const isNotForeign = (request: FastifyRequest): boolean =>
  /^([\d.]+|localhost|\[[\da-f:]+\])(:\d+)?$/i.test(request.headers.host ?? '') && isOwnPage(request)

const local = ['127.0.0.1', '::1', '::ffff:127.0.0.1']

/**
 * This machine only, and only by its own names: neither a phone that comes through the preview's server, nor a page elsewhere
 * that a browser here has open.
 */
export function isFromHere(request: FastifyRequest): boolean {
  const { ip, headers } = request
  const passedOn = [headers['x-forwarded-for'] ?? []].flat().flatMap((from) => from.split(','))
  const isOwnName = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? '')
  return [ip, ...passedOn].every((from) => local.includes(from.trim())) && isOwnName && isOwnPage(request)
}
