import { faultsOf } from './gate'
import { type ShippedFile, type ShippedHost, shippedFiles } from './output'

/** One mistake in a copy of an output, and the words by which the gate must notice it. */
interface Break {
  readonly what: string
  readonly host: ShippedHost
  readonly files: (whole: readonly ShippedFile[]) => readonly ShippedFile[]
  readonly noticed: RegExp
}

const without = (name: string) => (whole: readonly ShippedFile[]) => whole.filter((file) => file.name !== name)

const file = (name: string, text: string): ShippedFile => {
  const content = Buffer.from(text)
  return { name, bytes: content.length, text: () => text, content: () => content }
}

const also = (name: string, text: string) => (whole: readonly ShippedFile[]) => [...whole, file(name, text)]

/** The change must change something: else nothing would be proved. */
const changed = (name: string, change: (text: string) => string) => (whole: readonly ShippedFile[]) =>
  whole.map((each) => {
    if (each.name !== name) return each
    const text = change(each.text())
    if (text === each.text()) throw new Error(`${name} is as it was`)
    return file(name, text)
  })

const page = 'pages/paying/payment/index'
const put = (code: string) => changed(`${page}.js`, (text) => `${text}\n;(function () { ${code} })()`)

const breaks: readonly Break[] = [
  {
    what: 'a page without script',
    host: 'weapp',
    files: without(`${page}.js`),
    noticed: /refers to .*payment\/index\.js/,
  },
  { what: 'a page without template', host: 'alipay', files: without(`${page}.axml`), noticed: /payment\/index\.axml/ },
  { what: 'a lost icon of a tab', host: 'alipay', files: without('theme/tabs/bills-on.png'), noticed: /bills-on\.png/ },
  { what: 'a lost component', host: 'weapp', files: without('comp.wxml'), noticed: /refers to comp\.wxml/ },
  { what: 'a lost module of the templates', host: 'weapp', files: without('utils.wxs'), noticed: /utils\.wxs/ },
  { what: 'a lost module of Alipay’s templates', host: 'alipay', files: without('utils.sjs'), noticed: /utils\.sjs/ },
  { what: 'a lost style sheet', host: 'weapp', files: without('common.wxss'), noticed: /common\.wxss/ },
  {
    what: 'a lost shared script',
    host: 'weapp',
    files: without('pages/paying/sub-vendors.js'),
    noticed: /sub-vendors\.js/,
  },
  {
    what: 'a script of another package',
    host: 'weapp',
    files: put('require("../../booking/sub-vendors.js")'),
    noticed: /into another package/,
  },
  {
    what: 'a template that is not there',
    host: 'weapp',
    files: changed('base.wxml', (text) => text.replace(/name="tmpl_0_\d+"(?=>\s*<scroll-view)/, 'name="lost"')),
    noticed: /no tmpl_0_\d+, for scroll-view/,
  },
  {
    what: 'a template that is not there for what is deep inside',
    host: 'weapp',
    files: changed('base.wxml', (text) => text.replace(/name="tmpl_7_\d+"/, 'name="lost"')),
    noticed: /no tmpl_7_\d+, for/,
  },
  {
    what: 'two attributes that changed their numbers',
    host: 'alipay',
    files: changed('base.axml', (text) => text.replace(/aria-label="\{\{i\.p4/g, 'aria-label="{{i.p5')),
    noticed: /aria-label reads p5/,
  },
  {
    what: 'a module that chooses a wrong template',
    host: 'weapp',
    files: changed('utils.wxs', (text) => text.replace("'tmpl_' + l", "'temp_' + l")),
    noticed: /no temp_/,
  },
  {
    what: 'a template that does not compile',
    host: 'weapp',
    files: changed('base.wxml', (text) => text.replace('</view>', '')),
    noticed: /wcc|base\.wxml/,
  },
  {
    what: 'a style sheet that does not compile',
    host: 'weapp',
    files: changed('common.wxss', (text) => `${text}.a > { color`),
    noticed: /wcsc/,
  },
  { what: 'syntax of newer engines', host: 'weapp', files: put('var a = {}; a?.b'), noticed: /can not parse/ },
  { what: 'a method of newer engines', host: 'alipay', files: put('[1].at(-1)'), noticed: /calls \.at\(\)/ },
  {
    what: 'a function of newer engines',
    host: 'weapp',
    files: put('Object.fromEntries([])'),
    noticed: /Object\.fromEntries/,
  },
  { what: 'a pattern that looks behind', host: 'weapp', files: put('/(?<=a)b/.test("ab")'), noticed: /looks behind/ },
  {
    what: 'something of a browser',
    host: 'alipay',
    files: put('new URL("https://city.example")'),
    noticed: /uses URL/,
  },
  { what: 'the other host', host: 'alipay', files: put('wx.login()'), noticed: /the other host: wx/ },
  { what: 'the other host, on WeChat', host: 'weapp', files: put('my.tradePay({})'), noticed: /the other host: my/ },
  { what: 'a stop of the debugger', host: 'weapp', files: put('debugger'), noticed: /debugger/ },
  {
    what: 'an address of the sandbox',
    host: 'weapp',
    files: put('var a = "http://127.0.0.1:8080"'),
    noticed: /address/,
  },
  { what: 'a source map', host: 'alipay', files: also('app.js.map', '{}'), noticed: /source map/ },
  {
    what: 'a key of WeChat in Alipay’s configuration',
    host: 'alipay',
    files: changed('app.json', (text) => text.replace('{', '{"lazyCodeLoading":"requiredComponents",')),
    noticed: /lazyCodeLoading/,
  },
  {
    what: 'a page’s key of the other host',
    host: 'weapp',
    files: changed(`${page}.json`, (text) => text.replace('{', '{"defaultTitle":"",')),
    noticed: /defaultTitle/,
  },
]

test.each(breaks)('the gate notices $what', ({ host, files, noticed }) => {
  const whole = shippedFiles(host)
  const faults = faultsOf(host, files(whole))
  expect(faults.filter((fault) => noticed.test(fault))).not.toEqual([])
  expect(faultsOf(host, whole).filter((fault) => noticed.test(fault))).toEqual([])
})
