/** Digits, and letters but I, O, S, V and Z, each with its value. `credit-code-examples.json` holds this and the app to the same. */
const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** Whether a text is a 统一社会信用代码: 18 characters, the last of which checks the others (GB 32100-2015, modulo 31). */
export function isCreditCode(code: string): boolean {
  const values = Array.from(code, (character) => characters.indexOf(character))
  if (values.length !== 18 || values.includes(-1)) return false
  const sum = weights.reduce((total, weight, at) => total + weight * (values[at] ?? 0), 0)
  return (31 - (sum % 31)) % 31 === values[17]
}
