import type { SentRequest } from '../engine/network'
import type { Phone } from '../engine/phone'

/** The app's requests so far that match (`POST /payments`), in order. */
export const requestsOf = ({ trace }: Phone, request: RegExp): SentRequest[] =>
  trace.flatMap((step) => step.requests).filter(({ method, path }) => request.test(`${method} ${path.split(' ')[1]}`))

/** How often the app has signed in, without the citizen seeing anything of it. */
export const signIns = (phone: Phone): number => requestsOf(phone, /^POST \/sessions$/).length
