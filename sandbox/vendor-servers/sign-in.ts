import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Misbehaviours } from './misbehaviours'

const signInPath = '/sns/jscode2session'

type Codes = { take(code: string): { openId: string; userId: string } | 'unknown' | 'used' }

/** A host's codes: `wx-<who>-<nonce>`, `ali-<who>-<nonce>`, once each; one who is somebody else at each host. */
export function createCodes(prefix: 'wx' | 'ali'): Codes {
  const used = new Set<string>()
  return {
    take(code) {
      const [, host, who] = /^(wx|ali)-(.+)-[^-]+$/.exec(code) ?? []
      if (host !== prefix || who === undefined) return 'unknown'
      if (used.has(code)) return 'used'
      used.add(code)
      const hash = createHash('sha256').update(`${host}/${who}`).digest()
      return {
        openId: `o${hash.toString('base64url').slice(0, 27)}`,
        userId: `2088${String(hash.readBigUInt64BE() % 10n ** 12n).padStart(12, '0')}`,
      }
    },
  }
}

/** WeChat's sign-in. Its answers are JSON whatever their type says, with status 200. */
export function addWechatSignIn(
  app: FastifyInstance,
  program: { appId: string; secret: string },
  misbehaviours: Misbehaviours,
): void {
  const codes = createCodes('wx')
  app.get<{ Querystring: Record<string, string> }>(signInPath, async ({ query }, reply) => {
    if (misbehaviours.take('timeout')) return new Promise(() => undefined)
    return reply.type('text/plain').send(JSON.stringify(answer(query)))
  })

  function answer({ appid, secret, js_code: code = '', grant_type: grant }: Record<string, string>): object {
    if (appid !== program.appId) return { errcode: 40013, errmsg: 'invalid appid' }
    if (secret !== program.secret) return { errcode: 40125, errmsg: 'invalid appsecret' }
    if (misbehaviours.take('system-error')) return { errcode: -1, errmsg: 'system error' }
    if (misbehaviours.take('busy')) return { errcode: 45011, errmsg: 'api minute-quota reach limit' }
    if (grant !== 'authorization_code' || code === '') return { errcode: 41008, errmsg: 'missing code' }
    const who = codes.take(code)
    if (who === 'unknown') return { errcode: 40029, errmsg: 'invalid code' }
    if (who === 'used') return { errcode: 40163, errmsg: 'code been used' }
    return { session_key: Buffer.alloc(16, 7).toString('base64'), openid: who.openId }
  }
}
