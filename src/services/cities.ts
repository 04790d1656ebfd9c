import { asId, type CityId } from '@/domain/ids'
import { normalise } from '@/domain/typed'
import { cityTable, provinceTable } from './cities.gen'

/** Written in by the build (config/cities.ts): the base address of each open city's backend, by adcode. */
declare const CITY_ADDRESSES: CityAddresses | undefined
/** Likewise: where each open city is. */
declare const CITY_CENTRES: CityCentres | undefined

/** Base addresses by city id, each without a slash at its end. */
export type CityAddresses = Readonly<Record<string, string>>

/** Latitude and longitude in degrees by city id. */
export type CityCentres = Readonly<Record<string, readonly [number, number]>>

/** A row of the directory, open or not. */
export type City = {
  /**
   * The adcode of the prefecture: 330100. Municipalities, Hong Kong, Macao and Taiwan have their province's (110000); a
   * county-level unit that belongs to a province directly has its own (429004 仙桃).
   */
  id: CityId
  /** As people say it: 杭州, 延边; 吉林市 and 海南州 where the short form means a province. */
  name: string
  province: string
  /** `hangzhou`; ü is v: `lvliang`. */
  pinyin: string
  /** `hz` */
  initials: string
  /** For an English screen: `Hangzhou`, `Xi'an`, `Harbin`. */
  latin: string
}

/** What a search matches. */
export type Named = { name: string; stem: string; syllables: readonly string[]; latin: string }

type Row = Named & { city: City }

const NO_ADDRESSES: CityAddresses = {}
const openCities: CityAddresses = typeof CITY_ADDRESSES === 'undefined' ? NO_ADDRESSES : CITY_ADDRESSES

const NO_CENTRES: CityCentres = {}
const openCentres: CityCentres = typeof CITY_CENTRES === 'undefined' ? NO_CENTRES : CITY_CENTRES

/** Without umlaut and accent. The v that stands for ü stays: people type lvliang as well as luliang. */
const fold = (text: string): string => text.toLowerCase().replace(/ü/g, 'u').replace(/ê/g, 'e')

/** LvLiang is Lüliang, XiAn is Xi'an: an apostrophe wherever a vowel begins a later syllable. */
const latinOf = (syllables: readonly string[]): string => {
  const joined = syllables.map((part, index) => (index > 0 && /^[aeo]/.test(part) ? `'${part}` : part)).join('')
  return joined.charAt(0).toUpperCase() + joined.slice(1).replace(/v/g, 'ü')
}

const parse = (): Row[] => {
  const provinces = new Map<string, string>()
  for (const [, code = '', name = ''] of matches(/(\d\d)(\D+)/g, provinceTable)) provinces.set(code, name)
  return cityTable.split('\n').map((line) => {
    const [, code = '', name = '', reading = '', known] = /^(\d{4,6})([^A-Z]+)([A-Za-z]+)(?:=(.+))?$/.exec(line) ?? []
    const syllables = (reading.match(/[A-Z][a-z]*/g) ?? []).map((syllable) => syllable.toLowerCase())
    const city: City = {
      id: asId<CityId>(code.length === 4 ? `${code}00` : code),
      name,
      province: provinces.get(code.slice(0, 2)) ?? '',
      pinyin: syllables.join(''),
      initials: syllables.map((syllable) => syllable.charAt(0)).join(''),
      latin: known ?? latinOf(syllables),
    }
    return { city, name, latin: city.latin, syllables, stem: name.slice(0, syllables.length) }
  })
}

const matches = (pattern: RegExp, text: string): RegExpExecArray[] => {
  const found: RegExpExecArray[] = []
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) found.push(match)
  return found
}

const byPinyin = (a: City, b: City): number =>
  a.pinyin === b.pinyin ? (a.id < b.id ? -1 : 1) : a.pinyin < b.pinyin ? -1 : 1

let parsed: { rows: Row[]; cities: City[]; byId: Map<string, City> } | null = null

/** Parsed on first use: most launches only need the one city they remember. */
const directory = () => {
  if (parsed === null) {
    const rows = parse().sort((a, b) => byPinyin(a.city, b.city))
    const cities = rows.map((row) => row.city)
    parsed = { rows, cities, byId: new Map(cities.map((city) => [city.id, city])) }
  }
  return parsed
}

/**
 * All 372 cities in the order of their pinyin: 333 prefecture-level ones, 4 municipalities, 32 county-level units that belong to
 * a province directly, Hong Kong, Macao and Taiwan.
 */
export const allCities = (): readonly City[] => directory().cities

/** The city with this id; null when there is none. Takes untrusted text of links and storage. */
export const findCity = (id: string): City | null => directory().byId.get(id) ?? null

/** The base address of an open city's backend; null for the others. `addresses` is the build's by default. */
export const addressOf = (id: string, addresses: CityAddresses = openCities): string | null =>
  // Digits only: `constructor` is a member of every object.
  (/^\d{6}$/.test(id) ? addresses[id] : null) ?? null

