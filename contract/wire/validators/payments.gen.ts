// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { allRows, eventualWord, text, unlistedBut } from '../../answers';
import { vId, vCityId, vFen, vInstant, vText, vVersion, vCashierKind, vPaymentState, vRefundStanding, vPaymentBill } from './shared.gen';

export const vPayment = v.object({
    idempotencyKey: v.optional(v.pipe(text, v.minLength(16), v.maxLength(64))),
    id: vId,
    cityId: vCityId,
    reference: v.pipe(text, v.maxLength(64)),
    state: vPaymentState,
    version: vVersion,
    amountFen: vFen,
    feeFen: v.optional(vFen),
    refundedFen: vFen,
    refund: v.optional(vRefundStanding),
    cashier: vCashierKind,
    bills: v.pipe(allRows(vPaymentBill), v.minLength(1), v.maxLength(20)),
    createdAt: vInstant,
    expiresAt: v.optional(vInstant),
    unpaidAsOf: v.optional(vInstant),
    paidAt: v.optional(vInstant),
    creditedAt: v.optional(vInstant),
    creditBy: v.optional(vInstant),
    receiptId: v.optional(vId),
    consistency: v.literal('strong'),
    serverTime: vInstant
});

export const vPaymentSummary = v.object({
    refundedFen: v.optional(vFen),
    refund: v.optional(vRefundStanding),
    id: vId,
    cityId: vCityId,
    reference: v.pipe(text, v.maxLength(64)),
    state: vPaymentState,
    version: vVersion,
    amountFen: vFen,
    title: vText,
    accountLabel: v.optional(vText),
    billCount: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
    createdAt: vInstant,
    paidAt: v.optional(vInstant),
    receiptId: v.optional(vId)
});

export const vPaymentPage = v.object({
    items: v.pipe(allRows(vPaymentSummary), v.maxLength(100)),
    next: v.optional(v.pipe(v.string(), v.maxLength(200))),
    consistency: eventualWord,
    asOf: vInstant,
    serverTime: vInstant
});

export const vWechatCashier = v.object({
    kind: v.literal('wechat'),
    timeStamp: v.pipe(v.string(), v.regex(/^[0-9]{10}$/)),
    nonceStr: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
    package: v.pipe(v.string(), v.regex(/^prepay_id=.+$/)),
    signType: v.literal('RSA'),
    paySign: v.pipe(v.string(), v.minLength(1), v.maxLength(1000))
});

export const vAlipayCashier = v.object({
    kind: v.literal('alipay'),
    tradeNO: v.pipe(v.string(), v.minLength(1), v.maxLength(64))
});

/**
 * The sandbox's simulated till. No city serves it in production.
 */
export const vTillCashier = v.object({
    kind: v.literal('till'),
    url: v.pipe(v.string(), v.maxLength(500))
});

export const vCashierInvocation = v.union([
    vWechatCashier,
    vAlipayCashier,
    vTillCashier,
    v.object({
        kind: unlistedBut(['wechat', 'alipay', 'till'])
    })
]);

export const vPaymentStart = v.object({
    payment: vPayment,
    cashier: v.optional(vCashierInvocation)
});
