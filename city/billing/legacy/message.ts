import { SaxesParser } from 'saxes'

/** What the system sent cannot be believed or did not come; what it did is not known. */
export class LegacyUnclear extends Error {
  override readonly name = 'LegacyUnclear'
}

/** A message in XML: names with texts or with further names, several of one name in a list. */
export type Fields = { [name: string]: (string | Fields)[] }

/** A request, all of ASCII: account numbers, amounts, days and serial numbers, so that it is the same bytes in GBK. */
export function requestOf(code: string, body: Readonly<Record<string, string>>): string {
  const fields = Object.entries(body).map(([name, text]) => {
    if (!/^[\x20-\x7e]*$/.test(text)) throw new LegacyUnclear(`${name} cannot be sent`)
    return `<${name}>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')}</${name}>`
  })
  return `<?xml version="1.0" encoding="GBK"?><Request><Head><TxCode>${code}</TxCode></Head><Body>${fields.join('')}</Body></Request>`
}

/**
 * Reads a response, whatever its Content-Type says: the bytes are GBK, and well-formed XML to the end, or they are not believed. No
 * document type, so that nothing is expanded.
 * @throws LegacyUnclear
 */
export function readResponse(bytes: Uint8Array): { code: string; body: Fields } {
  let text: string
  try {
    text = new TextDecoder('gbk', { fatal: true }).decode(bytes).trim()
  } catch {
    throw new LegacyUnclear('the answer is not GBK')
  }
  const root = parse(text)
  const [response] = root.Response ?? []
  if (response === undefined || typeof response === 'string') throw new LegacyUnclear('the answer is no Response')
  const [head] = response.Head ?? []
  const code = head === undefined || typeof head === 'string' ? '' : textOf(head, 'RetCode')
  if (!/^\d{4}$/.test(code)) throw new LegacyUnclear('the answer has no code')
  const [body] = response.Body ?? []
  return { code, body: body === undefined || typeof body === 'string' ? {} : body }
}

/** The one text of a name; empty when it is absent or empty. @throws LegacyUnclear when there are several, or more than a text */
export function textOf(fields: Fields, name: string): string {
  const values = fields[name] ?? []
  const [value = ''] = values
  if (values.length > 1 || typeof value !== 'string') throw new LegacyUnclear(`${name} is not one text`)
  return value.trim()
}

function parse(text: string): Fields {
  const root: Fields = {}
  const open: { fields: Fields; text: string }[] = [{ fields: root, text: '' }]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw new LegacyUnclear(error.message)
  })
  parser.on('doctype', () => {
    throw new LegacyUnclear('the answer has a document type')
  })
  parser.on('opentag', () => void open.push({ fields: {}, text: '' }))
  const addText = (more: string) => {
    const last = open[open.length - 1]
    if (last) last.text += more
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', ({ name }) => {
    const done = open.pop()
    const parent = open[open.length - 1]
    if (!done || !parent) return
    const value = Object.keys(done.fields).length > 0 ? done.fields : done.text
    parent.fields[name] = [...(parent.fields[name] ?? []), value]
  })
  parser.write(text).close()
  return root
}
