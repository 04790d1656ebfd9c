import { readContract } from '../../contract/check'
import { levelOfOperation } from '../../contract/wire/levels.gen'
import type { HallPage, Manifest } from '../../contract/wire/types.gen'
import type { Check } from '../check'

/** Calls without a body, one for each operation of a level, with an id that no city has. */
const callsOf = (wanted: (level: string) => boolean) =>
  Object.entries(readContract().paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId }]) => {
      if (operationId === undefined || !wanted(levelOfOperation[operationId] ?? '')) return []
      return [{ operationId, method: method.toUpperCase() as 'GET', path: path.replace(/{\w+}/g, 'kit-none') }]
    }),
  )

export const coreChecks: readonly Check[] = [
  {
    title: 'Looking around needs no session',
    profile: 'core',
    musts: ['open-levels'],
    async run({ ask, see }) {
      for (const { method, path } of callsOf((level) => level === 'anybody')) {
        if (method !== 'GET') continue
        const answer = await ask({ path })
        see('open-levels', answer.status !== 401 && answer.status !== 403, 'an answer without a session', answer)
      }
    },
  },
  {
    title: 'What is a citizen’s own needs a session, and a wrong one is none',
    profile: 'core',
    musts: ['account-levels'],
    async run({ ask, see }) {
      const own = callsOf((level) => level !== 'anybody')
      for (const { method, path } of own) {
        const answer = await ask({
          method,
          path,
          ...(method !== 'GET' && { body: {}, key: `kit-key-${path}`.slice(0, 60) }),
        })
        see('account-levels', answer.status === 401, '401 without a session', answer)
      }
      const answer = await ask({ path: '/accounts', token: 'kit.not-a-token' })
      see('account-levels', answer.status === 401, '401 with a token that the city did not give', answer)
    },
  },
  {
    title: 'A session ends when the citizen signs out, and by itself',
    profile: 'core',
    musts: ['sessions-end', 'short-sessions', 'codes-refused'],
    async run({ target, ask, see }) {
      const signedIn = await target.signIn(`kit-leaving-${Date.now()}`)
      see('sessions-end', signedIn.status === 201, '201 for a test citizen’s code', signedIn)
      const { token, expiresAt, serverTime } = signedIn.body
      const hours = (Date.parse(expiresAt) - Date.parse(serverTime)) / 3_600_000
      see('short-sessions', hours > 0 && hours <= 24, 'a token that ends within a day', signedIn, `${hours} hours`)
      const out = await ask({ method: 'DELETE', path: '/sessions/current', token })
      see('sessions-end', out.status === 204, '204', out)
      const after = await ask({ path: '/citizen', token })
      see('sessions-end', after.status === 401, '401 with the token that was signed out', after)
      const wrong = await ask({
        method: 'POST',
        path: '/sessions',
        body: { ...(signedIn.ask.body as object), code: 'bad-kit-code' },
      })
      see('codes-refused', wrong.status >= 400, 'no session for a code that the host did not give', wrong)
    },
  },
  {
    title: 'Texts come in the language of the request',
    profile: 'core',
    musts: ['languages'],
    async run({ ask, see }) {
      const [zh, en] = [
        await ask<Manifest>({ path: '/manifest', language: 'zh-CN' }),
        await ask<Manifest>({ path: '/manifest', language: 'en' }),
      ]
      see('languages', zh.body.name !== en.body.name, 'another name of the city in English', en, en.body.name)
      const [lost, perdu] = [
        await ask({ path: '/halls/kit-none', language: 'en' }),
        await ask({ path: '/halls/kit-none', language: 'zh-CN' }),
      ]
      see('languages', lost.problem?.title !== perdu.problem?.title, 'the title of a problem in both languages', lost)
    },
  },
  {
    title: 'What cannot be read is refused with its name',
    profile: 'core',
    musts: ['typed-nul', 'cursors'],
    async run({ ask, see }) {
      for (const typed of ['a%00b', 'a%EF%BF%BF']) {
        const nul = await ask({ path: `/halls?itemId=${typed}` })
        const isNamed = nul.problem?.fields?.some(({ field }) => field.endsWith('itemId'))
        see(
          'typed-nul',
          nul.status === 400 && nul.problem?.code === 'invalid-fields' && isNamed === true,
          '400 invalid-fields with the field',
          nul,
        )
      }
      for (const path of ['/halls', '/items']) {
        const lost = await ask({ path: `${path}?cursor=kit-no-cursor` })
        see('cursors', lost.status === 400 && lost.problem?.code === 'bad-request', '400 bad-request', lost)
      }
    },
  },
  {
    title: 'A member that the city does not know is ignored',
    profile: 'core',
    musts: ['unknown-members'],
    async run({ target, ask, see }) {
      const { host, code } = { host: 'preview', code: 'preview-kit-newer' }
      const usual = await target.signIn('kit-newer')
      if (usual.status !== 201) return see('unknown-members', false, '201 for a test citizen’s code', usual)
      const newer = await ask({
        method: 'POST',
        path: '/sessions',
        body: { ...(usual.ask.body as object), ofALaterVersion: { host, code } },
      })
      see('unknown-members', newer.status === 201, '201 with a member of a later version', newer)
      const halls = await ask<HallPage>({ path: '/halls?ofALaterVersion=1' })
      return see('unknown-members', halls.status === 200, '200 with a parameter of a later version', halls)
    },
  },
]
