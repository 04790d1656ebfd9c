import '../support/match-media'
import { asId, type RequestId } from '@/domain/ids'
import { failureText } from '@/parts/failure'
import { type ServiceErrorKind, serviceError } from '@/services/errors'
import { failures } from '@/text/parts/failures'

const words = failures['zh-CN']
const requestId = asId<RequestId>('req-1')

test('every kind of failure has words of its own', () => {
  const kinds: Record<ServiceErrorKind, true> = {
    offline: true,
    timeout: true,
    cancelled: true,
    busy: true,
    'city-error': true,
    'not-json': true,
    'contract-broken': true,
    'app-outdated': true,
    'too-large': true,
    'signed-out': true,
    refused: true,
    'no-city': true,
    'app-error': true,
  }
  const titles = Object.keys(kinds).map(
    (kind) => failureText(serviceError(kind as ServiceErrorKind, requestId, 'x'), words).title,
  )
  expect(new Set(titles).size).toBe(titles.length)
  expect(titles.every((title) => title.length > 2)).toBe(true)
})

test('a kind without a text means at least that the app failed', () => {
  const error = serviceError('of-a-later-version' as ServiceErrorKind, requestId, 'x')
  expect(failureText(error, words)).toEqual(words['app-error'])
})

test('N11: a refusal for a new reason is shown in the city’s words; without any, in ours', () => {
  const refused = (own: object) =>
    failureText(serviceError('refused', requestId, 'x', { code: 'unlisted', ...own }), words)
  expect(refused({ title: '户号已冻结', detail: '请先解冻。' })).toEqual({ title: '户号已冻结', text: '请先解冻。' })
  expect(refused({ title: '', detail: '' })).toEqual(words.refused)
})

test('N16: a busy city shows how long to wait', () => {
  const busy = (retryAfterSeconds?: number) =>
    failureText(serviceError('busy', requestId, 'x', { retryAfterSeconds }), words).text
  expect(busy(45)).toContain('45 秒')
  expect(busy(90)).toContain('2 分钟')
  expect(busy()).toBe(words.busy.text)
  expect(busy(0)).toBe(words.busy.text)
})
