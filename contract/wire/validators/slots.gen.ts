// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed, rows } from '../../answers';
import { vId, vInstant, vDay, vText, vSlot } from './shared.gen';

export const vSlotDay = v.object({
    day: vDay,
    status: listed([
        'free',
        'full',
        'closed',
        'not-released'
    ]),
    free: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100000)),
    reason: v.optional(vText),
    releasesAt: v.optional(vInstant)
});

export const vSlotDays = v.object({
    hallId: v.optional(vId),
    itemId: v.optional(vId),
    moreItemIds: v.optional(v.pipe(v.array(vId), v.maxLength(4))),
    persons: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20))),
    personsPerVisit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20))),
    days: v.pipe(rows(vSlotDay), v.maxLength(62)),
    countedAt: vInstant,
    serverTime: vInstant
});

export const vSlotList = v.object({
    hallId: v.optional(vId),
    itemId: v.optional(vId),
    moreItemIds: v.optional(v.pipe(v.array(vId), v.maxLength(4))),
    persons: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20))),
    day: vDay,
    slots: v.pipe(rows(vSlot), v.maxLength(200)),
    nextFreeDay: v.optional(vDay),
    countedAt: vInstant,
    serverTime: vInstant
});
