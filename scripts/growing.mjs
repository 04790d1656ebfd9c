// The generated validators take the contract at its word, which costs a whole answer for one new word. This rewrites them, by
// rule, to read an answer as contract/answers.ts says.

/** Texts for machines stay as they are, to the character. */
const verbatim =
  /^\s+(token|qrText|verifyText|url|next|tradeNO|package|nonceStr|paySign|timeStamp|signStr|appId|path|extraData|templates|wechat|alipay): /
/** Where every row is money: one that cannot be read breaks the answer. */
const isMoney = (name) => /^(Lookup|Bill(?!er)|Payment|Mandate|Refund|Receipt|History|Problem)/.test(name)
/** Answers whose rows stand for themselves. */
const isList = (name) => /(Page|Manifest|SlotDays|SlotList|ConsentList|Citizen)$/.test(name)

/** `vLookup = v.union([vA, vB])`: a last member of what all have in common, with any other word as its discriminator. */
function openUnion(name, members, bodies) {
  const parsed = members.map(
    (member) => new Map(bodies.get(member).map((line) => line.match(/^ {4}(\w+): (.*?),?$/).slice(1))),
  )
  const [first] = parsed
  const literal = (value) => value?.match(/^v\.literal\((.*)\)$/)?.[1]
  const [key] = [...first].find(([, value]) => literal(value)) ?? []
  if (!key) throw new Error(`${name}: no member tells the kinds of this union apart`)
  const words = parsed.map((member) => literal(member.get(key)))
  const shared = [...first].filter(([member, value]) => parsed.every((other) => other.get(member) === value))
  const lines = [
    `    ${key}: unlistedBut([${words.join(', ')}])`,
    ...shared.map(([member, value]) => `    ${member}: ${value}`),
  ]
  return `v.union([\n    ${members.join(',\n    ')},\n    v.object({\n    ${lines.join(',\n    ')}\n    })\n]);`
}

export function growing(source) {
  const bodies = new Map()
  /** Lists of words are no rows. */
  const words = new Set()
  const chunks = source.split(/\n(?=export const |\/\*\*)/).map((chunk) => {
    const name = chunk.match(/^export const v(\w+) = /m)?.[1]
    if (!name) return chunk
    const lines = chunk
      .split('\n')
      .map((line) => (verbatim.test(line) || line.includes('v.regex(') ? line : line.replaceAll('v.string()', 'text')))
    let code = lines
      .join('\n')
      .replaceAll('v.picklist(', 'listed(')
      .replaceAll("v.literal('eventual')", 'eventualWord')
      .replaceAll('v.pipe(text, v.isoTimestamp())', 'instant')
      .replaceAll('v.pipe(text, v.isoDate())', 'day')
      .replaceAll('v.pipe(v.string(), v.regex(/^[0-2][0-9]:[0-5][0-9]$/))', 'clockTime')
    if (code.includes(' = listed([')) words.add(`v${name}`)
    if (isMoney(name))
      code = code.replace(/v\.array\((v(?:Bill|PaymentBill|PaymentSummary|Refund|HistoryMonth))\)/g, 'allRows($1)')
    else if (isList(name))
      code = code.replace(/v\.array\((v(?!Id\b)[A-Z]\w*)\)/g, (list, row) => (words.has(row) ? list : `rows(${row})`))
    if (name === 'Problem') code = code.replaceAll('v.optional(', 'orMissing(')
    const union = code.match(/v\.union\(\[\s*([\w,\s]+)\]\);/)
    if (union)
      code = code.replace(
        union[0],
        openUnion(
          name,
          union[1].split(/,\s*/).map((one) => one.trim()),
          bodies,
        ),
      )
    const object = code.match(/= v\.object\(\{\n([\s\S]*)\n\}\);/)
    if (object) bodies.set(`v${name}`, object[1].split(/\n(?= {4}\w)/))
    return code
  })
  const used = (name) => new RegExp(`[^\\w.]${name}\\b`).test(chunks.slice(1).join('\n'))
  const names = [
    'allRows',
    'clockTime',
    'day',
    'eventualWord',
    'instant',
    'listed',
    'orMissing',
    'rows',
    'text',
    'unlistedBut',
  ]
  const imports = `import { ${names.filter(used).join(', ')} } from '../answers';\n`
  return chunks.join('\n').replace("import * as v from 'valibot';\n", `import * as v from 'valibot';\n${imports}`)
}
