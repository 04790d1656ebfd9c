import { readAlipayStatement } from '../../../city/cashiers/alipay-statement'
import { isStatementReady } from '../../../city/cashiers/shanghai'
import { readWechatStatement } from '../../../city/cashiers/wechat-statement'
import { fenOf, yuanOf } from '../../../city/cashiers/yuan'
import { unzip } from '../../../city/cashiers/zip'
import { encodeGbk } from '../../../sandbox/vendor-servers/gbk'
import { zip } from '../../../sandbox/vendor-servers/zip'

test.each([
  [0, '0.00'],
  [5, '0.05'],
  [1234, '12.34'],
  [-1001, '-10.01'],
  [9_007_199_254_740_991, '90071992547409.91'],
])('%d fen are %s yuan', (fen, yuan) => {
  expect(yuanOf(fen)).toBe(yuan)
})

test.each([
  ['12.34', 1234],
  ['12.3', 1230],
  ['12', 1200],
  ['0.29', 29],
  ['1.15', 115],
  ['-10.01', -1001],
  ['-0.00', 0],
  ['12.345', null],
  ['1,234.00', null],
  ['1e3', null],
  ['', null],
  ['.5', null],
  ['Infinity', null],
])('%s yuan are %s fen', (yuan, fen) => {
  expect(fenOf(yuan)).toBe(fen)
})

const ours = { appId: 'wxapp', merchantId: '1900000001' }
const head =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'
const row = (
  order: string,
  more: { app?: string; merchant?: string; refund?: string; status?: string; asked?: string } = {},
) => {
  const isRefund = more.refund !== undefined
  const start = [
    '2026-11-23 10:00:00',
    more.app ?? 'wxapp',
    more.merchant ?? '1900000001',
    '0',
    '',
    `4200${order}`,
    order,
  ]
  const state = [
    'openid',
    'JSAPI',
    isRefund ? 'REFUND' : 'SUCCESS',
    'OTHERS',
    'CNY',
    isRefund ? '0.00' : '12.00',
    '0.34',
  ]
  const refund = isRefund
    ? [`50${more.refund}`, more.refund, '1.00', '0.00', 'ORIGINAL', more.status]
    : ['0', '0', '0.00', '0.00', '', '']
  const end = ['水费,11月', '', '0.05', '0.60%', isRefund ? '0.00' : '12.34', isRefund ? '1.01' : '0.00', '']
  return [...start, ...state, ...refund, ...end].map((field) => `\`${field}`).join(',')
}
const sumHead = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'
const bill = (rows: string[], sums: string) => [head, ...rows, sumHead, sums, ''].join('\n')

test('WeChat’s bill counts what citizens ordered, not what was settled, and only our app’s', () => {
  const rows = [row('A1'), row('B1', { app: 'wxother' }), row('A1', { refund: 'rf1', status: 'SUCCESS' })]
  const text = bill(rows, '`3,`24.00,`1.00,`0.00,`0.05,`24.68,`1.01')
  expect(readWechatStatement(text, ours)).toMatchObject([
    { kind: 'paid', reference: 'A1', vendorNumber: '4200A1', refundReference: null, amountFen: 1234 },
    { kind: 'refunded', reference: 'A1', vendorNumber: '50rf1', refundReference: 'rf1', amountFen: 101 },
  ])
})

test('a refund that failed is no refund', () => {
  const text = bill([row('A1', { refund: 'rf1', status: 'FAIL' })], '`1,`0.00,`1.00,`0.00,`0.00,`0.00,`1.01')
  expect(readWechatStatement(text, ours)).toEqual([])
})

test.each([
  ['without a row that its sums have', bill([], '`1,`12.00,`0.00,`0.00,`0.05,`12.34,`0.00')],
  ['with another count', bill([row('A1')], '`2,`12.00,`0.00,`0.00,`0.05,`12.34,`0.00')],
  [
    'with an amount nobody can read',
    bill([row('A1').replace('12.34', 'x')], '`1,`12.00,`0.00,`0.00,`0.05,`0.00,`0.00'),
  ],
  ['with a time nobody can read', bill([row('A1').replace(' 10', ' 1x')], '`1,`12.00,`0.00,`0.00,`0.05,`12.34,`0.00')],
  ['whose payments do not add up', bill([row('A1')], '`1,`12.00,`0.00,`0.00,`0.05,`12.35,`0.00')],
  ['whose refunds do not add up', bill([row('A1')], '`1,`12.00,`0.00,`0.00,`0.05,`12.34,`1.01')],
  ['of another merchant', bill([row('A1', { merchant: '1900000002' })], '`1,`12.00,`0.00,`0.00,`0.05,`12.34,`0.00')],
  [
    'with a state nobody knows',
    bill([row('A1').replace('SUCCESS', 'REVOKED')], '`1,`12.00,`0.00,`0.00,`0.05,`12.34,`0.00'),
  ],
  ['in another currency', bill([row('A1').replace('CNY', 'USD')], '`1,`12.00,`0.00,`0.00,`0.05,`12.34,`0.00')],
  ['without sums', [head, row('A1')].join('\n')],
  ['that is none', '<html>'],
])('a bill of WeChat’s %s is not believed', (_what, text) => {
  expect(readWechatStatement(text, ours)).toBeNull()
})

