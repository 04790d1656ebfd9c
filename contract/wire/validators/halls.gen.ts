// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { clockTime, rows } from '../../answers';
import { vId, vCityId, vInstant, vDay, vText, vPhone, vDailyWindow, vTicketRules } from './shared.gen';

export const vOpeningHours = v.object({
    weekdays: v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7))),
    from: clockTime,
    to: clockTime
});

export const vOpenDay = v.object({
    day: vDay,
    hours: v.pipe(v.array(vDailyWindow), v.minLength(1), v.maxLength(6)),
    reason: v.optional(vText)
});

export const vHall = v.object({
    id: vId,
    cityId: vCityId,
    name: vText,
    district: vText,
    address: vText,
    phone: vPhone,
    latitude: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
    longitude: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
    hours: v.pipe(v.array(vOpeningHours), v.maxLength(14)),
    closedDays: v.pipe(v.array(v.object({
        day: vDay,
        reason: vText
    })), v.maxLength(60)),
    openDays: v.optional(v.pipe(v.array(vOpenDay), v.maxLength(60))),
    tickets: v.optional(vTicketRules),
    queue: v.optional(v.object({
        waiting: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100000)),
        countedAt: vInstant
    }))
});

export const vHallPage = v.object({
    itemId: v.optional(vId),
    items: v.pipe(rows(vHall), v.maxLength(100)),
    next: v.optional(v.pipe(v.string(), v.maxLength(200))),
    serverTime: vInstant
});
