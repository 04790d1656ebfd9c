declare const consistency: unique symbol

/**
 * Read from the authoritative store after the request. Only such a read may declare a payment successful: functions that do
 * take `Strong<…>`, and nothing else compiles.
 */
export type Strong<T> = T & { readonly [consistency]: 'strong' }

/** May be behind: a list, a cache, a notification. */
export type Eventual<T> = T & { readonly [consistency]: 'eventual' }

/**
 * Marks a value as strongly read. Only `services/` calls it, with the response's own `consistency`; throws TypeError when that is
 * not `strong`.
 */
export const strong = <T extends object>(value: T, consistency: 'strong'): Strong<T> => {
  if (consistency !== 'strong') throw new TypeError('the response is not strongly consistent')
  return value as Strong<T>
}

/** Marks a value as possibly behind: lists and cached responses, in `services/`. */
export const eventual = <T extends object>(value: T): Eventual<T> => value as Eventual<T>

declare const answered: unique symbol

/**
 * Proof that a city has just answered what the screen shows. Only with it may a screen state that there is nothing: a cached or
 * outdated empty list proves nothing about now.
 */
export type Answered = { readonly [answered]: true }

/** Only `useLoad` makes it, from a response. */
export const justAnswered = {} as Answered
