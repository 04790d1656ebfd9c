import * as v from 'valibot'
import type { Storage } from '@/platform/types'

/**
 * A value of a store in the host's storage: versioned, and validated like a city's response. A newer app's value is left
 * alone: this one reads of it what it can, and writes its own beside it, under `key:version`. So a newer version of this file
 * must merge what it finds there.
 */
export interface Persisted<T> {
  /** Null when there is nothing valid. */
  read(): T | null
  /** All stored values, not validated, the most trusted first. */
  values(): unknown[]
  /** False when storage refused it; the store goes on in memory. */
  write(value: unknown): boolean
  /** Removes what this app wrote. */
  remove(): void
}

export interface PersistedOptions<T> {
  readonly storage: Storage
  readonly key: string
  readonly version: number
  readonly schema: v.GenericSchema<unknown, T>
  /** Converts a value of an older version; the result is validated. Without it older ones are dropped. */
  readonly migrate?: (value: unknown, version: number) => unknown
}

/** The valid entries of a list: a broken one drops only itself. */
export const readable = <T>(schema: v.GenericSchema<unknown, T>) =>
  v.pipe(
    v.array(v.unknown()),
    v.transform((all) =>
      all.flatMap((one): T[] => {
        const read = v.safeParse(schema, one)
        return read.success ? [read.output] : []
      }),
    ),
  )

interface Envelope {
  readonly version: unknown
  readonly value?: unknown
}

const isEnvelope = (stored: unknown): stored is Envelope =>
  typeof stored === 'object' && stored !== null && 'version' in stored

export function persisted<T>({ storage, key, version, schema, migrate }: PersistedOptions<T>): Persisted<T> {
  const beside = `${key}:${version}`
  // A version that is no number is not ours either.
  const isNewer = (stored: Envelope) => typeof stored.version !== 'number' || stored.version > version
  const isLeftAlone = () => {
    const stored = storage.get(key)
    return isEnvelope(stored) && isNewer(stored)
  }
  const valuesIn = (stored: unknown): unknown[] => {
    if (!isEnvelope(stored)) return []
    if (isNewer(stored) || stored.version === version) return [stored.value]
    return migrate ? [migrate(stored.value, Number(stored.version))] : []
  }
  const values = () => {
    const [first, then] = isLeftAlone() ? [beside, key] : [key, beside]
    return [...valuesIn(storage.get(first)), ...valuesIn(storage.get(then))]
  }
  return {
    values,
    read() {
      for (const value of values()) {
        const read = v.safeParse(schema, value)
        if (read.success) return read.output
      }
      return null
    },
    write(value) {
      const isBeside = isLeftAlone()
      const isStored = storage.set(isBeside ? beside : key, { version, value })
      if (isStored && !isBeside && storage.get(beside) !== undefined) storage.remove(beside)
      return isStored
    },
    remove() {
      if (!isLeftAlone()) storage.remove(key)
      storage.remove(beside)
    },
  }
}
