// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed, rows, text } from '../../answers';
import { vId, vInstant, vDay, vText, vVersion } from './shared.gen';

/**
 * `bills`: see accounts, bills and their history; `pay`: pay bills seen so; `book`: see and book visits.
 */
export const vGrantThing = listed([
    'bills',
    'pay',
    'book'
]);

/**
 * `giver`: lets somebody act for them; `actor`: acts.
 */
export const vGrantRole = listed(['giver', 'actor']);

export const vGrant = v.object({
    id: vId,
    role: vGrantRole,
    state: listed([
        'open',
        'active',
        'ended'
    ]),
    version: vVersion,
    maskedName: v.optional(vText),
    maskedPhone: v.optional(v.pipe(text, v.maxLength(40))),
    things: v.pipe(v.array(vGrantThing), v.minLength(1), v.maxLength(10)),
    endsOn: vDay,
    code: v.optional(v.pipe(v.string(), v.regex(/^[A-Z0-9]{8}$/))),
    codeUntil: v.optional(vInstant),
    atCounter: v.optional(v.boolean()),
    createdAt: vInstant,
    beganAt: v.optional(vInstant),
    endedAt: v.optional(vInstant),
    endReason: v.optional(listed([
        'giver',
        'actor',
        'counter',
        'replaced',
        'not-accepted',
        'over'
    ]))
});

export const vGrantList = v.object({
    items: v.pipe(v.array(vGrant), v.maxLength(100)),
    most: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
    longestDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3660)),
    serverTime: vInstant
});

export const vInvitation = v.object({
    role: vGrantRole,
    maskedName: vText,
    maskedPhone: v.optional(v.pipe(text, v.maxLength(40))),
    things: v.pipe(v.array(vGrantThing), v.minLength(1), v.maxLength(10)),
    endsOn: vDay,
    codeUntil: vInstant,
    serverTime: vInstant
});

export const vAct = v.object({
    id: vId,
    kind: listed([
        'begin',
        'see-bills',
        'see-history',
        'pay',
        'see-visits',
        'book',
        'end'
    ]),
    at: vInstant,
    actor: vText,
    giver: vText,
    text: vText
});

export const vActPage = v.object({
    grantId: vId,
    items: v.pipe(rows(vAct), v.maxLength(100)),
    next: v.optional(v.pipe(v.string(), v.maxLength(200))),
    serverTime: vInstant
});
