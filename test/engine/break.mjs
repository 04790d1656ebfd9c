// node test/engine/break.mjs: breaks copies of the two bundles, each in one way, and wants every one to be caught by test/journeys.
// Needs `npm run build` first. Names after the command run only those.
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const dist = path.resolve(root, process.env.BUNDLES_DIST ?? 'dist')

/** What is broken, in which files of which bundle, and the tests that look there. */
const breaks = [
  ['a lost bindtap', 'weapp', 'base.wxml', / bindtap="eh"/g, '', 'bills'],
  ['a lost onTap', 'alipay', 'base.axml', / onTap="eh"/g, '', 'bills'],
  ['a lost bindinput', 'weapp', 'base.wxml', / bindinput="eh"/g, '', 'bills'],
  ['a lost onInput', 'alipay', 'base.axml', / onInput="eh"/g, '', 'bills'],
  ['a handler of another name', 'weapp', 'base.wxml', /bindtap="eh"/g, 'bindtap="ehh"', 'bills'],
  [
    'a missing template',
    'weapp',
    'base.wxml',
    /<template name="tmpl_0_f1t0">/g,
    '<template name="tmpl_0_gone">',
    'bills',
  ],
  [
    'a missing template in Alipay',
    'alipay',
    'base.axml',
    /<template name="tmpl_0_6">/g,
    '<template name="tmpl_0_gone">',
    'bills',
  ],
  ['a wrong wxs', 'weapp', 'utils.wxs', /return 'tmpl_' \+ l \+ '_' \+ n/g, "return 'tmpl-' + l + '_' + n", 'bills'],
  ['a wrong sjs', 'alipay', 'utils.sjs', /return 'tmpl_' \+ l \+ '_' \+ n/g, "return 'tmpl-' + l + '_' + n", 'bills'],
  ['an empty label', 'weapp', 'base.wxml', / aria-label="[^"]*"/g, '', 'bills'],
  ['a lost role', 'weapp', 'base.wxml', / aria-role="[^"]*"/g, '', 'bills'],
  ['a lost role in Alipay', 'alipay', 'base.axml', / role="[^"]*"/g, '', 'bills'],
  ['a stray URL', 'weapp', 'pages/billing/bind/index.js', /^/, 'new URL("https://a.example");', 'bills'],
  ['a stray Intl', 'alipay', 'pages/home/index.js', /^/, 'new Intl.NumberFormat("zh");', 'bills'],
  ['a function of newer engines', 'alipay', 'pages/home/index.js', /^/, 'Object.fromEntries([]);', 'bills'],
  ['a stray eval', 'weapp', 'app.js', /^/, 'eval("1");', 'bills'],
  ['an unknown member of wx', 'weapp', 'app.js', /^/, 'wx.getLuckyNumber&&wx.getLuckyNumber();', 'bills'],
  ['a member of the other host', 'alipay', 'app.js', /^/, 'my.requestPayment;', 'bills'],
  [
    'another address',
    'weapp',
    '*.js',
    /https:\/\/hangzhou\.city-services\.example/g,
    'https://hangzhou.example',
    'bills',
  ],
  ['a page left out', 'weapp', 'app.json', /"payment\/index",/g, '', 'bills'],
  ['a lost idempotency key', 'weapp', '*.js', /"idempotency-key"/g, '"x-key"', 'bills'],
  ['a swapped cashier code', 'alipay', '*.js', /8e3:"unknown"/g, '8e3:"declined"', 'cashier'],
  ['a swapped cashier answer', 'weapp', '*.js', /fail cancel":"cancelled"/g, 'fail cancel":"unknown"', 'cashier'],
  ['nothing stored', 'weapp', '*.js', /wx\.setStorageSync\(/g, 'void(', 'citizens'],
  [
    'a value stored under another key',
    'alipay',
    '*.js',
    /my\.setStorageSync\(\{key:(\w)/g,
    'my.setStorageSync({key:"k"+$1',
    'citizens',
  ],
  ['no guard against a second tap', 'weapp', '*.js', /if\(\w+\.current\)return/g, 'if(0)return', 'before-paying'],
  ['a retry sooner than Retry-After', 'alipay', '*.js', /retry-after|retryAfterSeconds/g, 'gone', 'answers'],
  ["a city's clock not believed", 'weapp', '*.js', /offsetMs:Math\.round\(/g, 'offsetMs:0*Math.round(', 'answers'],
  [
    'full storage not shown',
    'alipay',
    '*.js',
    /return!1!==\(null==(\w)\?void 0:\1\.success\)&&void 0===\(null==\1\?void 0:\1\.error\)/g,
    'return!0',
    'storage',
  ],
  ['any id in a link', 'weapp', '*.js', /\^\(\?!\\\.\+\$\)\[A-Za-z0-9_\.-\]\{1,64\}\$/g, '^[^]+$', 'links'],
  ['another city without a question', 'alipay', '*.js', /knowsCity:!1/g, 'knowsCity:!0', 'links'],
  ['further items lost', 'weapp', '*.js', /moreItemIds:/g, 'moreItems:', 'slots'],
  ['a page that is not where it was', 'alipay', 'app.json', /"confirm\/index"/g, '"confirms/index"', 'coverage'],
  [
    'data sent to a hidden page',
    'weapp',
    'pages/home/index.js',
    /Page\((\w+)\)/g,
    'var own$1=$1.onHide;$1.onHide=function(){own$1.apply(this,arguments);var me=this;setTimeout(function(){me.setData({a:1})},50)};Page($1)',
    'bills',
  ],
  [
    'data sent twice',
    'weapp',
    'pages/home/index.js',
    /Page\((\w+)\)/g,
    'var own$1=$1.onLoad;$1.onLoad=function(){var set=this.setData;this.setData=function(d,f){set.call(this,d);set.call(this,d,f)};return own$1.apply(this,arguments)};Page($1)',
    'budgets',
  ],
  ['large text that is not large', 'weapp', 'common.wxss', /--t-m:calc\(20px/, '--t-m:calc(16px', 'layout'],
  ['targets too small for large text', 'weapp', 'common.wxss', /--target:60px/, '--target:48px', 'layout'],
  ['words too faint in the dark', 'weapp', 'common.wxss', /--ink-3:#a0a8a4/, '--ink-3:#5a605d', 'layout'],
  [
    'a name that is cut',
    'alipay',
    'common.acss',
    /\.cell__title\{/,
    '.cell__title{height:20px;overflow:hidden;',
    'layout',
  ],
  ['words broken anywhere', 'weapp', 'common.wxss', /overflow-wrap:break-word/, 'word-break:break-all', 'layout'],
  ['lost headings', 'alipay', '*.js', /"heading"/g, '""', 'bills'],
  ['a word of its own on one host', 'alipay', '*.js', /工作人员扫码即可核验真伪。/g, '扫码核验。', 'bills'],
  ['a session that is not renewed', 'weapp', '*.js', /401!==/g, '499!==', 'slots'],
]

const names = process.argv.slice(2)
const chosen = breaks.filter(([name]) => names.length === 0 || names.includes(name))
const scratch = mkdtempSync(path.join(os.tmpdir(), 'broken-bundles-'))
const missed = []

async function tryBreak([name, host, pattern, find, put, test]) {
  const copy = path.join(scratch, name.replaceAll(' ', '-'))
  cpSync(path.join(dist, 'weapp'), path.join(copy, 'weapp'), { recursive: true })
  cpSync(path.join(dist, 'alipay'), path.join(copy, 'alipay'), { recursive: true })
  const folder = path.join(copy, host)
  const files = pattern.startsWith('*')
    ? readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(pattern.slice(1)))
    : [pattern]
  let changed = 0
  for (const file of files) {
    const before = readFileSync(path.join(folder, file), 'utf8')
    const after = before.replace(find, put)
    if (after === before) continue
    changed += 1
    writeFileSync(path.join(folder, file), after)
  }
  const result =
    changed === 0 ? 'finds nothing to break' : (await testsPass(copy, [test])) ? 'went unnoticed' : 'caught'
  rmSync(copy, { recursive: true, force: true })
  if (result !== 'caught') missed.push(name)
  console.log(`${result === 'caught' ? '✓' : '✗'} ${name}: ${result}`)
}

function testsPass(folder, tests) {
  const files = tests.map((test) => `test/journeys/${test}.test.ts`)
  const args = ['node_modules/jest/bin/jest.js', '--selectProjects', 'journeys', '--bail', '--runTestsByPath', ...files]
  const env = { ...process.env, JOURNEYS: '1', BUNDLES_DIST: folder, TZ: 'America/New_York' }
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'ignore' })
    child.on('close', (code) => resolve(code === 0))
  })
}

// Where whole bundles fail, a broken one that fails proves nothing.
const files = [...new Set(chosen.map((each) => each.at(-1)))]
if (!(await testsPass(dist, files))) {
  console.error(`✗ the bundles as they are fail in ${files.join(', ')}`)
  process.exit(1)
}

const queue = [...chosen]
const work = async () => {
  for (let next = queue.shift(); next; next = queue.shift()) await tryBreak(next)
}
await Promise.all([work(), work()])
rmSync(scratch, { recursive: true, force: true })
console.log(`${chosen.length - missed.length} of ${chosen.length} broken bundles were caught`)
process.exit(missed.length > 0 ? 1 : 0)
