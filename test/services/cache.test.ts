import { asId, type BillId } from '@/domain/ids'
import { createCache } from '@/services/cache'
import { cityId, failureOf, hangzhou, sendJson, startCity, startServer } from '../support/city'
import { example, session } from '../support/contract-examples'
import { createPhone, memoryStorage, noNetwork } from '../support/phone'

const chengdu = cityId('510100')
const asOf = '2026-11-23T10:00:00.000+08:00'

test('N2: without network the last good response is there, with its time', async () => {
  const now = new Date().toISOString()
  const city = await startCity((_, response) => sendJson(response, 200, example('Manifest', { serverTime: now })))
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  await phone.services.manifest.get(hangzhou)
  const { services } = createPhone({
    addresses: { [hangzhou]: city.url },
    storage: phone.storage,
    request: noNetwork,
  })
  expect((await failureOf(services.manifest.get(hangzhou))).kind).toBe('offline')
  const kept = services.manifest.cached(hangzhou)
  expect(kept?.value.billers).toHaveLength(2)
  expect(Math.abs(Date.parse(kept?.asOf ?? '') - Date.parse(now))).toBeLessThan(5_000)
})

test('a failed response leaves the last good one', async () => {
  const city = await startCity((_, response, times) =>
    sendJson(response, 200, times === 1 ? example('Manifest') : example('Manifest', { billers: 'none' })),
  )
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  await services.manifest.get(hangzhou)
  await failureOf(services.manifest.get(hangzhou))
  expect(services.manifest.cached(hangzhou)?.value.billers).toHaveLength(2)
})

test('a cached response belongs to one city, one request and one language', async () => {
  const city = await startCity((_, response) => sendJson(response, 200, example('BillPage')))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url, [chengdu]: city.url } })
  await services.bills.list(hangzhou, { due: true })
  expect(services.bills.cachedList(hangzhou, { due: true })?.value.items).toHaveLength(1)
  expect(services.bills.cachedList(hangzhou)).toBeNull()
  expect(services.bills.cachedList(chengdu, { due: true })).toBeNull()
  services.setLanguage('en')
  expect(services.bills.cachedList(hangzhou, { due: true })).toBeNull()
})

test('N8: a cached response that was tampered with is validated like a fresh one', async () => {
  const city = await startCity((_, response) => sendJson(response, 200, example('Bill')))
  const { services, storage } = createPhone({ addresses: { [hangzhou]: city.url } })
  const billId = asId<BillId>('b-1')
  await services.bills.get(hangzhou, billId)
  const key = storage.keys().find((name) => name.includes('/bills/b-1')) ?? ''
  const write = (wire: object, version: unknown = 1, at: unknown = asOf) =>
    storage.set(key, { version, wire, asOf: at })
  write(example('Bill'))
  expect(services.bills.cached(hangzhou, billId)).not.toBeNull()
  write(example('Bill', { amountFen: 1.5 }))
  expect(services.bills.cached(hangzhou, billId)).toBeNull()
  write(example('Bill', { cityId: '510100' }))
  expect(services.bills.cached(hangzhou, billId)).toBeNull()
  write(example('Bill'), 0)
  expect(services.bills.cached(hangzhou, billId)).toBeNull()
  write(example('Bill'), 1, 'yesterday')
  expect(services.bills.cached(hangzhou, billId)).toBeNull()
  storage.texts.set(key, '{"version":1,')
  expect(services.bills.cached(hangzhou, billId)).toBeNull()
})

test('another citizen on the same phone never sees the first one’s responses', async () => {
  let citizenId = '1'
  const city = await startServer((request, response) => {
    if (request.path === '/sessions') return sendJson(response, 201, session('t', { citizenId }))
    sendJson(response, 200, request.path === '/manifest' ? example('Manifest') : example('BillPage'))
  })
  const first = createPhone({ addresses: { [hangzhou]: city.url } })
  await first.services.bills.list(hangzhou)
  await first.services.manifest.get(hangzhou)
  const again = createPhone({ addresses: { [hangzhou]: city.url }, storage: first.storage })
  await again.services.sessions.begin(hangzhou)
  expect(again.services.bills.cachedList(hangzhou)).not.toBeNull()
  citizenId = '2'
  const second = createPhone({ addresses: { [hangzhou]: city.url }, storage: first.storage })
  await second.services.sessions.begin(hangzhou)
  expect(second.services.bills.cachedList(hangzhou)).toBeNull()
  expect(second.services.manifest.cached(hangzhou)).not.toBeNull()
})

