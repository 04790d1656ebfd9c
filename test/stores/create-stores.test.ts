import { asId, type BillId, type IdempotencyKey } from '@/domain/ids'
import { createStores } from '@/stores/create-stores'
import { hangzhou, sendJson, startCity } from '../support/city'
import { example } from '../support/contract-examples'
import { createPhone } from '../support/phone'

test('requests are in the language of the settings, at once and after a change', async () => {
  const city = await startCity((_, response) => sendJson(response, 200, example('Manifest')))
  const { services, storage } = createPhone({ addresses: { [hangzhou]: city.url } })
  const stores = createStores({ storage, services, hostLanguage: 'en_US' })
  await services.manifest.get(hangzhou)
  stores.settings.getState().change({ language: 'zh-CN' })
  await services.manifest.get(hangzhou)
  expect(city.requests.map(({ headers }) => headers['accept-language'])).toEqual(['en', 'zh-CN'])
})

test('N17: clearing the phone leaves nothing in storage but the open payments', async () => {
  const city = await startCity((request, response) =>
    sendJson(response, 200, example(request.path === '/manifest' ? 'Manifest' : 'BillPage')),
  )
  const { services, storage } = createPhone({ addresses: { [hangzhou]: city.url } })
  const stores = createStores({ storage, services, hostLanguage: 'zh_CN' })
  for (const due of [true, false, undefined]) await services.bills.list(hangzhou, { due })
  await services.manifest.get(hangzhou)
  stores.city.getState().choose(hangzhou)
  stores.settings.getState().change({ textSize: 'elder', theme: 'dark' })
  for (const key of ['ticks', 'privacy', 'of a later version']) storage.set(key, { version: 9, value: 1 })
  const intent = {
    cityId: hangzhou,
    bills: [{ billId: asId<BillId>('b-1'), version: 1 }],
    amountFen: 100,
    createdAt: '2026-11-23T10:00:00+08:00',
  }
  const [open, ended] = ['key-0000000000000001', 'key-0000000000000002'].map(asId<IdempotencyKey>)
  stores.journal.getState().write({ ...intent, key: open as IdempotencyKey })
  stores.journal.getState().write({ ...intent, key: ended as IdempotencyKey, endedAt: intent.createdAt })
  expect(storage.keys().length).toBeGreaterThan(9)

  stores.clear()
  expect(storage.keys()).toEqual(['journal'])
  const again = createStores({ storage, services, hostLanguage: 'zh_CN' })
  for (const { settings, city, session, journal } of [stores, again]) {
    expect(settings.getState()).toMatchObject({ textSize: 'normal', theme: 'system' })
    expect([city.getState().city, city.getState().recents, session.getState().names]).toEqual([null, [], {}])
    expect(journal.getState().intents.map(({ key }) => key)).toEqual([open])
  }
})
