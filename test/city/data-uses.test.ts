import type { Account, DataUsePage, Problem, Report } from '../../contract/wire/types.gen'
import { citizenOf, freeDays, newKey, slotsOf, startBooking } from '../support/booking'
import { electricity, signIn } from '../support/citizen'

let base: string
let sandbox: Awaited<ReturnType<typeof startBooking>>['sandbox']
let close: () => Promise<void>
beforeAll(async () => {
  ;({ sandbox, base, close } = await startBooking(new Date('2026-11-23T10:00:00+08:00'), { demo: true }))
}, 60_000)
afterAll(() => close())

const readAll = async (get: Awaited<ReturnType<typeof signIn>>['get'], query = '') => {
  const pages: DataUsePage[] = []
  let cursor: string | undefined
  do {
    const at = [query, cursor && `cursor=${cursor}`].filter(Boolean).join('&')
    const page = (await get<DataUsePage>(`/citizen/data-uses${at ? `?${at}` : ''}`)).body
    pages.push(page)
    cursor = page.next
  } while (cursor !== undefined)
  return { pages, items: pages.flatMap(({ items }) => items) }
}

test('each use says whose it was, what for and when; the list is filtered by either', async () => {
  const citizen = await signIn(base, 'used')
  const booker = await citizenOf(base, 'used')
  await citizen.billsOf('hz-electricity', electricity.oneDue)
  const days = await freeDays(base)
  const slots = await slotsOf(base, days[3] ?? '')
  const hold = await booker.hold(slots.find(({ free }) => free > 0)?.id ?? '')
  expect((await booker.confirm(hold.body.id)).status).toBe(201)
  await citizen.get('/citizen/data')
  const { pages, items } = await readAll(citizen.get)
  expect(items.slice(0, 3).map(({ by, purpose, text }) => [by, purpose, text])).toEqual([
    ['本人', 'copy', '下载个人信息副本'],
    ['杭州市民中心办事大厅', 'visit', '核对预约人：居民身份证换领'],
    ['国网杭州供电公司', 'bills', '查询账单'],
  ])
  const offices = pages[0]?.offices ?? []
  expect(offices.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['本人', '国网杭州供电公司', '杭州市民中心办事大厅']),
  )
  expect([...(pages[0]?.purposes ?? [])].sort()).toEqual(['bills', 'copy', 'visit'])
  const hallOnly = await readAll(citizen.get, `office=${encodeURIComponent('杭州市民中心办事大厅')}`)
  expect(new Set(hallOnly.items.map(({ purpose }) => purpose))).toEqual(new Set(['visit']))
  expect(hallOnly.pages[0]?.offices).toEqual(offices)
  const copies = await readAll(citizen.get, 'purpose=copy')
  expect(copies.items.map(({ purpose }) => purpose)).toEqual(['copy'])
  const english = (await citizen.get<DataUsePage>('/citizen/data-uses?purpose=bills', 'en')).body
  expect(english.items[0]?.text).toBe('Bills looked up')
  expect((await citizen.get<Problem>('/citizen/data-uses?purpose=everything')).status).toBe(400)
})

test('hundreds of uses are read page by page, none missing and none twice, while new ones come', async () => {
  const citizen = await signIn(base, 'often')
  const rows = Array.from({ length: 105 }, (_, index) => ({
    ...{ city_id: '330100', citizen_id: citizen.citizenId, id: `u-often-${String(index).padStart(3, '0')}` },
    // Several in one moment.
    at: new Date(Date.UTC(2026, 10, 20, 0, Math.floor(index / 3))),
    by_whom: JSON.stringify({ zh: '杭州水务', en: 'Hangzhou Water' }),
    purpose: JSON.stringify({ zh: '查询账单', en: 'Bills looked up' }),
    kind: 'bills' as const,
  }))
  await sandbox.world.database.db.insertInto('data_uses').values(rows).execute()
  const first = (await citizen.get<DataUsePage>('/citizen/data-uses?purpose=bills')).body
  await citizen.billsOf('hz-electricity', electricity.overdue)
  const rest = await readAll(citizen.get, 'purpose=bills')
  const ids = rest.items.map(({ id }) => id).filter((id) => id.startsWith('u-often'))
  expect([ids.length, new Set(ids).size]).toEqual([105, 105])
  const second = (await citizen.get<DataUsePage>(`/citizen/data-uses?purpose=bills&cursor=${first.next}`)).body
  expect(second.items.map(({ id }) => id)).not.toContain(first.items[19]?.id)
  const isLater = rest.items.every(({ at }, index) => index === 0 || at <= (rest.items[index - 1]?.at ?? ''))
  expect(isLater).toBe(true)
})

test('who acts for somebody stands in that person’s list by name, and in nobody else’s', async () => {
  const acting = await citizenOf(base, 'acting')
  const { grants } = (await acting.get<{ grants: { citizenId: string }[] }>('/citizen')).body
  const forCitizenId = grants[0]?.citizenId
  const itemId = 'household-transfer'
  const slots = await slotsOf(base, (await freeDays(base, itemId))[4] ?? '', itemId)
  const hold = await acting.hold(slots.find(({ free }) => free > 1)?.id ?? '', { itemId })
  const visit = await acting.send<Problem>('/appointments', { holdId: hold.body.id, forCitizenId, visitor: {} })
  expect(visit.status).toBe(201)
  const rows = await sandbox.world.database.db
    .selectFrom('data_uses')
    .selectAll()
    .where('kind', '=', 'acting')
    .execute()
  expect(rows.map(({ citizen_id }) => citizen_id)).toEqual([forCitizenId])
  expect(rows[0]?.by_whom.zh).toMatch(/^.\*+.?（代您办理）$/)
  expect(rows[0]?.purpose.zh).toBe('预约：户口迁入登记（杭州市民中心办事大厅）')
  const own = await readAll(acting.get, 'purpose=acting')
  expect(own.items).toEqual([])
})

test('a use that is not recognised is reported; one of somebody else is not there', async () => {
  const citizen = await signIn(base, 'reporting')
  const account: Account = await citizen.bind('hz-electricity', electricity.fresh)
  await citizen.get(`/accounts/${account.id}/lookup`)
  const use = (await readAll(citizen.get)).items[0]
  const about = { kind: 'data-use', id: use?.id }
  const report = { about, reason: 'unknown-use', text: '这次使用不是我本人办理的' }
  expect((await citizen.send<Report>('/reports', report, newKey())).body).toMatchObject({
    about,
    reason: 'unknown-use',
  })
  const other = await signIn(base, 'somebody')
  expect((await other.send<Problem>('/reports', report, newKey())).problem?.code).toBe('not-found')
})
