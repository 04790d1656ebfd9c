import { createHash, randomBytes } from 'node:crypto'

/** How a host ended a verification; `open` while nobody has. */
export type Decision = 'open' | 'passed' | 'cancelled' | 'number-differs' | 'face-differs' | 'too-slow'

type Document = { name: string; number: string }
type Identity = Document & { id: string; reference: string; openId: string; decision: Decision }

/** A host's verifications, in memory: who began which, with what document, and how it ended. */
export function createIdentities(prefix: string) {
  const all = new Map<string, Identity>()
  return {
    begin(facts: Omit<Identity, 'id' | 'decision'>): string {
      const id = `${prefix}${randomBytes(12).toString('hex')}`
      all.set(id, { ...facts, id, decision: 'open' })
      return id
    },
    find: (id: unknown): Identity | null => all.get(String(id)) ?? null,
    /** The citizen at the host. What is decided stays. */
    decide(id: string, decision: Decision): void {
      const identity = all.get(id)
      if (identity?.decision === 'open') identity.decision = decision
    },
    /** What a test may look at. */
    all: (): readonly Identity[] => [...all.values()],
  }
}
export type Identities = ReturnType<typeof createIdentities>

/** WeChat's digest of a document. https://developers.weixin.qq.com/miniprogram/dev/server/API/face/api_queryverifyinfo.html */
export function certHash({ name, number }: Document): string {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const text = `cert_type=${base64('IDENTITY_CARD')}&cert_name=${base64(name)}&cert_no=${base64(number)}`
  return createHash('sha256').update(text).digest('hex')
}
