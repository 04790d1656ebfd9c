// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed, unlistedBut } from '../../answers';
import { vId, vFen, vInstant, vDay, vText, vVersion, vCashierKind } from './shared.gen';

export const vMandateKind = listed(['view-and-pay', 'auto-pay']);

/**
 * A kind of permission that can be given for an account
 */
export const vMandateOffer = v.object({
    kind: vMandateKind,
    cashier: v.optional(vCashierKind),
    maxFen: v.optional(vFen)
});

/**
 * A bill that the city brought under a permission
 */
export const vMandateBill = v.object({
    billId: vId,
    title: vText,
    amountFen: vFen,
    state: listed([
        'announced',
        'collecting',
        'collected',
        'yours',
        'paid',
        'skipped'
    ]),
    reason: v.optional(listed([
        'above-ceiling',
        'above-host-limit',
        'too-late',
        'ends-before',
        'not-told',
        'no-money',
        'host-ended',
        'not-collected',
        'ended'
    ])),
    broughtAt: vInstant,
    noticedAt: v.optional(vInstant),
    collectAt: v.optional(vInstant),
    paymentId: v.optional(vId)
});

/**
 * A standing permission to pay (长期缴费授权)
 */
export const vMandate = v.object({
    id: vId,
    accountId: vId,
    kind: vMandateKind,
    state: listed([
        'signing',
        'active',
        'ended'
    ]),
    version: vVersion,
    cashier: v.optional(vCashierKind),
    ceilingFen: v.optional(vFen),
    endsOn: v.optional(vDay),
    beganAt: vInstant,
    signUntil: v.optional(vInstant),
    endedAt: v.optional(vInstant),
    endReason: v.optional(listed([
        'citizen',
        'host',
        'end-date',
        'account',
        'replaced',
        'not-signed'
    ])),
    bills: v.pipe(v.array(vMandateBill), v.maxLength(24))
});

export const vMandateList = v.object({
    accountId: vId,
    items: v.pipe(v.array(vMandate), v.maxLength(20)),
    offers: v.pipe(v.array(vMandateOffer), v.maxLength(5)),
    noticeDays: v.pipe(v.number(), v.integer(), v.minValue(3), v.maxValue(30)),
    serverTime: vInstant
});

/**
 * For wx.navigateToMiniProgram: https://pay.weixin.qq.com/wiki/doc/api/wxpay_v2/papay/chapter3_3.shtml
 */
export const vWechatSigning = v.object({
    kind: v.literal('wechat'),
    appId: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
    path: v.pipe(v.string(), v.maxLength(200)),
    extraData: v.record(v.string(), v.pipe(v.string(), v.maxLength(1000)))
});

/**
 * For my.paySignCenter
 */
export const vAlipaySigning = v.object({
    kind: v.literal('alipay'),
    signStr: v.pipe(v.string(), v.minLength(1), v.maxLength(4000))
});

/**
 * The sandbox's simulated till. No city serves it in production.
 */
export const vTillSigning = v.object({
    kind: v.literal('till'),
    url: v.pipe(v.string(), v.maxLength(500))
});

export const vSigningInvocation = v.union([
    vWechatSigning,
    vAlipaySigning,
    vTillSigning,
    v.object({
        kind: unlistedBut(['wechat', 'alipay', 'till'])
    })
]);

export const vMandateStart = v.object({
    mandate: vMandate,
    signing: v.optional(vSigningInvocation),
    serverTime: vInstant
});
