/** Fen as yuan with two decimals: 5 is `0.05`, -1234 is `-12.34`. */
export function yuanOf(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Yuan with at most two decimals as whole fen, digit by digit; `null` for any other text. */
export function fenOf(yuan: string): number | null {
  const [, minus, whole, decimals = ''] = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(yuan) ?? []
  if (whole === undefined) return null
  const fen = Number(whole + decimals.padEnd(2, '0'))
  return minus === '-' && fen > 0 ? -fen : fen
}
