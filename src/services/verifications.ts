import type { CityId, VerificationId } from '@/domain/ids'
import type { VerifiedLevel } from '@/domain/level'
import type { Verification, VerificationInvocation } from '@/domain/verification'
import { vVerification } from '../../contract/wire/validators/verifications.gen'
import { branded } from './branded'
import { pathOf } from './call'
import type { Client } from './client'

/** Who is to be verified, by an ID card. Sent once, never stored. */
export interface PersonToVerify {
  readonly level: VerifiedLevel
  readonly name: string
  readonly idNumber: string
}

/** Verifications of who the citizen is (实名核验、人脸核验). Never cached. */
export interface Verifications {
  /**
   * `invocation` is what the host opens; null for one that this version does not know. Refused with `invalid-fields` (with `fields`),
   * `forbidden` where the host does not verify, `too-many-requests`, `verifier-not-answering`.
   */
  begin(
    city: CityId,
    person: PersonToVerify,
  ): Promise<{ readonly verification: Verification; readonly invocation: VerificationInvocation | null }>
  /** The city asks the host for this very response. Refused with `verifier-not-answering`. */
  get(city: CityId, verification: VerificationId): Promise<Verification>
}

/** Verifications over a client. */
export const verificationsOf = (client: Client): Verifications => ({
  async begin(city, person) {
    const { invocation, ...verification } = await client.request({
      city,
      method: 'POST',
      path: '/verifications',
      body: person,
      response: vVerification,
      echo: { level: person.level },
    })
    return {
      verification: branded<Verification>(verification),
      invocation: invocation === undefined || invocation.kind === 'unlisted' ? null : invocation,
    }
  },
  get: async (city, id) =>
    branded<Verification>(
      await client.request({
        city,
        method: 'GET',
        path: pathOf('verifications', id),
        response: vVerification,
        echo: { id },
      }),
    ),
})
