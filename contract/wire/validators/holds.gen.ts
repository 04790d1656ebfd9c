// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed } from '../../answers';
import { vId, vCityId, vInstant, vText, vSlot } from './shared.gen';

export const vHold = v.object({
    id: vId,
    cityId: vCityId,
    state: listed([
        'held',
        'confirmed',
        'released',
        'expired'
    ]),
    slot: vSlot,
    hallName: vText,
    itemId: vId,
    itemName: vText,
    moreItemIds: v.optional(v.pipe(v.array(vId), v.maxLength(4))),
    endsAt: v.optional(vInstant),
    persons: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20))),
    appointmentId: v.optional(vId),
    expiresAt: vInstant,
    serverTime: vInstant
});