/** Whether this build can talk to the city. */
export const isOpen = (id: string, addresses: CityAddresses = openCities): boolean => addressOf(id, addresses) !== null

/**
 * The city that contains an adcode of any level: 330106 (a district) gives 330100, 110105 gives 110000, 429004 (which belongs
 * to its province directly) itself. Null for an invalid adcode.
 */
export const cityFromAdcode = (adcode: string): City | null => {
  if (!/^\d{6}$/.test(adcode)) return null
  return findCity(adcode) ?? findCity(`${adcode.slice(0, 4)}00`) ?? findCity(`${adcode.slice(0, 2)}0000`)
}

/** About the width of a prefecture; a point further from every centre is in a city that is not open. */
const REACH_KM = 80
const KM_A_DEGREE = 111.2

/**
 * The open city whose centre is nearest to a point (degrees), within 80 km; null when none is. WeChat gives a fuzzy
 * point only, so this is a guess for the citizen to confirm. `centres` are the build's by default.
 */
export const nearestCity = (
  point: { latitude: number; longitude: number },
  centres: CityCentres = openCentres,
): City | null => {
  let nearest: { city: City; km: number } | null = null
  for (const city of allCities()) {
    const centre = centres[city.id]
    if (!centre) continue
    const north = (centre[0] - point.latitude) * KM_A_DEGREE
    const east = (centre[1] - point.longitude) * KM_A_DEGREE * Math.cos((point.latitude * Math.PI) / 180)
    const km = Math.sqrt(north * north + east * east)
    if (km <= REACH_KM && (nearest === null || km < nearest.km)) nearest = { city, km }
  }
  return nearest?.city ?? null
}

/** Whether the text is a run of beginnings of the first syllables: h, hz, hangz, hzhou, hangzhou. */
const abbreviates = (text: string, syllables: readonly string[], from = 0): boolean => {
  if (text === '') return true
  const syllable = syllables[from]
  if (syllable === undefined) return false
  for (let length = Math.min(syllable.length, text.length); length > 0; length -= 1) {
    const begins = syllable.slice(0, length) === text.slice(0, length)
    if (begins && abbreviates(text.slice(length), syllables, from + 1)) return true
  }
  return false
}

/** Rank of a match, 0 is best; null for none. */
export const rankOf = ({ name, syllables, stem, latin: known }: Named, text: string): number | null => {
  if (text === name || text === stem) return 0
  if (name.startsWith(text)) return 1
  if (text.startsWith(stem)) return 2
  const [pinyin, latin] = [syllables.join(''), fold(known).replace(/[' ]/g, '')]
  if (text === pinyin || text === latin) return 3
  if (text === syllables.map((syllable) => syllable.charAt(0)).join('')) return 4
  if (pinyin.startsWith(text) || latin.startsWith(text)) return 5
  if (abbreviates(text, syllables)) return 6
  return name.includes(text) ? 7 : null
}

const provinceRank = 8

const isProvince = (text: string, { province }: City): boolean =>
  text.replace(/(省|市|特别行政区|(壮族|回族|维吾尔)?自治区)$/, '') === province

const LONGEST_SEARCH = 24

/** A normalised query: no case, width, spaces or points. */
export const typedName = (typed: string): string =>
  fold(normalise('search', typed))
    .slice(0, LONGEST_SEARCH)
    .replace(/[\s'’·.-]/g, '')

/**
 * Cities that match a query: name (also official: 杭州市, 延边朝鲜族自治州), pinyin whole or begun, initials, a mix of
 * both (hzhou), the name known abroad, or the province. Open ones first, then by rank, then by pinyin.
 */
export const searchCities = (typed: string, addresses: CityAddresses = openCities): City[] => {
  const text = typedName(typed)
  if (text === '') return []
  return directory()
    .rows.map((row, index) => ({
      city: row.city,
      rank: rankOf(row, text) ?? (isProvince(text, row.city) ? provinceRank : null),
      shut: isOpen(row.city.id, addresses) ? 0 : 1,
      index,
    }))
    .filter((entry): entry is typeof entry & { rank: number } => entry.rank !== null)
    .sort((a, b) => a.shut - b.shut || a.rank - b.rank || a.index - b.index)
    .map(({ city }) => city)
}

export type LetterGroup = { letter: string; cities: City[] }

/** The directory from A to Z by pinyin; letters without a city are left out. */
export const groupByLetter = (cities: readonly City[] = allCities()): LetterGroup[] => {
  const groups: LetterGroup[] = []
  for (const city of [...cities].sort(byPinyin)) {
    const letter = city.pinyin.charAt(0).toUpperCase()
    const last = groups[groups.length - 1]
    if (last?.letter === letter) last.cities.push(city)
    else groups.push({ letter, cities: [city] })
  }
  return groups
}
