// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed, text } from '../../answers';
import { vId, vCityId, vInstant, vDay, vText, vVersion, vHallPlace, vTicketRules, vTicketLineStatus } from './shared.gen';

/**
 * An estimate, from how fast numbers were called today; absent where nobody can say, such as across the noon break
 */
export const vTicketWait = v.object({
    fromMinutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1440)),
    toMinutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1440))
});

export const vTicketLine = v.object({
    hallId: vId,
    hallName: vText,
    day: vDay,
    status: vTicketLineStatus,
    reason: v.optional(vText),
    opensAt: v.optional(vInstant),
    until: v.optional(vInstant),
    rules: vTicketRules,
    waiting: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100000)),
    called: v.optional(v.pipe(text, v.minLength(1), v.maxLength(12))),
    wait: v.optional(vTicketWait),
    countedAt: vInstant,
    serverTime: vInstant
});

/**
 * waiting 等待叫号, called 已叫号, passed 已过号 (called again after `calledAgainAfter` others), served 已办理, returned 已退号, void 过号作废,
 * ended-by-hall 大厅提前结束, expired 当天已结束.
 *
 */
export const vTicketState = listed([
    'waiting',
    'called',
    'passed',
    'served',
    'returned',
    'void',
    'ended-by-hall',
    'expired'
]);

export const vTicket = v.object({
    id: vId,
    cityId: vCityId,
    hall: vHallPlace,
    state: vTicketState,
    version: vVersion,
    number: v.pipe(text, v.minLength(1), v.maxLength(12)),
    day: vDay,
    ahead: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100000))),
    wait: v.optional(vTicketWait),
    lineCalled: v.optional(v.pipe(text, v.minLength(1), v.maxLength(12))),
    counter: v.optional(vText),
    calledAt: v.optional(vInstant),
    calledAgainAfter: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))),
    messages: v.optional(v.boolean()),
    reason: v.optional(vText),
    takenAt: vInstant,
    endedAt: v.optional(vInstant),
    countedAt: vInstant,
    serverTime: vInstant
});

export const vTicketList = v.object({
    items: v.pipe(v.array(vTicket), v.maxLength(30)),
    serverTime: vInstant
});
