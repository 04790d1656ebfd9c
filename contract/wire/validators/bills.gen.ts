// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { allRows, eventualWord, listed, text, unlistedBut } from '../../answers';
import { vId, vCityId, vFen, vInstant, vDay, vText, vVersion, vBillKind, vLevel, vPeriod, vPaymentStanding } from './shared.gen';

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

/**
 * due, overdue: can be settled; top-up: a prepaid meter, any amount within `topUp` may be paid; paying: a payment is under way;
 * settled: nothing left; not-payable: see notPayable
 *
 */
export const vBillStatus = listed([
    'due',
    'overdue',
    'top-up',
    'paying',
    'settled',
    'not-payable'
]);

/**
 * Present when a part of amountFen may be paid
 */
export const vPartialRule = v.object({
    minFen: vFen
});

/**
 * Present with prepaid meters
 */
export const vTopUpRule = v.object({
    balanceFen: v.pipe(v.number(), v.integer(), v.minValue(-100000000000), v.maxValue(100000000000)),
    balanceAsOf: vInstant,
    minFen: vFen,
    maxFen: vFen,
    presetsFen: v.pipe(v.array(vFen), v.maxLength(6))
});

/**
 * The decision behind a fine or a tax bill (处罚决定书); it must be confirmed before paying
 */
export const vDecision = v.object({
    number: v.pipe(text, v.minLength(1), v.maxLength(64)),
    text: vText,
    level: v.optional(vLevel),
    decidedOn: vDay,
    authority: v.optional(vText),
    objectUntil: v.optional(vDay),
    confirmed: v.boolean(),
    confirmedAt: v.optional(vInstant)
});

export const vBillChange = v.object({
    version: vVersion,
    amountFen: vFen,
    changedAt: vInstant,
    reason: v.optional(vText)
});

export const vBillLine = v.object({
    label: vText,
    amountFen: vFen,
    note: v.optional(vText)
});

export const vUsage = v.object({
    quantity: v.pipe(v.string(), v.regex(/^[0-9]{1,9}(\.[0-9]{1,3})?$/)),
    unit: vText
});

export const vBill = v.object({
    id: vId,
    cityId: vCityId,
    billerId: vId,
    accountId: vId,
    accountLabel: v.optional(vText),
    kind: vBillKind,
    title: vText,
    status: vBillStatus,
    amountFen: vFen,
    lateFeeFen: v.optional(vFen),
    arrearsFen: v.optional(vFen),
    paidFen: v.optional(vFen),
    settlement: v.optional(vText),
    partial: v.optional(vPartialRule),
    topUp: v.optional(vTopUpRule),
    decision: v.optional(vDecision),
    changes: v.optional(v.pipe(v.array(vBillChange), v.maxLength(20))),
    version: vVersion,
    lines: v.pipe(v.array(vBillLine), v.maxLength(50)),
    period: v.optional(vPeriod),
    usage: v.optional(vUsage),
    issuedOn: vDay,
    dueOn: v.optional(vDay),
    paymentId: v.optional(vId),
    payment: v.optional(vPaymentStanding),
    notPayable: v.optional(vText),
    asOf: vInstant
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
    consistency: eventualWord,
    asOf: vInstant,
    serverTime: vInstant
});
