import { sha256 } from '../../city/ids'

const families = Array.from('李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗')
const given = [
  '小明',
  '芳',
  '伟',
  '秀英',
  '静',
  '建国',
  '丽华',
  '强',
  '思远',
  '雨桐',
  '桂兰',
  '浩然',
  '梓涵',
  '军',
  '晓燕',
  '志鹏',
]

/** Lifelike, and the same for the same citizen. */
export function nameOf(subject: string): string {
  const dice = Number.parseInt(sha256(`name/${subject}`).slice(0, 8), 16)
  if (dice % 17 === 0) return '买买提江·艾合买提'
  return `${families[dice % families.length]}${given[(dice >>> 5) % given.length]}`
}

export const phoneOf = (subject: string): string =>
  `138${String(Number.parseInt(sha256(`phone/${subject}`).slice(0, 8), 16) % 100_000_000).padStart(8, '0')}`
