import type { Storage } from './types'

/** A host's text store. It may throw, and it may hold anything. */
export interface TextStore {
  read(key: string): unknown
  /** False when the host reports a failure; hosts also throw. */
  write(key: string, text: string): boolean
  remove(key: string): void
  keys(): string[]
}

/**
 * Values as JSON, so that all hosts return the same and a missing key ('' in WeChat, null in Alipay) differs from an empty text.
 */
export function jsonStorage(store: TextStore): Storage {
  return {
    get(key) {
      try {
        // WeChat's '' for a missing key is not JSON.
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
        // A key that could not be removed is validated again when it is read.
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
