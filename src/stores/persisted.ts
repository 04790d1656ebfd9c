import * as v from 'valibot'
import type { Storage } from '@/platform/types'

/** A value of a store in the host's storage: with a version, and checked on the way in like a city's answer. */
export interface Persisted<T> {
  /** Null when there is nothing, or nothing that can be trusted; such a thing is dropped. */
  read(): T | null
  /** False when it could not be kept; the store goes on in memory. */
  write(value: T): boolean
}

export interface PersistedOptions<T> {
  readonly storage: Storage
  readonly key: string
  readonly version: number
  readonly schema: v.GenericSchema<unknown, T>
  /** Brings a value of an older version to this one's shape; what it gives is checked. Without it older ones are dropped. */
  readonly migrate?: (value: unknown, version: number) => unknown
}

const vEnvelope = v.object({ version: v.number(), value: v.unknown() })

export function persisted<T>({ storage, key, version, schema, migrate }: PersistedOptions<T>): Persisted<T> {
  return {
    read() {
      const kept = storage.get(key)
      if (kept === undefined) return null
      const envelope = v.safeParse(vEnvelope, kept)
      const read = envelope.success ? v.safeParse(schema, atThisVersion(envelope.output)) : null
      if (read?.success) return read.output
      storage.remove(key)
      return null
    },
    write: (value) => storage.set(key, { version, value }),
  }

  function atThisVersion(kept: { version: number; value: unknown }): unknown {
    if (kept.version === version) return kept.value
    // What a newer app wrote is not understood by an older one, so only what is older is migrated.
    return kept.version < version ? migrate?.(kept.value, kept.version) : undefined
  }
}
