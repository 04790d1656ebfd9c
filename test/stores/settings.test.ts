import { createSettings } from '@/stores/settings'
import { memoryStorage } from '../support/phone'

test('the first language is the host’s: English for English, Chinese for everything else', () => {
  const first = (hostLanguage: string) => createSettings(memoryStorage(), hostLanguage).getState().language
  expect(['en', 'en_US', 'EN-GB'].map(first)).toEqual(['en', 'en', 'en'])
  expect(['zh_CN', 'zh-Hans', 'zh_TW', '', 'fr'].map(first)).toEqual(['zh-CN', 'zh-CN', 'zh-CN', 'zh-CN', 'zh-CN'])
})

test('what the citizen chose is there at the next launch', () => {
  const storage = memoryStorage()
  createSettings(storage, 'zh_CN').getState().change({ textSize: 'elder', language: 'en' })
  createSettings(storage, 'zh_CN').getState().change({ contrast: true })
  expect(createSettings(storage, 'zh_CN').getState()).toMatchObject({
    textSize: 'elder',
    theme: 'system',
    contrast: true,
    language: 'en',
  })
})

test.each([
  ['no JSON', '{"version":1,"val'],
  ['a bare value', '"elder"'],
  ['null', 'null'],
  ['a list', '[1,2]'],
  [
    'a version of the past',
    '{"version":0,"value":{"textSize":"elder","theme":"dark","contrast":true,"language":"en"}}',
  ],
])('N8: storage with %s is dropped, and the app starts as new', (_, text) => {
  const storage = memoryStorage()
  storage.texts.set('settings', text)
  expect(createSettings(storage, 'zh_CN').getState()).toMatchObject({
    textSize: 'normal',
    theme: 'system',
    language: 'zh-CN',
  })
})

test('N10: with a full storage the choice holds until the app ends', () => {
  const settings = createSettings(memoryStorage(0), 'zh_CN')
  settings.getState().change({ theme: 'dark' })
  expect(settings.getState().theme).toBe('dark')
})

test('N12: a choice that this version does not know costs itself only, and stays when another one is changed', () => {
  const storage = memoryStorage()
  const value = { textSize: 'elder', theme: 'sepia', contrast: true, language: 'yue', fontFamily: 'song' }
  storage.set('settings', { version: 1, value })
  const settings = createSettings(storage, 'zh_CN')
  expect(settings.getState()).toMatchObject({ textSize: 'elder', theme: 'system', contrast: true, language: 'zh-CN' })
  settings.getState().change({ contrast: false })
  expect(storage.get('settings')).toEqual({ version: 1, value: { ...value, contrast: false } })
  settings.getState().change({ theme: 'dark' })
  expect(createSettings(storage, 'zh_CN').getState()).toMatchObject({ textSize: 'elder', theme: 'dark' })
})

test('N12: settings of a newer version are read as far as they go and never written over', () => {
  const storage = memoryStorage()
  const newer = { version: 9, value: { textSize: 'elder', theme: 'dark', contrast: true, language: 'en', more: {} } }
  storage.set('settings', newer)
  expect(createSettings(storage, 'zh_CN').getState()).toMatchObject({
    textSize: 'elder',
    theme: 'dark',
    language: 'en',
  })
  createSettings(storage, 'zh_CN').getState().change({ textSize: 'normal' })
  expect(storage.get('settings')).toEqual(newer)
  expect(createSettings(storage, 'zh_CN').getState()).toMatchObject({ textSize: 'normal', theme: 'dark' })
})
