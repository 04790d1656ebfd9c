import * as v from 'valibot'
import type { CityId } from '@/domain/ids'
import { isKeepable, mostSearches, withSearch } from '@/domain/searches'
import { platform } from '@/platform'
import { persisted, readable } from '@/stores/persisted'

const vSearches = v.pipe(
  readable(v.pipe(v.string(), v.check(isKeepable))),
  v.transform((all) => all.slice(0, mostSearches)),
)
const { storage } = platform
const off = persisted({ storage, key: 'searches-off', version: 1, schema: v.boolean() })
const storedOf = (city: CityId) => persisted({ storage, key: `searches:${city}`, version: 1, schema: vSearches })

/** What was searched on this phone, by city: nothing of it is sent. */
export const searches = {
  of: (city: CityId): readonly string[] => storedOf(city).read() ?? [],
  isOff: (): boolean => off.read() ?? false,
  /** Keeps a search that led to something, unless the citizen wants none kept. */
  keep(city: CityId, typed: string): void {
    const before = searches.of(city)
    const after = withSearch(before, typed)
    if (!searches.isOff() && after !== before) storedOf(city).write(after)
  },
  clear: (city: CityId): void => storedOf(city).remove(),
  /** Off: what is kept goes, in every city. */
  setOff(isOff: boolean): void {
    if (isOff) {
      off.write(true)
      for (const key of storage.keys()) if (key.startsWith('searches:')) storage.remove(key)
    } else off.remove()
  },
}
