import type { AccountRule } from '../../contract/wire/types.gen'

type Rule = Pick<AccountRule, 'minLength' | 'maxLength' | 'charset' | 'checkDigit'>

/** ISO/IEC 7812: the digit that makes the whole a multiple of ten. */
export function luhnDigit(body: string): string {
  let sum = 0
  Array.from(body)
    .reverse()
    .forEach((digit, place) => {
      const weighed = Number(digit) * (place % 2 === 0 ? 2 : 1)
      sum += weighed > 9 ? weighed - 9 : weighed
    })
  return String((10 - (sum % 10)) % 10)
}

/** Weights 2 to 7 over and over from the right, 11 less the sum modulo 11; 10 is X, 11 is 0. */
function mod11Digit(body: string): string {
  let sum = 0
  Array.from(body)
    .reverse()
    .forEach((digit, place) => {
      sum += Number(digit) * (2 + (place % 6))
    })
  const rest = 11 - (sum % 11)
  return rest === 11 ? '0' : rest === 10 ? 'X' : String(rest)
}

export function withCheckDigit(rule: Rule, body: string): string {
  if (rule.checkDigit === 'luhn') return body + luhnDigit(body)
  if (rule.checkDigit === 'mod11') return body + mod11Digit(body)
  return body
}

/** What is wrong with a number, in English; null when it may be an account. */
export function numberProblem(rule: Rule, number: string): string | null {
  const plain = rule.checkDigit === 'mod11' ? number.replace(/X$/, '0') : number
  if (!(rule.charset === 'digits' ? /^[0-9]*$/ : /^[0-9A-Z]*$/).test(plain)) return `only ${rule.charset}`
  if (number.length < rule.minLength || number.length > rule.maxLength) {
    return rule.minLength === rule.maxLength
      ? `${rule.minLength} characters expected`
      : `${rule.minLength} to ${rule.maxLength} characters expected`
  }
  if (rule.checkDigit !== 'none' && withCheckDigit(rule, number.slice(0, -1)) !== number)
    return 'the check digit is wrong'
  return null
}
