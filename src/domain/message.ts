import type { Instant } from './time'
import type { Unlisted } from './unlisted'

/** The fact that a message is about, by its own id; `mandate` by the id of its account, `hold` is a place found for who waits. */
export type MessageSubject = {
  kind: 'bill' | 'payment' | 'mandate' | 'appointment' | 'hold' | 'report' | 'ticket' | Unlisted
  id: string
}

/** What became of a message at the host. */
export type Delivery = 'waiting' | 'sent' | 'off' | 'refused' | 'failed' | Unlisted

/** What a city told the citizen by itself, in its own words. A kind that this version does not know is shown by them alone. */
export type Message = {
  id: string
  about?: MessageSubject | undefined
  title: string
  text: string
  at: Instant
  delivery: Delivery
  read: boolean
}

/** What the citizen lets the host show (订阅消息), by template. */
export type MessageGrant = {
  template: string
  /** What it tells of. */
  title: string
  /** Each yes is good for one message; otherwise until it is taken back. */
  once: boolean
  state: 'granted' | 'used-up' | 'refused' | 'never' | Unlisted
  /** With once and granted, how many messages. */
  left?: number | undefined
}

export type MessageGrants = {
  items: readonly MessageGrant[]
  /** The citizen wants no messages: nothing goes to the host, whatever is granted. */
  off?: true | undefined
}

/** A city is told of so many at once. */
const mostAtOnce = 100

/** Those on the screen that the city does not know as read yet, `told` being those that it was told of. */
export const newlySeen = (messages: readonly Message[], told: ReadonlySet<string>): string[] =>
  messages
    .filter(({ id, read }) => !read && !told.has(id))
    .map(({ id }) => id)
    .slice(0, mostAtOnce)

/** Whether the host asks again: where one yes is good for one message, for each more; otherwise until it was given. */
export const canAsk = ({ once, state }: MessageGrant): boolean => once || state !== 'granted'
