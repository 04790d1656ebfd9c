import { type Grant, grantEnds, groupGrants, mayDo, toggleThing } from '@/domain/family'
import { asId, type GrantId } from '@/domain/ids'
import { readInvitationCode, spokenInvitationCode } from '@/domain/invitation-code'
import type { Day, Instant } from '@/domain/time'

const grant = (more: Partial<Grant>): Grant => ({
  ...{ id: asId<GrantId>('fg-1'), role: 'actor', state: 'active', version: 1, things: ['bills'] },
  ...{ endsOn: '2027-11-23' as Day, createdAt: '2026-11-23T10:00:00+08:00' as Instant },
  ...more,
})

test('only bills that are seen are paid', () => {
  expect(toggleThing([], 'pay')).toEqual(['bills', 'pay'])
  expect(toggleThing(['bills', 'pay', 'book'], 'bills')).toEqual(['book'])
  expect(toggleThing(['bills', 'pay'], 'pay')).toEqual(['bills'])
  expect(toggleThing(['book'], 'bills')).toEqual(['bills', 'book'])
})

test('a grant always ends, and never later than the city lets it', () => {
  const today = '2026-11-23' as Day
  expect(grantEnds(today, 400)).toEqual(['2027-02-22', '2027-05-24', '2027-11-23'])
})

test('what is open or ended, given or unknown allows nothing', () => {
  expect(mayDo(grant({}), 'bills')).toBe(true)
  for (const other of [
    grant({ state: 'ended' }),
    grant({ state: 'open' }),
    grant({ role: 'giver' }),
    grant({ things: ['unlisted'] }),
  ])
    expect(mayDo(other, 'bills')).toBe(false)
  const groups = groupGrants([
    grant({}),
    grant({ role: 'giver' }),
    grant({ state: 'open' }),
    grant({ state: 'unlisted' }),
  ])
  expect([groups.received.length, groups.given.length, groups.open.length, groups.ended.length]).toEqual([1, 1, 1, 0])
})

test('a code is eight letters and digits, however it is typed; a link with anything else is bad', () => {
  expect(readInvitationCode(' k7m2-p4qx ')).toBe('K7M2P4QX')
  for (const text of ['K7M2P4Q', 'K7M2P4QXX', 'K7M2P4Q/', '邀请码邀请码邀请', '', undefined, 12345678])
    expect(readInvitationCode(text)).toBeNull()
  expect(spokenInvitationCode('K7M2P4QX')).toBe('K7M2 P4QX')
})
