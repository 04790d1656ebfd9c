// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { rows, unlistedBut } from '../../answers';
import { vId, vInstant, vText, vAccount } from './shared.gen';

export const vAccountMatched = v.object({
    outcome: v.literal('matched'),
    billerId: v.optional(vId),
    matchId: vId,
    maskedHolder: vText,
    maskedAddress: vText,
    expiresAt: vInstant,
    serverTime: vInstant
});

export const vAccountNotFound = v.object({
    outcome: v.literal('no-account'),
    billerId: v.optional(vId),
    serverTime: vInstant
});

export const vAccountBillerClosed = v.object({
    outcome: v.literal('biller-closed'),
    billerId: v.optional(vId),
    closedUntil: vInstant,
    serverTime: vInstant
});

export const vAccountNotAnswering = v.object({
    outcome: v.literal('not-answering'),
    billerId: v.optional(vId),
    serverTime: vInstant
});

export const vAccountMatch = v.union([
    vAccountMatched,
    vAccountNotFound,
    vAccountBillerClosed,
    vAccountNotAnswering,
    v.object({
        outcome: unlistedBut(['matched', 'no-account', 'biller-closed', 'not-answering']),
        billerId: v.optional(vId),
        serverTime: vInstant
    })
]);

export const vAccountRemoval = v.object({
    accountId: vId,
    undoUntil: vInstant,
    serverTime: vInstant
});

export const vAccountPage = v.object({
    items: v.pipe(rows(vAccount), v.maxLength(100)),
    next: v.optional(v.pipe(v.string(), v.maxLength(200))),
    serverTime: vInstant
});
