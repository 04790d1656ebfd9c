import { readersCharacters } from '../http/typed'
import type { Language, Words } from '../words'

/** Surnames of two characters (复姓) that are still borne. */
const compound =
  /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|司徒|宇文|长孙|轩辕|端木|南宫|呼延|独孤|百里|东郭|西门|公冶|澹台|第五|拓跋|万俟|闻人|申屠|太史|钟离|濮阳|淳于|单于|司空|鲜于|闾丘|亓官|司寇|仲孙|赫连|左丘|乐正|宗政|歐陽|諸葛|東方|長孫|軒轅)/

/** What ends the name of a company or an office, which is nobody's secret. */
const organisation =
  /(?:公司|集团|企业|工厂|商行|商店|酒店|医院|学校|大学|中学|小学|幼儿园|银行|政府|委员会|居委会|村委会|管理处|事务所|协会|中心|支行|分局|部队|寺|Co\.?,? ?Ltd\.?|Ltd\.?|Limited|Inc\.?|GmbH|Company|Corporation|LLC)$/i

/**
 * A holder as somebody may see them who knows the account's number: the surname and that something follows, never how long it is.
 * 张**, 欧阳**, 古**·**, J** S**; a company by its first two characters and its kind.
 */
export function maskHolder(holder: string): string {
  const name = holder.trim()
  const letters = readersCharacters(name)
  const kind = organisation.exec(name)?.[0]
  if (kind !== undefined && letters.length > 4) return `${letters.slice(0, 2).join('')}****${kind}`
  const parts = name.split(/[·\s]+/).filter((part) => part !== '')
  if (parts.length === 0) return '**'
  if (parts.length > 1) {
    const joint = name.includes('·') ? '·' : ' '
    return parts.map((part) => `${readersCharacters(part)[0]}**`).join(joint)
  }
  const surname = letters.length > 2 ? compound.exec(name)?.[0] : undefined
  return `${surname ?? letters[0]}**`
}

/** A street, a lane or a village, up to and including the word that says so. */
const streetZh = /^(.*?(?:大道|大街|马路|公路|路|街|巷|弄|胡同|里弄|村|镇|乡))/
const districtZh = /^(.*?(?:自治县|自治旗|新区|(?<![小社])区|县|市|旗))/
/** With a street's own district before it: a 街道 is a part of a district, not a street. */
const subDistrictZh = /^.*?街道/

/**
 * Where it is, down to the street, never the house or the flat: 西湖区文三路***. English addresses go from the flat to the district:
 * the house number goes, and all before the street.
 */
export function maskAddress(address: Words, { language }: { language: Language }): string {
  return language === 'en' ? maskEnglish(address.en) : maskChinese(address.zh)
}

function maskChinese(address: string): string {
  const plain = address.trim()
  const district = districtZh.exec(plain)?.[1] ?? ''
  const beyond = plain.slice(district.length)
  const part = subDistrictZh.exec(beyond)?.[0] ?? ''
  const street = streetZh.exec(beyond.slice(part.length))?.[1] ?? ''
  return `${district}${withoutNumbers(part + street)}***`
}

/** A street is not known by numbers; where one stands, what is taken for the street is more than that. */
const withoutNumbers = (street: string): string =>
  /[0-9０-９]/.test(street) ? street.replace(/[0-9０-９].*$/, '') : street

function maskEnglish(address: string): string {
  const parts = address.split(',').map((part) => part.trim())
  const at = parts.findIndex((part) => /\b(?:Road|Street|Avenue|Lane|Boulevard|Alley|Highway|Village)\b/i.test(part))
  const kept =
    at < 0 ? parts.slice(-1) : [(parts[at] ?? '').replace(/^[\dA-Z-]*\d[\dA-Z-]*\s+/i, ''), ...parts.slice(at + 1)]
  const shown = kept.filter((part) => part !== '' && !/\d/.test(part))
  return ['***', ...shown].join(', ')
}
