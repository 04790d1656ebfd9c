/** Black and white, as the smallest picture that every host shows: a PNG of one bit for each dot, not compressed. */
export function bitmap(rows: readonly (readonly boolean[])[]): string {
  const width = rows[0]?.length ?? 0
  const lines = rows.flatMap((row) => [0, ...bytesOf(row)])
  const size = [lines.length & 255, lines.length >> 8]
  const data = [0x78, 1, 1, ...size, ...size.map((byte) => byte ^ 255), ...lines, ...four(adler(lines))]
  const png = [
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', [...four(width), ...four(rows.length), 1, 0, 0, 0, 0]),
    ...chunk('IDAT', data),
    ...chunk('IEND', []),
  ]
  return `data:image/png;base64,${base64(png)}`
}

/** A dark dot is a 0. */
function bytesOf(row: readonly boolean[]): number[] {
  const bytes = new Array<number>(Math.ceil(row.length / 8)).fill(255)
  row.forEach((isDark, x) => {
    if (isDark) bytes[x >> 3] = (bytes[x >> 3] ?? 0) & ~(128 >> (x & 7))
  })
  return bytes
}

const four = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255)

function chunk(name: string, data: readonly number[]): number[] {
  const named = [...name].map((letter) => letter.charCodeAt(0)).concat(data)
  return [...four(data.length), ...named, ...four(crc(named))]
}

function crc(bytes: readonly number[]): number {
  let sum = -1
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return ~sum
}

function adler(bytes: readonly number[]): number {
  let low = 1
  let high = 0
  for (const byte of bytes) {
    low = (low + byte) % 65521
    high = (high + low) % 65521
  }
  return high * 65536 + low
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Hosts have no `btoa`. */
function base64(bytes: readonly number[]): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.slice(at, at + 3)
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0)
    text += `${letters[bits >> 18]}${letters[(bits >> 12) & 63]}`
    text += `${second === undefined ? '=' : letters[(bits >> 6) & 63]}${third === undefined ? '=' : letters[bits & 63]}`
  }
  return text
}
