import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/**
 * What people read is written in one pattern. The lists below hold wordings that must not come back, each beside what stands for it.
 * Texts are read from the source: every piece of a string, in `src/text`, in the pages, in the city and in the sandbox's data.
 */

interface Piece {
  where: string
  text: string
  /** The whole string, not a piece between `${…}`. */
  isWhole: boolean
}

const filesIn = (folder: string, fits: RegExp): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesIn(path, fits)
    return fits.test(entry.name) && !/\.gen\.ts$/.test(entry.name) ? [path] : []
  })

/** What a page of HTML shows; another text as it is. */
const plain = (text: string): string[] =>
  /<\/\w+>/.test(text)
    ? text
        .replace(/<(style|script)>[\s\S]*?(<\/\1>|$)/g, '')
        .split(/<[^>]*>|\n/)
        .filter((part) => part.trim())
    : [text]

function piecesOf(file: string): Piece[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const pieces: Piece[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return
    const isPiece = ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
    if (isPiece || ts.isStringLiteralLike(node) || ts.isJsxText(node)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
      for (const text of plain(node.text)) pieces.push({ where: `${file}:${line}`, text, isWhole: !isPiece })
    }
    node.forEachChild(visit)
  }
  visit(source)
  return pieces
}

const isChinese = (text: string) => /[\u4e00-\u9fff]/.test(text)
/** A sentence, a label or a piece of one; not a key, a path or a query. */
const isEnglish = (text: string) =>
  !isChinese(text) && /^[A-Z]|[a-z] [a-z]/.test(text) && !/[{};=<>]|^\w+:|select /.test(text)

const texts = filesIn('src/text', /\.tsx?$/).flatMap(piecesOf)
const pages = [...filesIn('src/pages', /\.tsx?$/), 'src/app.config.ts', 'src/domain/time.ts'].flatMap(piecesOf)
/** What the vendors send is in their own words, which no citizen reads. */
const isVendors = (file: string) => /vendor-servers|city.cashiers/.test(file)
const sandbox = [...filesIn('city', /\.ts$/), ...filesIn('sandbox', /\.ts$/)]
  .filter((file) => !isVendors(file))
  .flatMap(piecesOf)
const chinese = [...texts, ...pages, ...sandbox].filter(({ text }) => isChinese(text))
const english = [...texts, ...sandbox].filter(({ text }) => isEnglish(text))

type Ban = readonly [pattern: RegExp, instead: string]

const bannedInChinese: readonly Ban[] = [
  [
    /没有?[^，。、“]{0,8}成功|没能|没有?(读到|取得|查到|连上|绑定成|保存|加入日历|开启|收到正确|打开收银台)|没[扫关查核]成|办不了|打不开/,
    '未能…',
  ],
  [/缴成|开出/, '未能缴费、未能开具'],
  [/截至/, '…更新'],
  [/服务费/, '手续费'],
  [/(?<!财政电子)票据/, '缴费凭证'],
  [/(?<!缴费)凭证(?!序号)/, '缴费凭证'],
  [/先抵扣哪/, '抵扣顺序'],
  [/金额更正/, '金额变动'],
  [/异议/, '行政复议'],
  [/表内/, '燃气表余额、欠费'],
  [/未见/, '暂无'],
  [
    /占(号|到|住|用|这)|再占|退号|退掉|退回的?号|有号(?!码)|放号|没有号|新号(?!码)|旧号|(^|[^取户报编单证叫换])号(会|还|已|的|就)/,
    '时间、保留、释放、重新保留',
  ],
  [/取号码/, '取号凭码'],
  [/开门|办公|这天/, '开放中、当天不对外办理'],
  [/放弃/, '取消'],
  [/点击/, '点按'],
  [/该(支付|账单|订单|预约|城市|时段)|这张账单/, '这笔…、这个…'],
  [/帮别人|我的家人|我自己的/, '我或同住家人的、替父母、租客或朋友缴'],
  [/没有给出入账/, '未承诺入账时间'],
  [/一起缴/, '合并缴费'],
  [/\d分钟前|的数据/, '1 分钟前的内容'],
  [/[\u4e00-\u9fff][,;:!?]|"[^"]*[\u4e00-\u9fff][^"]*"/, 'Chinese punctuation'],
]

