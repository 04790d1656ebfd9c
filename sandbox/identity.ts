import type { Database } from '../city/database/database'
import type { Identity } from '../city/ports'
import type { SandboxClock } from './clock'
import { bindDemoAccounts, bookDemoVisit } from './demo'
import { nameOf, phoneOf } from './seed/people'
import { own } from './tables'

type Parts = {
  database: Database
  clock: SandboxClock
  demo: boolean
  verifier: Pick<Identity, 'beginVerification' | 'queryVerification'>
}

/**
 * The hosts' sign-in, by what a code says:
 * - preview: `preview-<who>`, the same citizen each time
 * - wechat, alipay: `wx-<who>-<nonce>`, `ali-<who>-<nonce>`, single use as the vendors' codes are
 * - any other code of WeChat or Alipay, as the vendors' devtools make them: one developer for each host
 * - a code that begins with `bad` is refused everywhere
 *
 * With `demo` a new citizen finds accounts bound and a visit booked.
 */
export function createIdentity({ database, clock, demo, verifier }: Parts): Identity {
  const personOf = (subject: string) => ({ subject, name: nameOf(subject), phone: phoneOf(subject) })
  return {
    ...verifier,
    async signIn({ cityId, host, code }) {
      if (code.startsWith('bad')) return null
      if (host === 'preview') {
        const who = /^preview-(.+)$/.exec(code)?.[1]
        return who === undefined ? null : personOf(`preview/${who}`)
      }
      const who = (host === 'wechat' ? /^wx-(.+)-[^-]+$/ : /^ali-(.+)-[^-]+$/).exec(code)?.[1]
      if (who === undefined) return personOf(`${host}/developer`)
      const used = await own(database.db)
        .insertInto('used_codes')
        .values({ city_id: cityId, code })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return used.numInsertedOrUpdatedRows ? personOf(`${host}/${who}`) : null
    },
    async welcome(db, city, citizenId) {
      if (!demo) return
      await bindDemoAccounts(db, city, citizenId, clock.now())
      await bookDemoVisit(db, city, citizenId, clock.now())
    },
  }
}
