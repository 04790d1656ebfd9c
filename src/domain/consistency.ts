declare const consistency: unique symbol

/**
 * Read from the one place that decides, after the question was asked. Only such a read can declare a payment successful:
 * functions that do so take `Strong<…>`, and nothing else compiles.
 */
export type Strong<T> = T & { readonly [consistency]: 'strong' }

/** Read from somewhere that may be behind: a list, a cache, a notification. */
export type Eventual<T> = T & { readonly [consistency]: 'eventual' }

/**
 * Marks a value as strongly read. Only `services/` calls it, with the word the city's answer itself carried;
 * throws TypeError when that word is any other.
 */
export const strong = <T extends object>(value: T, said: 'strong'): Strong<T> => {
  if (said !== 'strong') throw new TypeError('the answer does not say that it is strongly consistent')
  return value as Strong<T>
}

/** Marks a value as possibly behind. Called by `services/` for lists, and for whatever comes out of a cache. */
export const eventual = <T extends object>(value: T): Eventual<T> => value as Eventual<T>

declare const answered: unique symbol

/**
 * Proof that a city has just answered the very question whose answer is shown. Only with it may a screen say that there is
 * nothing: an empty list that was kept, or could not be brought up to date, says nothing about now.
 */
export type Answered = { readonly [answered]: true }

/** Made by `useLoad` from an answer, and by nothing else. */
export const justAnswered = {} as Answered
