import { LegacyUnclear } from './message'

/** `1,285.58`, `¥12.3`, ` 7 ` as whole fen, digit by digit. @throws LegacyUnclear for anything else, an empty text among it */
export function fenOf(text: string): number {
  const plain = text.replace(/^[¥￥]\s*/, '')
  const isGrouped = /^\d{1,3}(,\d{3})+(\.\d{1,2})?$/.test(plain)
  const [, whole, decimals = ''] =
    /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(isGrouped ? plain.replaceAll(',', '') : plain) ?? []
  if (whole === undefined) throw new LegacyUnclear('an amount is not one')
  return Number(whole + decimals.padEnd(2, '0'))
}

/** An amount that is left empty where there is none. */
export const fenOrNone = (text: string): number => (text === '' ? 0 : fenOf(text))

/** 20261128 as 2026-11-28. @throws LegacyUnclear for what is no day */
export function dayFrom(text: string): string {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? []
  const written = `${year}-${month}-${day}`
  const date = new Date(`${written}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== written)
    throw new LegacyUnclear('a day is not one')
  return written
}

/** A name with characters that GBK lacks came as question marks or in the private area: they are shown as 〓, as printers do. */
export const nameFrom = (text: string): string => text.replace(/[?？\ufffd\ue000-\uf8ff]/g, '〓')

/** Whether a name may be that of a person, where 〓 stands for any character. */
export const maybeSameName = (written: string, name: string): boolean => {
  const letters = Array.from(name.replace(/\s/g, ''))
  const known = Array.from(written.replace(/\s/g, ''))
  return (
    known.length === letters.length &&
    known.some((letter) => letter !== '〓') &&
    known.every((letter, at) => letter === '〓' || letter === letters[at])
  )
}
