// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { allRows, listed, text } from '../../answers';
import { vId, vCityId, vFen, vInstant, vText, vPaymentState, vPaymentStanding, vPaymentBill } from './shared.gen';

export const vReceipt = v.object({
    feeFen: v.optional(vFen),
    payment: v.optional(vPaymentStanding),
    id: vId,
    paymentId: vId,
    cityId: vCityId,
    number: v.pipe(text, v.maxLength(64)),
    reference: v.pipe(text, v.maxLength(64)),
    payer: vText,
    amountFen: vFen,
    paidAt: vInstant,
    issuedAt: vInstant,
    bills: v.pipe(allRows(vPaymentBill), v.minLength(1), v.maxLength(20)),
    creditedAt: v.optional(vInstant),
    verifyText: v.pipe(v.string(), v.maxLength(500)),
    eBill: v.object({
        state: listed([
            'none',
            'issuing',
            'issued',
            'failed'
        ]),
        number: v.optional(v.pipe(text, v.maxLength(64))),
        checkCode: v.optional(v.pipe(text, v.maxLength(20))),
        expectedBy: v.optional(vInstant)
    })
});

export const vReceiptCheck = v.object({
    outcome: listed(['genuine', 'not-ours']),
    number: v.optional(v.pipe(text, v.maxLength(64))),
    state: v.optional(vPaymentState),
    amountFen: v.optional(vFen),
    refundedFen: v.optional(vFen),
    serverTime: vInstant
});
