import { asId, type BillerId } from '@/domain/ids'
import { isCreditCode, type Paper, paperRule, paperStanding, safeFileUrl } from '@/domain/paper'
import type { Instant } from '@/domain/time'
import examples from '../../contract/credit-code-examples.json'

const at = (time: string) => `2026-11-23T${time}:00+08:00` as Instant
const ms = (time: string) => Date.parse(at(time))
const paper = (change: Partial<Paper>): Paper => ({
  ...{ billerId: asId<BillerId>('hz-electricity'), billerName: '国网杭州供电公司', kind: 'e-invoice' },
  ...{ state: 'available', amountFen: 12864, needsTitle: true },
  ...change,
})

test('each standing offers one thing at most, and only what is under way is asked about again', () => {
  const now = ms('10:00')
  const standingOf = (change: Partial<Paper>) => paperStanding(paper(change), now)
  expect(standingOf({})).toBe('available')
  expect(standingOf({ state: 'issuing', expectedBy: at('10:01') })).toBe('issuing')
  expect(standingOf({ state: 'issuing', expectedBy: at('09:59') })).toBe('late')
  expect(standingOf({ state: 'failed', because: 'title-refused' })).toBe('title-refused')
  expect(standingOf({ state: 'failed', because: 'unlisted' })).toBe('unlisted')
  expect(standingOf({ state: 'failed' })).toBe('unlisted')
  expect(standingOf({ state: 'not-offered', because: 'withdrawn' })).toBe('withdrawn')
  expect(standingOf({ state: 'unlisted' })).toBe('unlisted')
  const polled = Object.entries(paperRule).filter(([, rule]) => rule.polls)
  expect(polled.map(([standing]) => standing)).toEqual(['issuing'])
  // Money that went back offers nothing to ask for.
  for (const standing of ['money-back', 'withdrawn', 'not-credited', 'issuing'] as const)
    expect(paperRule[standing].act).toBeNull()
})

test('a file is opened from the city’s own address or over TLS from a host that it lists, and from nowhere else', () => {
  const manifest = { paperHosts: ['inv.hangzhou.example'] }
  const address = 'http://127.0.0.1:4180/330100'
  const good = ['https://inv.hangzhou.example/f/1.pdf', 'http://127.0.0.1:4180/papers/file-1.pdf']
  for (const url of good) expect(safeFileUrl(url, manifest, address)).toBe(url)
  const bad = [
    undefined,
    '',
    'http://inv.hangzhou.example/f/1.pdf',
    'https://inv.hangzhou.example',
    'https://inv.hangzhou.example.evil.example/1.pdf',
    'https://evil.example/inv.hangzhou.example/1.pdf',
    'https://inv.hangzhou.example@evil.example/1.pdf',
    'https://evil.example\\@inv.hangzhou.example/1.pdf',
    'https://INV.hangzhou.example/1.pdf',
    'http://127.0.0.1:41800/papers/1.pdf',
    'http://127.0.0.1:4180.evil.example/1.pdf',
    'javascript:alert(1)//https://inv.hangzhou.example/',
    'https://inv.hangzhou.example/a b.pdf',
    'file:///etc/passwd',
  ]
  for (const url of bad) expect([url, safeFileUrl(url, manifest, address)]).toEqual([url, null])
  expect(safeFileUrl(good[0], {}, address)).toBeNull()
  expect(safeFileUrl(good[1], manifest, null)).toBeNull()
})

test('a code of a company is one by its last character', () => {
  for (const code of examples.good) expect([code, isCreditCode(code)]).toEqual([code, true])
  for (const code of examples.bad) expect([code, isCreditCode(code)]).toEqual([code, false])
})
