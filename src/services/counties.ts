import { type City, findCity, type Named, rankOf, typedName } from './cities'
import { countyTable, readingTable } from './counties.gen'

/**
 * Districts and counties, each with the city that serves it. Only the page of cities uses this table, so it ships with that page.
 */

export interface CountyFound {
  readonly city: City
  /** Without 市, 区, 县 or 旗: 余杭. */
  readonly county: string
}

type County = Named & { readonly city: City }

let parsed: readonly County[] | null = null

function readings(): ReadonlyMap<string, string> {
  const of = new Map<string, string>()
  for (const entry of readingTable.match(/[a-z]+[^a-z]+/g) ?? []) {
    const [syllable = ''] = entry.match(/^[a-z]+/) ?? []
    for (const character of Array.from(entry.slice(syllable.length))) of.set(character, syllable)
  }
  return of
}

/** Parsed on the first search. */
function counties(): readonly County[] {
  if (parsed) return parsed
  const usual = readings()
  parsed = countyTable.split('\n').flatMap((line) => {
    const city = findCity(`${line.slice(0, 4)}00`)
    return line
      .slice(4)
      .split(' ')
      .flatMap((word) => {
        const [name = '', reading] = word.split('=')
        const syllables = reading?.split("'") ?? Array.from(name, (character) => usual.get(character) ?? '')
        return city ? [{ city, name, stem: name, latin: syllables.join(''), syllables }] : []
      })
  })
  return parsed
}

/** Two characters at least: a single one is in hundreds of names. */
const shortest = 2

/** Counties that match a query, best first: name (also with 市, 区, 县, 旗), pinyin whole or begun, initials. */
export function searchCounties(typed: string): CountyFound[] {
  const text = typedName(typed)
  if (text.length < shortest) return []
  return counties()
    .map((county) => ({ county, rank: rankOf(county, text) }))
    .filter((entry): entry is typeof entry & { rank: number } => entry.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map(({ county }) => ({ city: county.city, county: county.name }))
}
