import { screen, waitFor } from '@testing-library/react'
import type { Grant } from '@/domain/family'
import GrantPage from '@/pages/family/grant'
import InvitePage from '@/pages/family/invite'
import FamilyPage from '@/pages/family/list'
import ThingsPage from '@/pages/family/things'
import { services } from '@/services'
import { familyOf } from '@/services/family'
import { familyThingsOf } from '@/services/family-things'
import { verificationsOf } from '@/services/verifications'
import { family as texts } from '@/text/family'
import type { TestSandbox } from '../../support/sandbox'
import { button, city, hasButton, newCitizen, open, sees, stage, startCity, tap } from '../stage'

jest.setTimeout(90_000)

const t = texts['zh-CN']
let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startCity()
  services.onConsentNeeded(async () => true)
}, 60_000)
afterAll(() => sandbox.close())
beforeEach(async () => {
  await newCitizen()
  const person = { level: 'real-name', name: '李小明', idNumber: '11010519491231002X' } as const
  const { verification } = await services.of(verificationsOf).begin(city, person)
  await sandbox.control('POST', '/verify', { act: 'pass' })
  await services.of(verificationsOf).get(city, verification.id)
})

const invite = (): Promise<Grant> =>
  services
    .of(familyOf)
    .invite(city, { role: 'actor', things: ['bills', 'pay'], endsOn: '2027-11-23' }, services.newIdempotencyKey())
const atCounter = ({ code }: Grant) => sandbox.control('POST', '/counter', { code })

test('nobody yet says what to do; an invitation is made only when everything is chosen', async () => {
  const page = open(FamilyPage, { city })
  await sees(t.none)
  page.unmount()
  open(InvitePage, { city })
  const make = await button(t.make)
  expect(make.getAttribute('aria-disabled')).toBe('true')
})

test('an open invitation shows its code, a relative at the counter accepts it, and their bills stand with name and home', async () => {
  const asked = await invite()
  const page = open(GrantPage, { city, grant: asked.id })
  await sees(`${asked.code?.slice(0, 4)} ${asked.code?.slice(4)}`)
  await sees(t.codeCounter)
  page.unmount()
  await atCounter(asked)
  const { items } = await services.of(familyThingsOf).bills(city, asked.id)
  expect(items.length).toBeGreaterThan(0)
  const grant = await services.of(familyOf).get(city, asked.id)
  open(ThingsPage, { city })
  for (const bill of items) {
    await screen.findAllByText(`${grant.maskedName} · ${bill.title}`, undefined, { timeout: 20_000 })
    expect(document.body.textContent).toContain(bill.accountLabel)
  }
})

test('ended with two taps, it is over at once and stays to be read', async () => {
  const asked = await invite()
  await atCounter(asked)
  open(GrantPage, { city, grant: asked.id })
  await tap(button(t.end))
  await tap(button(t.endYes))
  await sees(t.why.actor)
  await waitFor(() => expect(hasButton(t.end)).toBe(false))
  await expect(services.of(familyThingsOf).bills(city, asked.id)).rejects.toMatchObject({ code: 'grant-ended' })
  expect(stage.opened('redirectTo')).toEqual([])
})
