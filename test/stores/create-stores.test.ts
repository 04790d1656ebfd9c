import { createStores } from '@/stores/create-stores'
import { hangzhou, sendJson, startCity } from '../support/city'
import { example } from '../support/contract-examples'
import { createPhone } from '../support/phone'

test('cities are asked in the language of the settings, at once and after a change', async () => {
  const city = await startCity((_, response) => sendJson(response, 200, example('Manifest')))
  const { services, storage } = createPhone({ addresses: { [hangzhou]: city.url } })
  const stores = createStores({ storage, services, hostLanguage: 'en_US' })
  await services.manifest.get(hangzhou)
  stores.settings.getState().change({ language: 'zh-CN' })
  await services.manifest.get(hangzhou)
  expect(city.received.map(({ headers }) => headers['accept-language'])).toEqual(['en', 'zh-CN'])
})
