import { createSession, nameIn } from '@/stores/session'
import { hangzhou, sendJson, startCity } from '../support/city'
import { example } from '../support/contract-examples'
import { createPhone, memoryStorage } from '../support/phone'

test('who the citizen is in a city is known after a call, and remembered by name only', async () => {
  const city = await startCity((_, response) => sendJson(response, 200, example('BillPage')))
  const { services, storage } = createPhone({ addresses: { [hangzhou]: city.url } })
  const store = createSession(storage, services.sessions)
  expect(nameIn(store.getState(), hangzhou)).toBeNull()
  await services.bills.list(hangzhou)
  expect(nameIn(store.getState(), hangzhou)).toBe('李*明')
  expect(storage.get('session')).toEqual({ version: 1, value: { [hangzhou]: '李*明' } })
  const next = createSession(storage, createPhone({ addresses: {} }).services.sessions)
  expect(nameIn(next.getState(), hangzhou)).toBe('李*明')
})

test('signing out forgets the name', async () => {
  const city = await startCity((_, response) => response.writeHead(204).end())
  const { services, storage } = createPhone({ addresses: { [hangzhou]: city.url } })
  const store = createSession(storage, services.sessions)
  await services.sessions.begin(hangzhou)
  await services.sessions.end(hangzhou)
  expect(store.getState().names).toEqual({})
  expect(storage.get('session')).toEqual({ version: 1, value: {} })
})

test('N8: a tampered memory of names is dropped', () => {
  const storage = memoryStorage()
  storage.set('session', { version: 1, value: { [hangzhou]: { name: 1 } } })
  expect(createSession(storage, createPhone({ addresses: {} }).services.sessions).getState().names).toEqual({})
})
