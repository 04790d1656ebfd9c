// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed, rows, text } from '../../answers';
import { vId, vCityId, vInstant, vText, vVersion, vMaterial, vSlot, vHallPlace } from './shared.gen';

export const vAppointmentState = listed([
    'confirmed',
    'checked-in',
    'served',
    'expired',
    'cancelled-by-citizen',
    'cancelled-by-hall',
    'no-show',
    'excused'
]);

/**
 * After checking in, where one stands
 */
export const vQueuePlace = v.object({
    number: v.pipe(text, v.minLength(1), v.maxLength(12)),
    ahead: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100000)),
    counter: v.optional(vText),
    countedAt: vInstant
});

/**
 * Signed by the city; readable offline
 */
export const vCheckInCode = v.object({
    code: v.pipe(text, v.minLength(4), v.maxLength(12)),
    qrText: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
    validFrom: vInstant,
    validUntil: vInstant
});

export const vRating = v.object({
    stars: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
    text: v.optional(v.pipe(text, v.maxLength(500)))
});

export const vAppointment = v.object({
    holdId: v.optional(vId),
    id: vId,
    cityId: vCityId,
    state: vAppointmentState,
    version: vVersion,
    hall: vHallPlace,
    itemId: vId,
    itemName: vText,
    moreItemIds: v.optional(v.pipe(v.array(vId), v.maxLength(4))),
    slot: vSlot,
    endsAt: v.optional(vInstant),
    persons: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20))),
    queue: v.optional(vQueuePlace),
    rating: v.optional(vRating),
    materials: v.pipe(v.array(vMaterial), v.maxLength(50)),
    visitorName: vText,
    checkIn: v.optional(vCheckInCode),
    cancelUntil: vInstant,
    endedAt: v.optional(vInstant),
    createdAt: vInstant,
    serverTime: vInstant
});

export const vAppointmentPage = v.object({
    items: v.pipe(rows(vAppointment), v.maxLength(100)),
    next: v.optional(v.pipe(v.string(), v.maxLength(200))),
    family: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5))),
    serverTime: vInstant
});
