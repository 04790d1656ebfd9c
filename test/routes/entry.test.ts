import { asId, type CityId } from '@/domain/ids'
import { readEntry, readReport, shareLink } from '@/routes'

const hangzhou = asId<CityId>('330100')
const hall = '9007199254740995'
const atHall = { city: '330100', url: `/pages/booking/items/index?city=330100&hall=${hall}` }
const page = `https://hangzhou.city-services.example/pages/booking/items/index?city=330100&hall=${hall}`
const once = encodeURIComponent
const twice = (text: string) => once(once(text))

test.each([
  ['a printed code', { scene: `330100.h.${hall}` }],
  ['a printed code, encoded', { scene: once(`330100.h.${hall}`) }],
  ['a printed code with every sign encoded twice', { scene: `330100%252Eh%252E${hall}` }],
  ['an ordinary link on WeChat', { q: once(page) }],
  ['one encoded twice', { q: twice(page) }],
  ['one not encoded at all', { q: page }],
  ['an ordinary link on Alipay', { qrCode: page }],
  ['one encoded by whoever printed it', { qrCode: once(page) }],
  ['an ordinary link with a code in it', { q: once(`https://city.example/go?scene=330100.h.${hall}`) }],
  ['an ordinary link that ends with a code', { qrCode: `http://city.example/go/330100.h.${hall}#top` }],
])('N19: %s opens the same page', (_, query) => {
  expect(readEntry(query)).toEqual(atHall)
})

test.each([
  ['330100', null],
  ['330100.i.id-card-renewal', '/pages/booking/halls/index?city=330100&item=id-card-renewal'],
  ['330100.a.hz-water', '/pages/billing/bind/index?city=330100&biller=hz-water'],
  ['330100.b.b-1', '/pages/billing/bill/index?city=330100&bill=b-1'],
  ['330100.p.p-1', '/pages/paying/payment/index?city=330100&payment=p-1'],
  ['330100.v.ap-1', '/pages/booking/appointment/index?city=330100&appointment=ap-1'],
])('N19: the code %s is read', (scene, url) => {
  expect(readEntry({ scene })).toEqual({ city: '330100', url })
})

test.each([undefined, {}, { scene: '' }, { q: '' }, { city: '330100' }])('%p carries no code', (query) => {
  expect(readEntry(query)).toBeNull()
})

test.each([
  { scene: 'undefined' },
  { scene: '33010' },
  { scene: '330100.' },
  { scene: '330100.h' },
  { scene: '330100.h.' },
  { scene: '330100.z.1' },
  { scene: '330100.h...' },
  { scene: '330100.h.a/b' },
  { scene: `330100.h.${'9'.repeat(30)}` },
  { scene: '330100.h.1\u0000' },
  { scene: '%E0%A4%A' },
  { scene: 330100 },
  { scene: ['330100'] },
  { scene: '__proto__' },
  { q: 'javascript:alert(1)' },
  { q: once('https://pay.example/?to=6222') },
  { q: once('https://x.example/pages/paying/checkout/index?city=330100&bill=b-1') },
  { q: once('https://x.example/pages/booking/items/index?city=..') },
  { q: once('https://x.example/pages/booking/items/index') },
  { q: once('https://x.example/pages/home/index?city=330100') },
  { q: `https://x.example/${'a'.repeat(3000)}/330100` },
  { qrCode: 'alipays://platformapi/startapp?appId=1' },
  { qrCode: {} },
])('N8: %p is junk and opens nothing', (query) => {
  expect(readEntry(query as Record<string, unknown>)).toBe('bad')
})

const personal = {
  account: 'ac-1',
  bill: 'b-1',
  bills: 'b-1',
  payment: 'p-1',
  receipt: 'r-1',
  hold: 'h-1',
  appointment: 'ap-1',
  entry: 'w-1',
}

test.each([
  ['booking/items', { hall }],
  ['booking/halls', { item: 'id-card-renewal' }],
  ['booking/slots', { hall, item: 'id-card-renewal' }],
  ['billing/bind', { biller: 'hz-water' }],
])('N19: %s is shared as it is, for the same city', (name, params) => {
  const link = shareLink(`/pages/${name}/index`, { city: '330100', ...params }, null)
  expect(link).toContain(`/pages/${name}/index?city=330100&`)
  for (const value of Object.values(params)) expect(link).toContain(value)
})

test('N19: no share card ever carries what is of one person', () => {
  const pages = [
    'home',
    'bills',
    'appointments',
    'me',
    'billing/account',
    'billing/bill',
    'billing/list',
    'billing/choose',
    'billing/bind',
    'paying/checkout',
    'paying/payment',
    'paying/payments',
    'paying/receipt',
    'booking/items',
    'booking/halls',
    'booking/slots',
    'booking/confirm',
    'booking/appointment',
    'report',
  ]
  for (const name of pages) {
    const link = shareLink(`/pages/${name}/index`, { city: '330100', hall, item: 'x', ...personal }, hangzhou)
    for (const value of Object.values(personal)) expect(link).not.toContain(value)
  }
  expect(shareLink('/pages/paying/payment/index', { city: '330100', payment: 'p-1' }, hangzhou)).toBe(
    '/pages/home/index?scene=330100',
  )
  expect(shareLink('/pages/me/index', {}, null)).toBe('/pages/home/index')
})

test('a report is about one payment or one appointment', () => {
  expect(readReport({ city: '330100', payment: 'p-1' })).toEqual({
    city: '330100',
    about: { kind: 'payment', id: 'p-1' },
  })
  expect(readReport({ city: '330100', appointment: 'ap-1' })?.about).toEqual({ kind: 'appointment', id: 'ap-1' })
  for (const params of [
    { city: '330100' },
    { payment: 'p-1' },
    { city: '330100', payment: 'p-1', appointment: 'ap-1' },
  ])
    expect(readReport(params)).toBeNull()
  expect(readReport({ city: '330100', payment: 'p 1' })).toBeNull()
})
