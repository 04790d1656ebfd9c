// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed, orMissing, text } from '../../answers';
import { vId, vFen, vInstant, vText, vVersion, vLevel, vSlot, vTicketLineStatus, vConsentText, vReportSubject } from './shared.gen';

/**
 * The closed list of what can go wrong.
 */
export const vProblemCode = listed([
    'bad-request',
    'invalid-fields',
    'unauthenticated',
    'token-expired',
    'sign-in-failed',
    'level-needed',
    'verifier-not-answering',
    'forbidden',
    'not-found',
    'wrong-city',
    'idempotency-conflict',
    'match-expired',
    'undo-expired',
    'bill-changed',
    'bill-not-payable',
    'bill-settled',
    'biller-closed',
    'recently-paid',
    'payment-not-open',
    'not-recallable',
    'paper-not-available',
    'cashier-not-answering',
    'slot-taken',
    'slot-past',
    'hold-expired',
    'hold-used',
    'booking-limit',
    'booking-blocked',
    'appointment-not-open',
    'waitlist-limit',
    'overlapping-visit',
    'tickets-not-given',
    'city-read-only',
    'erasure-refused',
    'consent-needed',
    'consent-text-changed',
    'report-changed',
    'report-not-open',
    'invitation-not-open',
    'family-limit',
    'grant-ended',
    'too-many-requests',
    'internal',
    'unavailable'
]);

/**
 * With `overlapping-visit`, the visit in the way; left out when somebody else booked it
 */
export const vOverlappingVisit = v.object({
    appointmentId: vId,
    hallId: vId,
    hallName: vText,
    itemId: vId,
    itemName: vText,
    startsAt: vInstant,
    endsAt: vInstant
});

export const vBillNow = v.object({
    billId: vId,
    version: vVersion,
    amountFen: vFen
});

export const vProblem = v.object({
    type: text,
    title: vText,
    status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
    detail: orMissing(vText),
    code: vProblemCode,
    requestId: v.pipe(text, v.minLength(1), v.maxLength(100)),
    retry: listed([
        'safe',
        'after',
        'never'
    ]),
    retryAfterSeconds: orMissing(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86400))),
    fields: orMissing(v.array(v.object({
        field: text,
        problem: vText
    }))),
    bills: orMissing(v.array(vBillNow)),
    alternatives: orMissing(v.array(vSlot)),
    paidAt: orMissing(vInstant),
    unblocksAt: orMissing(vInstant),
    opensAt: orMissing(vInstant),
    level: orMissing(vLevel),
    limit: orMissing(v.pipe(text, v.maxLength(40))),
    overlaps: orMissing(vOverlappingVisit),
    tickets: orMissing(vTicketLineStatus),
    consent: orMissing(vConsentText),
    consentStands: orMissing(listed([
        'not-given',
        'withdrawn',
        'new-text'
    ])),
    pending: orMissing(v.pipe(v.array(vReportSubject), v.maxLength(100)))
});
