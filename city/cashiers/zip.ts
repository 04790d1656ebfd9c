import { crc32, inflateRawSync } from 'node:zlib'

const ENTRY = 0x02014b50
const LARGEST_FILE = 256 * 1024 * 1024

/** The files of a zip, each with the bytes of its name. Reads stored and deflated files; `null` for any other or broken zip. */
export function unzip(bytes: Buffer): { name: Buffer; content: Buffer }[] | null {
  try {
    const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
    if (end < 0) return null
    const files: { name: Buffer; content: Buffer }[] = []
    let at = bytes.readUInt32LE(end + 16)
    for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
      if (bytes.readUInt32LE(at) !== ENTRY) return null
      const method = bytes.readUInt16LE(at + 10)
      const packed = bytes.readUInt32LE(at + 20)
      const nameLength = bytes.readUInt16LE(at + 28)
      const local = bytes.readUInt32LE(at + 42)
      // The local header's extra field has a length of its own.
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
      const raw = bytes.subarray(start, start + packed)
      if (method !== 0 && method !== 8) return null
      const content = method === 0 ? raw : inflateRawSync(raw, { maxOutputLength: LARGEST_FILE })
      if (content.length !== bytes.readUInt32LE(at + 24) || crc32(content) !== bytes.readUInt32LE(at + 16)) return null
      files.push({ name: bytes.subarray(at + 46, at + 46 + nameLength), content })
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    }
    return files
  } catch {
    return null
  }
}
