import { useCallback, useMemo, useState } from 'react'
import type { CityId } from '@/domain/ids'
import { platform } from '@/platform'
import {
  type City,
  cityFromAdcode,
  findCity,
  groupByLetter,
  isOpen,
  type LetterGroup,
  nearestCity,
  searchCities,
} from '@/services/cities'
import { searchCounties } from '@/services/counties'
import { stores } from '@/stores'

/** The result of locating the phone: on a tap only, and never in the way of choosing by hand. */
export type Located =
  | { readonly status: 'not-asked' }
  | { readonly status: 'asking' }
  | { readonly status: 'found'; readonly city: City; readonly open: boolean }
  /** `inSettings`: only the host's settings allow it again. */
  | { readonly status: 'denied'; readonly inSettings: boolean }
  | { readonly status: 'failed' }

/** A city found by its own name or by that of a district or county that it serves. */
export interface Found {
  readonly city: City
  readonly county?: string
  readonly open: boolean
}

/** Open cities first; among equals, cities before those found by a county. */
function find(typed: string): Found[] {
  const cities = searchCities(typed)
  const counties = searchCounties(typed).filter(({ city }) => !cities.includes(city))
  const all = [...cities.map((city) => ({ city })), ...counties].map((found) => ({
    ...found,
    open: isOpen(found.city.id),
  }))
  return [...all.filter(({ open }) => open), ...all.filter(({ open }) => !open)]
}

/** A line of the long list: a letter, or a city under it. */
export type Row = { readonly letter: string } | Found

export interface Cities {
  readonly typed: string
  readonly type: (typed: string) => void
  readonly found: readonly Found[]
  readonly open: readonly City[]
  readonly recents: readonly City[]
  readonly rows: readonly Row[]
  readonly letters: readonly string[]
  readonly rowOf: (letter: string) => number
  readonly located: Located
  /** Absent where the host cannot locate. */
  readonly locate: (() => Promise<void>) | undefined
  /** Opens the host's settings, then locates. */
  readonly allow: () => Promise<void>
  /** False when the city has not joined. */
  readonly choose: (id: string) => boolean
}

const known = (ids: readonly CityId[]) => ids.map(findCity).filter((city): city is City => city !== null)

const rowsOf = (groups: readonly LetterGroup[]): Row[] =>
  groups.flatMap(({ letter, cities }) => [{ letter }, ...cities.map((city) => ({ city, open: isOpen(city.id) }))])

export function useCities(): Cities {
  const [typed, type] = useState('')
  const [located, setLocated] = useState<Located>({ status: 'not-asked' })
  // As at the start: the page is left as soon as another city is chosen.
  const [{ city: current, recents: older }] = useState(() => stores.city.getState())
  const groups = useMemo(() => groupByLetter(), [])
  const rows = useMemo(() => rowsOf(groups), [groups])
  const letters = useMemo(() => groups.map((group) => group.letter), [groups])
  const open = useMemo(() => groups.flatMap((group) => group.cities).filter((city) => isOpen(city.id)), [groups])
  const recents = useMemo(() => known(current ? [current, ...older] : older).slice(0, 4), [current, older])

  const locate = useCallback(async () => {
    if (!platform.locate) return
    setLocated({ status: 'asking' })
    const result = await platform.locate()
    const city =
      result.kind === 'city' ? cityFromAdcode(result.adcode) : result.kind === 'point' ? nearestCity(result) : null
    if (city) setLocated({ status: 'found', city, open: isOpen(city.id) })
    else if (result.kind === 'denied' || result.kind === 'no-consent')
      setLocated({ status: 'denied', inSettings: result.kind === 'denied' })
    else setLocated({ status: 'failed' })
  }, [])

  const allow = useCallback(async () => {
    if (await platform.openSettings?.location?.()) await locate()
  }, [locate])

  const choose = useCallback((id: string) => {
    const city = findCity(id)
    if (!city || !isOpen(city.id)) return false
    stores.city.getState().choose(city.id)
    return true
  }, [])

  const rowOf = useCallback(
    (letter: string) => rows.findIndex((row) => 'letter' in row && row.letter === letter),
    [rows],
  )
  return {
    typed,
    type,
    found: useMemo(() => find(typed), [typed]),
    open,
    recents,
    rows,
    letters,
    rowOf,
    located,
    locate: platform.locate ? locate : undefined,
    allow,
    choose,
  }
}
