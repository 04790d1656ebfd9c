import type { Load } from '@/queries/use-load'

/** A part of what was read, as known as the whole. */
export function mapLoad<T, U>(load: Load<T>, map: (value: T) => U): Load<U> {
  return load.status === 'ready' ? { ...load, value: map(load.value) } : load
}
