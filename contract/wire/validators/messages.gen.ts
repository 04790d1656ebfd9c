// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed, rows, text } from '../../answers';
import { vId, vInstant, vText } from './shared.gen';

/**
 * An app shows one that it does not know by its title and text
 */
export const vMessageKind = listed([
    'bill-new',
    'bill-due',
    'bill-brought',
    'collection-ahead',
    'mandate-ended',
    'refund-arrived',
    'recall-ended',
    'place-offered',
    'visit-tomorrow',
    'visit-cancelled',
    'visit-changed',
    'report-answered',
    'ticket-near',
    'ticket-called',
    'ticket-passed',
    'ticket-ended'
]);

/**
 * The fact that a message is about, by its own id; `mandate` by the id of its account
 */
export const vMessageSubject = v.object({
    kind: listed([
        'bill',
        'payment',
        'mandate',
        'appointment',
        'hold',
        'report',
        'ticket'
    ]),
    id: vId
});

export const vMessageId = v.pipe(text, v.minLength(1), v.maxLength(300));

export const vMessage = v.object({
    id: vMessageId,
    kind: vMessageKind,
    about: v.optional(vMessageSubject),
    title: vText,
    text: vText,
    at: vInstant,
    delivery: listed([
        'waiting',
        'sent',
        'off',
        'refused',
        'failed'
    ]),
    read: v.boolean()
});

export const vMessagePage = v.object({
    items: v.pipe(rows(vMessage), v.maxLength(100)),
    next: v.optional(v.pipe(v.string(), v.maxLength(200))),
    serverTime: vInstant
});

export const vMessageGrant = v.object({
    template: v.pipe(text, v.minLength(1), v.maxLength(100)),
    title: vText,
    once: v.boolean(),
    state: listed([
        'granted',
        'used-up',
        'refused',
        'never'
    ]),
    left: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
    changedAt: v.optional(vInstant)
});

export const vMessageGrantList = v.object({
    items: v.pipe(v.array(vMessageGrant), v.maxLength(20)),
    off: v.optional(v.literal(true)),
    serverTime: vInstant
});
