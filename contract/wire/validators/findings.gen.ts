// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { unlistedBut } from '../../answers';
import { vId, vInstant, vBill, vAccount } from './shared.gen';

export const vFoundNothing = v.object({
    outcome: v.literal('not-found'),
    billerId: vId,
    serverTime: vInstant
});

export const vFoundNothingDue = v.object({
    outcome: v.literal('nothing-due'),
    billerId: vId,
    serverTime: vInstant
});

/**
 * The decision or voucher exists and is paid
 */
export const vFoundSettled = v.object({
    outcome: v.literal('settled'),
    billerId: vId,
    settledAt: v.optional(vInstant),
    serverTime: vInstant
});

export const vFinderClosed = v.object({
    outcome: v.literal('biller-closed'),
    billerId: vId,
    closedUntil: vInstant,
    serverTime: vInstant
});

export const vFinderNotAnswering = v.object({
    outcome: v.literal('not-answering'),
    billerId: vId,
    serverTime: vInstant
});

export const vFoundBills = v.object({
    outcome: v.literal('found'),
    billerId: vId,
    account: vAccount,
    bills: v.pipe(v.array(vBill), v.minLength(1), v.maxLength(100)),
    expiresAt: vInstant,
    serverTime: vInstant
});

export const vFinding = v.union([
    vFoundBills,
    vFoundNothing,
    vFoundNothingDue,
    vFoundSettled,
    vFinderClosed,
    vFinderNotAnswering,
    v.object({
        outcome: unlistedBut(['found', 'not-found', 'nothing-due', 'settled', 'biller-closed', 'not-answering']),
        billerId: vId,
        serverTime: vInstant
    })
]);
