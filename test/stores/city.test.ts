import { createCity } from '@/stores/city'
import { cityId } from '../support/city'
import { memoryStorage } from '../support/phone'

const [hangzhou, chengdu, harbin] = [cityId('330100'), cityId('510100'), cityId('230100')]

test('no city is guessed: it is null until chosen', () => {
  expect(createCity(memoryStorage()).getState()).toMatchObject({ city: null, recents: [] })
})

test('cities chosen before are offered, the latest first, each once, without the present one', () => {
  const storage = memoryStorage()
  const { choose } = createCity(storage).getState()
  for (const city of [hangzhou, chengdu, hangzhou, harbin, chengdu]) choose(city)
  expect(createCity(storage).getState()).toMatchObject({ city: chengdu, recents: [harbin, hangzhou] })
})

test('choosing the same city again changes nothing', () => {
  const store = createCity(memoryStorage())
  store.getState().choose(hangzhou)
  store.getState().choose(hangzhou)
  expect(store.getState()).toMatchObject({ city: hangzhou, recents: [] })
})

test('recents do not grow without end', () => {
  const store = createCity(memoryStorage())
  for (let at = 10; at < 30; at += 1) store.getState().choose(cityId(`33${at}00`))
  expect(store.getState().recents).toHaveLength(6)
})

test('N8: a stored city that is no adcode counts as none', () => {
  const storage = memoryStorage()
  storage.set('city', { version: 1, value: { city: '../../etc', recents: [] } })
  expect(createCity(storage).getState().city).toBeNull()
})
