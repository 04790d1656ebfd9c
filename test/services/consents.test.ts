import type { ConsentText } from '@/domain/consent'
import { asId } from '@/domain/ids'
import type { ConsentNeed } from '@/services/consent-call'
import { failureOf, hangzhou, sendJson, startCity } from '../support/city'
import { example, problem } from '../support/contract-examples'
import { createPhone } from '../support/phone'

const text = (version: number): ConsentText => ({
  ...{ consent: 'document-number', version, title: '使用证件号码', purpose: '核对来人', text: '只用于核对。' },
  ...{ without: '可以到大厅现场办理。', sensitive: true },
})
const needed = (version: number) =>
  problem(403, 'consent-needed', { consent: text(version), consentStands: 'not-given', detail: '可以到大厅现场办理。' })

/** A city that wants a consent until one is given to this version, which it raises `later`. */
async function demandingCity({ later = 1, never = false } = {}) {
  let given = 0
  const city = await startCity((request, response) => {
    if (request.path.startsWith('/citizen/consents/')) {
      const body = JSON.parse(request.body) as { version: number }
      if (body.version !== later)
        return sendJson(response, 409, problem(409, 'consent-text-changed', { consent: text(later) }))
      given = body.version
      return response.writeHead(204).end()
    }
    if (never || given < 1) return sendJson(response, 403, needed(1))
    sendJson(response, 201, example('Appointment'))
  })
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const needs: ConsentNeed[] = []
  const answerWith = (answer: boolean) =>
    services.onConsentNeeded(async (_, need) => {
      needs.push(need)
      return answer
    })
  const key = services.newIdempotencyKey()
  const confirm = () => services.appointments.confirm(hangzhou, asId('h-1'), {}, key)
  return { city, services, needs, answerWith, confirm, key }
}

test('N20: the citizen is asked there and then, and the very same call goes out again', async () => {
  const { city, needs, answerWith, confirm, key } = await demandingCity()
  answerWith(true)
  expect((await confirm()).state).toBe('confirmed')
  expect(needs).toEqual([{ text: text(1), reason: 'not-given' }])
  const sent = city.requestsTo('/appointments')
  expect(sent.map(({ headers }) => headers['idempotency-key'])).toEqual([key, key])
  expect(new Set(sent.map(({ body }) => body)).size).toBe(1)
  expect(sent[0]?.headers['can-ask']).toBe('consents')
})

test('N20: who does not agree is told the way without, and nothing is given', async () => {
  const { city, answerWith, confirm } = await demandingCity()
  answerWith(false)
  expect(await failureOf(confirm())).toMatchObject({ kind: 'refused', detail: '可以到大厅现场办理。' })
  expect(city.requestsTo('/citizen/consents/document-number')).toEqual([])
  expect(city.requestsTo('/appointments')).toHaveLength(1)
})

test('N20: a text that changes while it is read is shown anew before anything is agreed to', async () => {
  const { needs, answerWith, confirm } = await demandingCity({ later: 2 })
  answerWith(true)
  await confirm()
  expect(needs.map(({ text, reason }) => [text.version, reason])).toEqual([
    [1, 'not-given'],
    [2, 'new-text'],
  ])
})

test('N20: a consent that is withdrawn again and again elsewhere is asked for twice, then the refusal is shown', async () => {
  const { needs, answerWith, confirm } = await demandingCity({ never: true })
  answerWith(true)
  expect((await failureOf(confirm())).code).toBe('consent-needed')
  expect(needs).toHaveLength(2)
})

test('N11: a purpose that this version does not know is not asked for: the city’s words are shown', async () => {
  const city = await startCity((_, response) =>
    sendJson(response, 403, problem(403, 'consent-needed', { consent: { ...text(1), consent: 'fingerprint' } })),
  )
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  let asked = 0
  services.onConsentNeeded(async () => {
    asked += 1
    return true
  })
  const call = services.appointments.confirm(hangzhou, asId('h-1'), {}, services.newIdempotencyKey())
  expect((await failureOf(call)).code).toBe('consent-needed')
  expect(asked).toBe(0)
})
