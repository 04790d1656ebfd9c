// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { allRows, listed, text } from '../../answers';
import { vId, vFen, vInstant, vText, vPhone } from './shared.gen';

export const vRefund = v.object({
    id: vId,
    paymentId: vId,
    billId: v.optional(vId),
    amountFen: vFen,
    state: listed([
        'pending',
        'succeeded',
        'failed'
    ]),
    reason: vText,
    reference: v.pipe(text, v.maxLength(64)),
    contactPhone: vPhone,
    arriveBy: v.optional(vInstant),
    steps: v.pipe(v.array(v.object({
        at: vInstant,
        text: vText
    })), v.maxLength(20))
});

export const vRefundPage = v.object({
    paymentId: v.optional(vId),
    items: v.pipe(allRows(vRefund), v.maxLength(100)),
    serverTime: vInstant
});
