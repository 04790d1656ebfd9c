/** The check character of an identity number (GB 11643-1999, ISO 7064 MOD 11-2). */
export function isCitizenNumber(number: string): boolean {
  if (!/^\d{17}[\dX]$/.test(number)) return false
  let sum = 0
  for (let index = 0; index < 17; index += 1) sum += Number(number[index]) * (2 ** (17 - index) % 11)
  return '10X98765432'[sum % 11] === number[17]
}
