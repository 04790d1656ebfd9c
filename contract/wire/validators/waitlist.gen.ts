// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed, rows } from '../../answers';
import { vId, vInstant, vDay, vText } from './shared.gen';

export const vDayPart = listed([
    'morning',
    'afternoon',
    'any'
]);

/**
 * The last place that was found for the citizen and not taken. It went to others; the entry waits on, with a notice on another day
 * (three in all), or has passed: after three notices, or because its day is over.
 *
 */
export const vWaitlistOffer = v.object({
    startsAt: vInstant,
    heldUntil: vInstant,
    end: listed(['unanswered', 'given-up'])
});

export const vWaitlistEntry = v.object({
    id: vId,
    hallId: vId,
    itemId: vId,
    day: vDay,
    part: vDayPart,
    persons: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20))),
    state: listed([
        'waiting',
        'offered',
        'taken',
        'passed',
        'left'
    ]),
    holdId: v.optional(vId),
    offerUntil: v.optional(vInstant),
    hallName: v.optional(vText),
    itemName: v.optional(vText),
    lastOffer: v.optional(vWaitlistOffer),
    noticesSent: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3)),
    createdAt: vInstant
});

export const vWaitlistPage = v.object({
    items: v.pipe(rows(vWaitlistEntry), v.maxLength(100)),
    serverTime: vInstant
});
