import type { Hold, SlotDays, SlotList, Visitor } from '../../contract/wire/types.gen'
import { signIn } from '../support/citizen'
import { openRows } from '../support/rows'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

const hall = '9007199254741101'
let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox({ startAt: '2026-11-23T10:00:00+08:00' })
}, 60_000)
afterAll(() => sandbox.close())

/** Confirms a free place of an item in Chengdu; gives what the city says of the visitor's fields. */
async function confirm(who: string, itemId: string, visitor: Visitor) {
  const citizen = await signIn(sandbox.city('510100'), who)
  const at = `hallId=${hall}&itemId=${itemId}`
  const { days } = (await citizen.get<SlotDays>(`/slot-days?${at}`)).body
  const day = days.find(({ status }) => status === 'free')?.day
  const { slots } = (await citizen.get<SlotList>(`/slots?${at}&day=${day}`)).body
  const slotId = slots.find(({ free }) => free > 0)?.id
  const hold = await citizen.send<Hold>('/holds', { slotId, itemId })
  const answer = await citizen.send('/appointments', { holdId: hold.body.id, visitor }, undefined)
  return {
    status: answer.status,
    field: answer.problem?.fields?.[0]?.field,
    message: answer.problem?.fields?.[0]?.problem,
  }
}
const person = { name: '陈嘉欣', phone: '+852 9123 4567' }

test('N14: a visitor without a mainland ID card books with another document, typed as people type', async () => {
  const visitor = { ...person, documentKind: 'hk-macao-permit', documentNumber: ' h-1234 5678 ' } as const
  expect(await confirm('permit', 'newborn-registration', visitor)).toMatchObject({ status: 201 })
  const { db, close } = await openRows(sandbox)
  const rows = await db.selectFrom('appointments').select('visitor').execute()
  await close()
  expect(rows.map((row) => row.visitor)).toEqual([
    { name: '陈嘉欣', phone: '+85291234567', documentKind: 'hk-macao-permit', documentNumber: 'H******78' },
  ])
})

test('N14: an older app sends an ID card as it always did, lower-case x included', async () => {
  const visitor = { name: '李小明', phone: '13800000001', idNumber: '11010519491231002x' }
  expect(await confirm('older', 'id-card-renewal', visitor)).toMatchObject({ status: 201 })
})

test('N14: what is no such document, or is not taken for this, is refused in the field’s own words', async () => {
  const refused = async (itemId: string, visitor: Visitor) => {
    const { status, field, message } = await confirm('refused', itemId, visitor)
    return [status, field, message]
  }
  const renewal = 'id-card-renewal'
  expect(await refused(renewal, { ...person, idNumber: '110105194912310021' })).toEqual([
    ...[400, 'visitor.idNumber', '号码有误，请逐位核对'],
  ])
  expect(await refused(renewal, { ...person, idNumber: '330102199002291234' })).toEqual([
    ...[400, 'visitor.idNumber', '号码中的出生日期不正确，请核对'],
  ])
  expect(await refused(renewal, { ...person, idNumber: '110105491231002' })).toEqual([
    ...[400, 'visitor.idNumber', '15 位身份证号已停用，请填写新证上的 18 位号码'],
  ])
  expect(await refused(renewal, { ...person, documentKind: 'passport', documentNumber: 'E12345678' })).toEqual([
    ...[400, 'visitor.documentKind', '这里不能用这种证件办理，请换一种'],
  ])
  expect(
    await refused('newborn-registration', { ...person, documentKind: 'taiwan-permit', documentNumber: 'T1' }),
  ).toEqual([...[400, 'visitor.documentNumber', '通行证号应为 8 位数字']])
  expect((await refused(renewal, { ...person, phone: '12345', idNumber: '11010519491231002X' }))[1]).toBe(
    'visitor.phone',
  )
  expect((await refused(renewal, { ...person, name: '\u3164\u200b', idNumber: '11010519491231002X' }))[1]).toBe(
    'visitor.name',
  )
})
