import type { FamilyAct, Grant, GrantRole, GrantThing, Invitation } from '@/domain/family'
import type { CityId, GrantId, IdempotencyKey } from '@/domain/ids'
import type { Day } from '@/domain/time'
import type { Listed } from '@/domain/unlisted'
import { vActPage, vGrant, vGrantList, vInvitation } from '../../contract/wire/validators/family.gen'
import { branded } from './branded'
import { pathOf } from './call'
import type { Client } from './client'
import { type Page, pageOf } from './page'

/** All grants of the citizen, and the limits of the city. */
export interface GrantList {
  readonly items: readonly Grant[]
  /** How many one may have on each side. */
  readonly most: number
  /** How far ahead a last day may lie. */
  readonly longestDays: number
}

/** What is offered or asked for. `role` is the part of who invites. */
export interface InvitationRequest {
  readonly role: Listed<GrantRole>
  readonly things: readonly Listed<GrantThing>[]
  readonly endsOn: Day
}

/** Acting for a parent or a child (家人代办). Never cached: it is not for whoever finds the phone. */
export interface Family {
  /** Those in force and open invitations first. Only with the feature `family`. */
  list(city: CityId): Promise<GrantList>
  get(city: CityId, grant: GrantId): Promise<Grant>
  /** Refused with `level-needed`, `family-limit`, `invalid-fields`. The answer has the code. */
  invite(city: CityId, request: InvitationRequest, key: IdempotencyKey): Promise<Grant>
  /** What a code invites to. Refused with `level-needed`, `invitation-not-open`, `too-many-requests`. */
  check(city: CityId, code: string): Promise<Invitation>
  /** In force from its answer on. Refused as `check`, and with `family-limit`. */
  accept(city: CityId, code: string, key: IdempotencyKey): Promise<Grant>
  /** Nothing is read or done under it from its answer on. Safe to repeat. */
  end(city: CityId, grant: GrantId): Promise<Grant>
  /** Who did what for whom, newest first. */
  acts(city: CityId, grant: GrantId, cursor?: string | null): Promise<Page<FamilyAct>>
}

/** Grants over a client. */
export const familyOf = (client: Client): Family => ({
  list: async (city) =>
    branded<GrantList>(await client.request({ city, method: 'GET', path: '/family/grants', response: vGrantList })),
  get: async (city, id) =>
    branded<Grant>(
      await client.request({
        city,
        method: 'GET',
        path: pathOf('family', 'grants', id),
        response: vGrant,
        echo: { id },
      }),
    ),
  invite: async (city, request, key) =>
    branded<Grant>(
      await client.request({
        city,
        method: 'POST',
        path: '/family/grants',
        body: request,
        key,
        response: vGrant,
        echo: { role: request.role, endsOn: request.endsOn },
      }),
    ),
  check: async (city, code) =>
    branded<Invitation>(
      await client.request({
        city,
        method: 'POST',
        path: '/family/invitation-checks',
        body: { code },
        response: vInvitation,
      }),
    ),
  accept: async (city, code, key) =>
    branded<Grant>(
      await client.request({
        city,
        method: 'POST',
        path: '/family/acceptances',
        body: { code },
        key,
        response: vGrant,
      }),
    ),
  end: async (city, id) =>
    branded<Grant>(
      await client.request({
        city,
        method: 'DELETE',
        path: pathOf('family', 'grants', id),
        response: vGrant,
        echo: { id },
      }),
    ),
  acts: async (city, id, cursor) =>
    pageOf<FamilyAct>(
      await client.request({
        city,
        method: 'GET',
        path: pathOf('family', 'grants', id, 'acts'),
        query: { cursor },
        response: vActPage,
        echo: { grantId: id },
      }),
    ),
})
