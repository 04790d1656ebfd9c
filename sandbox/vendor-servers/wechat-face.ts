import type { FastifyInstance } from 'fastify'
import { certHash, type Decision, type Identities } from './identities'
import type { Misbehaviours } from './misbehaviours'

/** Paths whose answers WeChat does not sign. */
export const unsignedPaths = /^\/(sns|cgi-bin|cityservice)\//

const results: Record<Exclude<Decision, 'open'>, number> = {
  passed: 10_000,
  'number-differs': 10_003,
  'face-differs': 10_004,
  cancelled: 90_004,
  'too-slow': 90_017,
}

const TOKEN = 'a token of the program'

/** WeChat's verification by face (人脸核身), and the token that its calls need. Status is 200 whatever happens. */
export function addWechatFace(
  app: FastifyInstance,
  program: { appId: string; secret: string },
  misbehaviours: Misbehaviours,
  identities: Identities,
): void {
  const troubled = (): object | null => {
    if (misbehaviours.take('system-error')) return { errcode: -1, errmsg: 'system error' }
    return misbehaviours.take('busy') ? { errcode: 45011, errmsg: 'api minute-quota reach limit' } : null
  }
  let token = TOKEN
  const isKnown = (given: unknown) => given === token

  const serve = (path: string, answer: (body: Body) => object, needsToken = true) =>
    app.post<{ Querystring: { access_token?: string } }>(path, async (request, reply) => {
      if (misbehaviours.take('timeout')) return new Promise(() => undefined)
      const body: Body = JSON.parse(String(request.body))
      if (needsToken && misbehaviours.take('token-expired')) token = `${TOKEN} ${Date.now()}`
      const refused =
        needsToken && !isKnown(request.query.access_token) ? { errcode: 42001, errmsg: 'access_token expired' } : null
      const answered = refused ?? (needsToken ? troubled() : null) ?? answer(body)
      if (misbehaviours.take('answer-lost')) request.raw.socket.destroy()
      return reply.type('text/plain').send(JSON.stringify(answered))
    })

  serve(
    '/cgi-bin/stable_token',
    ({ grant_type, appid, secret }) => {
      if (grant_type !== 'client_credential' || appid !== program.appId)
        return { errcode: 40013, errmsg: 'invalid appid' }
      if (secret !== program.secret) return { errcode: 40125, errmsg: 'invalid appsecret' }
      return { access_token: token, expires_in: 7200 }
    },
    false,
  )

  serve('/cityservice/face/identify/getverifyid', ({ out_seq_no, cert_info, openid }) => {
    const { cert_type, cert_name, cert_no } = cert_info ?? {}
    const isWhole =
      typeof out_seq_no === 'string' &&
      cert_type === 'IDENTITY_CARD' &&
      typeof cert_name === 'string' &&
      typeof openid === 'string'
    if (!isWhole || !/^\d{17}[\dX]$/.test(String(cert_no))) return { errcode: 40097, errmsg: 'invalid args' }
    const id = identities.begin({ reference: out_seq_no, name: cert_name, number: String(cert_no), openId: openid })
    return { errcode: 0, errmsg: 'ok', verify_id: id, expires_in: 3600 }
  })

  serve('/cityservice/face/identify/queryverifyinfo', ({ verify_id, out_seq_no, cert_hash, openid }) => {
    const identity = identities.find(verify_id)
    const isIts =
      identity?.reference === out_seq_no && identity?.openId === openid && identity && certHash(identity) === cert_hash
    if (!isIts) return { errcode: 84001, errmsg: 'invalid identify_id' }
    const { decision } = identity
    return { errcode: 0, errmsg: 'ok', ...(decision !== 'open' && { verify_ret: results[decision] }) }
  })
}

type Body = Partial<
  Record<'grant_type' | 'appid' | 'secret' | 'out_seq_no' | 'openid' | 'verify_id' | 'cert_hash', unknown>
> & {
  cert_info?: Partial<Record<'cert_type' | 'cert_name' | 'cert_no', unknown>>
}
