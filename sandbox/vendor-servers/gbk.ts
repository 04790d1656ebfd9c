/** Every character of GBK with its two bytes: Node only reads GBK, so the table is read once. */
function makeTable(): Map<string, Buffer> {
  const decoder = new TextDecoder('gbk')
  const table = new Map<string, Buffer>()
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const bytes = Buffer.from([lead, trail])
      const text = decoder.decode(bytes)
      if (text.length === 1 && text !== '\uFFFD' && !table.has(text)) table.set(text, bytes)
    }
  }
  return table
}

let table: Map<string, Buffer> | undefined

/** Text in GBK; what GBK has no character for becomes `?`. */
export function encodeGbk(text: string): Buffer {
  table ??= makeTable()
  const known = table
  return Buffer.concat(
    [...text].map((each) => (each <= '\x7f' ? Buffer.from(each) : (known.get(each) ?? Buffer.from('?')))),
  )
}