const bannedInEnglish: readonly Ban[] = [
  [/\bcan not\b/i, 'cannot'],
  [/\bcashiers?\b/i, 'payment page'],
  [/\b(some|any)body\b|\banew\b/i, 'someone, again'],
  [/\bAll done\b|^Ordered$/, 'Payment complete, Order placed'],
  [
    /money has left|is at it|are at it|did not succeed|\bchases?\b/i,
    'Your payment has been sent, Refund failed, follow up',
  ],
  [/Promised by/, 'This was due by …'],
  [
    /\b(give|gives|given) (it|this|a payment|an order|the order|this order|this place|the place)?\s?(up|back)\b|\bgo(es)? on\b/i,
    'cancel, release, continue',
  ],
  [/Bills? together|\bfits\b/, 'Bill total, No matching bills'],
  [/(?<!account )\bholder\b/i, 'account holder'],
  [/\bMy own\b/, 'Mine'],
  [/does not answer|gave no answer|open bill/i, 'is not responding, unpaid bills'],
  [/\bOf it\b|\bpaid already\b/, 'Including from, already paid'],
  [
    /^Who comes|Who is it for|[Cc]ome yourself|nothing counts|have missed|^Who booked/,
    'Visitor details, Service, attend in person',
  ],
  [/^Later$|^Off$|^Over$|^Not yet$|with places|[Cc]losed soon/, 'Not yet open, Closed, Past, Next available'],
  [/(start|stop|keep) waiting|^wait for a place/i, 'Join, Leave the waiting list'],
  [/\bhold (it|this)|\bheld for\b|place is held/i, 'reserve'],
  [
    /made no sense|nothing wrong|city’s system has a problem/i,
    'Unexpected response, This is not your fault, unavailable',
  ],
  [/^As the phone$|identity card/i, 'Use device setting, ID card'],
  [
    /^(Deleting|Drawing|Renewing|Replacing|Registering|Changing|Declaring|Applying|Suspending) /,
    'the noun: Mortgage deregistration',
  ],
  [/^See\b.*(payment|receipt|refund)|^Report it$/, 'View payment, Report a problem'],
  [
    /^References?$|\b(refund|report) reference\b/i,
    'Request ID, Payment number, Visit number, Refund number, Report number',
  ],
  [/\be-?bill\b|service fee/i, 'the paper by its own name, Fee'],
  [/\ba (person|visitor) and (month|day)\b|\bin all\b|\b(at|for) most\b/i, 'per person a month, in total, up to'],
]

const found = (pieces: readonly Piece[], bans: readonly Ban[]) =>
  pieces.flatMap(({ where, text }) =>
    bans.flatMap(([pattern, instead]) => (pattern.test(text) ? `${where} “${text.trim()}”: ${instead}` : [])),
  )

test('the scan sees the texts of both languages', () => {
  expect(chinese.length).toBeGreaterThan(900)
  expect(english.length).toBeGreaterThan(900)
})

test('Chinese texts use one word for one thing, and 未能 for what failed', () => {
  expect(found(chinese, bannedInChinese)).toEqual([])
})

test('English texts use the everyday words of a city’s website', () => {
  expect(found(english, bannedInEnglish)).toEqual([])
})

/** Names, and what is written in capitals everywhere. */
const names =
  /^(WeChat|Alipay|Pay|Lucide|MIT|ISC|QR|ID|Wi-Fi|Hangzhou|Administrative|Penalty|Law|Hong|Kong|Macao|Taiwan|[A-Z]|[A-Z]\d+|I|Chinese|English|Language|Mon|Tue|Wed|Thu|Fri|Sat|Sun|January|February|March|April|May|June|July|August|September|October|November|December|Nov)$/

test('English texts are in sentence case', () => {
  const capitals = texts
    .filter(({ text }) => isEnglish(text))
    .flatMap(({ where, text }) => {
      const inner = text
        .replace(/“[^”]*”|Bills › Payments|under (Payments|Visits)/g, '')
        .replace(/(^|[.:?!]\s+)[A-Z]/g, '$1')
      return (inner.match(/(?<=[a-z,] )[A-Z][A-Za-z-]*/g) ?? [])
        .filter((word) => !names.test(word))
        .map((word) => `${where} “${text}”: ${word}`)
    })
  expect(capitals).toEqual([])
})

test('English texts use the curly apostrophe', () => {
  const people = [...texts, ...sandbox.filter(({ where }) => /sandbox\/(seed|booking|payments|problem)/.test(where))]
  expect(people.filter(({ text }) => isEnglish(text) && /[a-z]'[a-z]/.test(text))).toEqual([])
})

/** Words of an example, and what the other host's screens say: no buttons of ours. */
const notButtons = ['电费', '身份证', 'electricity', 'ID card', '交管12123']

test('a text that names a button names one that is there', () => {
  const labels = new Set(texts.flatMap(({ text, isWhole }) => (isWhole ? text : [])))
  const missing = texts.flatMap(({ where, text }) =>
    (text.match(/“[^”]+”/g) ?? [])
      .map((quoted) => quoted.slice(1, -1))
      .filter((label) => !notButtons.includes(label) && !label.split(' › ').every((part) => labels.has(part)))
      .map((label) => `${where}: ${label}`),
  )
  expect(missing).toEqual([])
})

test('pages and components bring no punctuation of one language: they join with `useJoin`', () => {
  const code = [...filesIn('src/pages', /\.tsx?$/), ...filesIn('src/components', /\.tsx?$/)].flatMap(piecesOf)
  expect(code.filter(({ text, where }) => /[，。：、；（）]/.test(text) && !/index\.config/.test(where))).toEqual([])
})
