import type { Storage } from './types'

/** A host's own store, which keeps texts. It may throw, and it may hold anything. */
export interface TextStore {
  read(key: string): unknown
  /** False when the host says that it did not keep it; hosts also throw. */
  write(key: string, text: string): boolean
  remove(key: string): void
  keys(): string[]
}

/**
 * Values as JSON texts, so that all hosts give back the same thing and a missing key ('' in WeChat, null in Alipay)
 * differs from a kept empty text.
 */
export function jsonStorage(store: TextStore): Storage {
  return {
    get(key) {
      try {
        // WeChat's '' for a missing key is no JSON either.
        const text = store.read(key)
        return typeof text === 'string' ? JSON.parse(text) : undefined
      } catch {
        return undefined
      }
    },
    set(key, value) {
      try {
        const text: string | undefined = JSON.stringify(value)
        return text !== undefined && store.write(key, text)
      } catch {
        return false
      }
    },
    remove(key) {
      try {
        store.remove(key)
      } catch {
        // A store that refuses to forget is read again, and checked again, by whoever reads it.
      }
    },
    keys() {
      try {
        return store.keys()
      } catch {
        return []
      }
    },
  }
}
