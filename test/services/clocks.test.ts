import { instantOf } from '@/domain/time'
import { hallsOf } from '@/services/halls'
import { type Holds, holdsOf } from '@/services/holds'
import { cityId, hangzhou, sendJson, startCity } from '../support/city'
import { example } from '../support/contract-examples'
import { createPhone } from '../support/phone'

const year = 365 * 86_400_000
const near = (ms: number, otherMs: number, withinMs: number) => Math.abs(ms - otherMs) <= withinMs

test.each([
  ['9 minutes fast', 540_000],
  ['9 minutes slow', -540_000],
  ['a year fast', year],
  ['a year slow', -year],
])('N5: with a phone %s the city’s now is still right', async (_, wrongByMs) => {
  const city = await startCity((_asked, response) =>
    sendJson(response, 200, example('Manifest', { serverTime: instantOf(Date.now()) })),
  )
  const { services } = createPhone({ addresses: { [hangzhou]: city.url }, wrongByMs })
  await services.manifest.get(hangzhou)
  expect(near(services.serverNow(hangzhou), Date.now(), 5_000)).toBe(true)
})

test('N5: half of the round trip counts', async () => {
  const city = await startCity((_, response) => {
    const manifest = example('Manifest', { serverTime: instantOf(Date.now()) })
    setTimeout(() => sendJson(response, 200, manifest), 300)
  })
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  await services.manifest.get(hangzhou)
  const wrongByMs = services.serverNow(hangzhou) - Date.now()
  // Half of the 300 ms on the way back is taken for the way there: within the uncertainty that the clock states.
  expect(Math.abs(wrongByMs)).toBeLessThanOrEqual(services.clock(hangzhou).uncertaintyMs + 1)
  expect(services.clock(hangzhou).uncertaintyMs).toBeGreaterThanOrEqual(150)
})

test('N5: a change of the phone’s clock in between is noticed', async () => {
  const city = await startCity((_, response) =>
    sendJson(response, 200, example('Manifest', { serverTime: instantOf(Date.now()) })),
  )
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  await phone.services.manifest.get(hangzhou)
  phone.setForward(3_600_000)
  await phone.services.manifest.get(hangzhou)
  expect(near(phone.services.serverNow(hangzhou), Date.now(), 5_000)).toBe(true)
})

test('the Date header of an error sets the clock when nothing more exact has', async () => {
  const city = await startCity((_, response) => response.writeHead(404).end())
  const { services } = createPhone({ addresses: { [hangzhou]: city.url }, wrongByMs: year })
  expect(services.clock(hangzhou).uncertaintyMs).toBe(Number.POSITIVE_INFINITY)
  await services
    .of(hallsOf)
    .list(hangzhou)
    .catch(() => {})
  expect(near(services.serverNow(hangzhou), Date.now(), 5_000)).toBe(true)
})

test('a repeated first response with its old time does not turn the clock back', async () => {
  const hold = example('Hold', { serverTime: instantOf(Date.now() - 240_000) })
  const city = await startCity((request, response) =>
    request.path === '/holds'
      ? sendJson(response, 201, hold)
      : sendJson(response, 200, example('Manifest', { serverTime: instantOf(Date.now()) })),
  )
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  await services.manifest.get(hangzhou)
  const order = { slotId: 's-1', itemId: 'i-1' } as Parameters<Holds['create']>[1]
  await services.of(holdsOf).create(hangzhou, order, services.newIdempotencyKey())
  expect(near(services.serverNow(hangzhou), Date.now(), 5_000)).toBe(true)
})

test('each city has its own clock', async () => {
  const city = await startCity((_, response) =>
    sendJson(response, 200, example('Manifest', { serverTime: instantOf(Date.now() + 60_000) })),
  )
  const chengdu = cityId('510100')
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  await services.manifest.get(hangzhou)
  expect(near(services.serverNow(hangzhou), Date.now() + 60_000, 5_000)).toBe(true)
  expect(near(services.serverNow(chengdu), Date.now(), 5_000)).toBe(true)
})
