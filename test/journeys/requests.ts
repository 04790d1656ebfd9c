import type { Asked } from '../engine/network'
import type { Phone } from '../engine/phone'

/** What the app has asked so far, `POST /payments` and its like, in order. */
export const asked = ({ trace }: Phone, request: RegExp): Asked[] =>
  trace.flatMap((step) => step.asked).filter(({ method, path }) => request.test(`${method} ${path.split(' ')[1]}`))

/** How often the app has signed in, without the citizen seeing anything of it. */
export const signIns = (phone: Phone): number => asked(phone, /^POST \/sessions$/).length
