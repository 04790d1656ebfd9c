// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { allRows, eventualWord, unlistedBut } from '../../answers';
import { vId, vFen, vInstant, vText, vBill } from './shared.gen';

export const vHistoryMonth = v.object({
    month: v.pipe(v.string(), v.regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/)),
    amountFen: vFen,
    quantity: v.optional(v.pipe(v.string(), v.regex(/^[0-9]{1,9}(\.[0-9]{1,3})?$/))),
    billId: v.optional(vId)
});

export const vHistory = v.object({
    accountId: vId,
    unit: v.optional(vText),
    months: v.pipe(allRows(vHistoryMonth), v.maxLength(24)),
    consistency: eventualWord,
    asOf: vInstant,
    serverTime: vInstant
});

export const vLookupNothingDue = v.object({
    outcome: v.literal('nothing-due'),
    accountId: vId,
    askedAt: vInstant,
    serverTime: vInstant
});

export const vLookupNoAccount = v.object({
    outcome: v.literal('no-account'),
    accountId: vId,
    askedAt: vInstant,
    serverTime: vInstant
});

export const vLookupBillerClosed = v.object({
    outcome: v.literal('biller-closed'),
    accountId: vId,
    closedUntil: vInstant,
    askedAt: vInstant,
    serverTime: vInstant
});

export const vLookupNotAnswering = v.object({
    outcome: v.literal('not-answering'),
    accountId: vId,
    askedAt: vInstant,
    serverTime: vInstant
});

export const vLookupBills = v.object({
    outcome: v.literal('bill'),
    accountId: vId,
    bills: v.pipe(allRows(vBill), v.minLength(1), v.maxLength(100)),
    askedAt: vInstant,
    serverTime: vInstant
});

export const vLookup = v.union([
    vLookupBills,
    vLookupNothingDue,
    vLookupNoAccount,
    vLookupBillerClosed,
    vLookupNotAnswering,
    v.object({
        outcome: unlistedBut(['bill', 'nothing-due', 'no-account', 'biller-closed', 'not-answering']),
        accountId: vId,
        askedAt: vInstant,
        serverTime: vInstant
    })
]);

export const vBillPage = v.object({
    accountId: v.optional(vId),
    items: v.pipe(allRows(vBill), v.maxLength(100)),
    next: v.optional(v.pipe(v.string(), v.maxLength(200))),
    family: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5))),
    consistency: eventualWord,
    asOf: vInstant,
    serverTime: vInstant
});