test('signing out deletes the citizen’s own responses', async () => {
  const city = await startCity((request, response) =>
    request.method === 'DELETE' ? response.writeHead(204).end() : sendJson(response, 200, example('BillPage')),
  )
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  await services.bills.list(hangzhou)
  await services.sessions.end(hangzhou)
  expect(services.bills.cachedList(hangzhou)).toBeNull()
})

test('N10: a full storage makes room by itself, oldest first, and never breaks a call', () => {
  const storage = memoryStorage(2_000)
  const kept = createCache(storage)
  const name = (target: string) => ({ city: hangzhou, of: 'own', language: 'en', target }) as const
  for (let at = 10; at < 40; at += 1) {
    kept.put(name(`/bills/${at}`), 'x'.repeat(200), `2026-11-23T10:${at}:00.000+08:00`)
  }
  expect(kept.get(name('/bills/39'))).not.toBeNull()
  expect(kept.get(name('/bills/10'))).toBeNull()
  kept.put(name('/huge'), 'x'.repeat(5_000), asOf)
  expect(kept.get(name('/huge'))).toBeNull()
})

test('a response that does not fit deletes the older one, which would pass for the latest', () => {
  const storage = memoryStorage(1_000)
  const kept = createCache(storage)
  const name = (target: string) => ({ city: hangzhou, of: 'own', language: 'en', target }) as const
  for (const at of [1, 2, 3, 4, 5]) kept.put(name(`/bills/${at}`), 'small', `2026-11-23T10:0${at}:00.000+08:00`)
  kept.put(name('/bills/5'), 'x'.repeat(5_000), asOf)
  expect(kept.get(name('/bills/5'))).toBeNull()
  expect(kept.get(name('/bills/4'))).not.toBeNull()
})

test('the cache has a limit', () => {
  const storage = memoryStorage()
  const kept = createCache(storage)
  for (let at = 0; at < 300; at += 1) {
    kept.put({ city: hangzhou, of: 'city', language: 'en', target: `/halls/${at}` }, at, asOf)
  }
  expect(storage.keys().length).toBeLessThanOrEqual(60)
})

test('a cached payment can only be read as possibly stale', async () => {
  const city = await startCity((_, response) => sendJson(response, 200, example('Payment')))
  const { services, storage } = createPhone({ addresses: { [hangzhou]: city.url } })
  await services.payments.get(hangzhou, asId('p-1'))
  expect(storage.keys().some((key) => key.includes('/payments/'))).toBe(false)
})

test('the text of a decision is not cached, only that there is one', async () => {
  const decision = { number: '330106190012347', text: '罚款 200 元', decidedOn: '2026-11-18', confirmed: false }
  const fine = { ...example('Bill'), kind: 'fine', decision }
  const city = await startCity((request, response) =>
    sendJson(response, 200, request.path.startsWith('/bills?') ? example('BillPage', { items: [fine] }) : fine),
  )
  const { services, storage } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect((await services.bills.list(hangzhou, { due: true })).items[0]?.decision?.text).toBe(decision.text)
  expect((await services.bills.get(hangzhou, asId<BillId>('b-1'))).decision?.text).toBe(decision.text)
  const kept = [
    services.bills.cached(hangzhou, asId<BillId>('b-1'))?.value,
    services.bills.cachedList(hangzhou, { due: true })?.value.items[0],
  ]
  expect(kept.map((bill) => bill?.decision)).toEqual([
    { ...decision, text: '' },
    { ...decision, text: '' },
  ])
  expect(JSON.stringify(storage.keys().map((key) => storage.get(key)))).not.toContain(decision.text)
})