const columns =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注'
const entry = (order: string, kind: string, amount: string, received: string, request = '') =>
  `2026${order}\t,${order}\t,${kind},电费,2026-11-23 10:00:00,2026-11-23 10:00:30,,,,,*民,${amount},${received},0.00,0.00,0.00,0.00,0.00,,0.00,0.00,${request}\t,0.00,0.00,`
const file = (entries: string[], paid: string, refunded: string, name = '2088_20261123_业务明细.csv') =>
  zip([
    { name: encodeGbk('2088_20261123_业务明细(汇总).csv'), content: encodeGbk('#汇总\r\n') },
    {
      name: encodeGbk(name),
      content: encodeGbk(
        [
          '#支付宝业务明细查询',
          columns,
          ...entries,
          `#交易合计：${paid}元，商家优惠共0.00元`,
          `#退款合计：${refunded}元，商家优惠退款共0.00元`,
        ].join('\r\n'),
      ),
    },
  ])
const none = '0笔，商家实收退款共0.00'

test('Alipay’s bill loses tabs and the minus of refunds', () => {
  const entries = [entry('A1', '交易', '12.34', '12.00'), entry('B1', '交易', '0.05', '0.05')]
  entries.push(entry('A1', '退款', '-1.01', '-1.01', 'rf1'))
  expect(readAlipayStatement(file(entries, '2笔，商家实收共12.05', '1笔，商家实收退款共-1.01'))).toEqual([
    {
      kind: 'paid',
      reference: 'A1',
      refundReference: null,
      vendorNumber: '2026A1',
      amountFen: 1234,
      at: new Date('2026-11-23T10:00:30+08:00'),
    },
    expect.objectContaining({ kind: 'paid', reference: 'B1', amountFen: 5 }),
    {
      kind: 'refunded',
      reference: 'A1',
      refundReference: 'rf1',
      vendorNumber: '2026A1',
      amountFen: 101,
      at: new Date('2026-11-23T10:00:30+08:00'),
    },
  ])
})

// Written by Python's zipfile: a stored file with an extra field, a deflated one, a comment.
const pythons = Buffer.from(
  'UEsDBBQAAAAAAABQd10L+UNWBgAAAAYAAAAFAAgAYS50eHSZmQQAYWJjZHN0b3JlZFBLAwQUAAAACAAAUHddB9ZvkA4AAAC0AAAABQAAAGIudHh0S0lNy0ksSU1RSBk6DABQSwECFAMUAAAAAAAAUHddC/lDVgYAAAAGAAAABQAIAAAAAAAAAAAAgAEAAAAAYS50eHSZmQQAYWJjZFBLAQIUAxQAAAAIAABQd10H1m+QDgAAALQAAAAFAAAAAAAAAAAAAACAATEAAABiLnR4dFBLBQYAAAAAAgACAG4AAABiAAAACQBhIGNvbW1lbnQ=',
  'base64',
)

test('a zip of another implementation is read, and not with a byte changed', () => {
  const files = unzip(pythons)?.map(({ name, content }) => [String(name), String(content)])
  expect(files).toEqual([
    ['a.txt', 'stored'],
    ['b.txt', 'deflated '.repeat(20)],
  ])
  const changed = Buffer.from(pythons)
  changed.write('S', changed.indexOf('stored'))
  expect(unzip(changed)).toBeNull()
})

const one = [entry('A1', '交易', '12.34', '12.00')]
test.each([
  ['without an entry that its sums have', file([], '1笔，商家实收共12.00', none)],
  ['with another count', file(one, '2笔，商家实收共12.00', none)],
  ['with an amount nobody can read', file([entry('A1', '交易', 'x', '0.00')], '1笔，商家实收共0.00', none)],
  ['with a sum nobody can read', file([entry('A1', '交易', '12.34', 'x')], '1笔，商家实收共0.00', none)],
  ['with a time nobody can read', file([`${one[0]}`.replace('10:00:30', '10:00')], '1笔，商家实收共12.00', none)],
  ['whose payments do not add up', file(one, '1笔，商家实收共12.01', none)],
  ['whose refunds do not add up', file(one, '1笔，商家实收共12.00', '0笔，商家实收退款共1.00')],
  ['with a kind nobody knows', file([entry('A1', '转账', '12.34', '12.00')], '0笔，商家实收共0.00', none)],
  ['with a comma too many', file([`${one[0]},`], '1笔，商家实收共12.00', none)],
  ['without its list', file(one, '1笔，商家实收共12.00', none, 'other.csv')],
  ['cut short', file(one, '1笔，商家实收共12.00', none).subarray(0, 300)],
  ['that is no zip', Buffer.from('<html>')],
])('a bill of Alipay’s %s is not believed', (_what, bytes) => {
  expect(readAlipayStatement(bytes)).toBeNull()
})

test.each([
  ['2026-11-24T09:59:59+08:00', false],
  ['2026-11-24T10:00:00+08:00', true],
  ['2026-11-23T23:00:00+08:00', false],
])('at %s the bill of 23 November is ready: %s', (at, isReady) => {
  expect(isStatementReady('2026-11-23', new Date(at))).toBe(isReady)
  expect(isStatementReady('20261123', new Date(at))).toBe(false)
})
