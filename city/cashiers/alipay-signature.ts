import { createSign, createVerify } from 'node:crypto'

const sorted = (params: [string, string][]): string =>
  params
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

/** The parameters that a request's signature is over: all but empty ones. https://opendocs.alipay.com/common/02mse7 */
export const contentToSign = (params: Record<string, string>): string =>
  sorted(Object.entries(params).filter(([, value]) => value !== ''))

/** RSA2: SHA256withRSA in Base64. */
export const signParams = (params: Record<string, string>, privateKey: string): string =>
  createSign('RSA-SHA256').update(contentToSign(params)).sign(privateKey, 'base64')

export const isSigned = (text: string, signature: string, publicKey: string): boolean =>
  createVerify('RSA-SHA256').update(text).verify(publicKey, signature, 'base64')

/** What a notification's signature is over: every parameter but `sign` and `sign_type`. https://opendocs.alipay.com/common/02mse7 */
export const signedParams = (params: Map<string, string>): string =>
  sorted([...params].filter(([name]) => name !== 'sign' && name !== 'sign_type'))

export type SplitAnswer = { name: string; node: string; signature: string | null }

/**
 * Takes an answer of the gateway apart: `{"<name>":<node>,"sign":"…"}`, where the signature is over the very text of the node.
 * Only that text may be believed, so it must be the only node: `null` for an answer that holds anything else. A parser keeps the
 * last of two equal names, so a second node behind the signature would be read in place of the signed one.
 */
export function splitAnswer(text: string): SplitAnswer | null {
  const head = /^\s*\{\s*"(\w+)"\s*:\s*(?=\{)/.exec(text)
  if (head?.[1] === undefined) return null
  const start = head[0].length
  const end = endOfObject(text, start)
  const tail = /^((?:\s*,\s*"(?:sign|alipay_cert_sn)"\s*:\s*"[^"\\]*")*)\s*\}\s*$/.exec(text.slice(end))
  if (end < 0 || tail?.[1] === undefined) return null
  const signatures = [...tail[1].matchAll(/"sign"\s*:\s*"([^"]*)"/g)]
  if (signatures.length > 1) return null
  return { name: head[1], node: text.slice(start, end), signature: signatures[0]?.[1] ?? null }
}

/** Behind the brace that closes the object at `start`, or -1. */
function endOfObject(text: string, start: number): number {
  let depth = 0
  let isInString = false
  for (let index = start; index < text.length; index++) {
    const character = text[index]
    if (isInString) {
      if (character === '\\') index++
      else if (character === '"') isInString = false
    } else if (character === '"') isInString = true
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return index + 1
  }
  return -1
}
