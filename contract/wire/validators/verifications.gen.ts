// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed, text, unlistedBut } from '../../answers';
import { vId, vInstant } from './shared.gen';

/**
 * Of `wx.requestFacialVerify`
 */
export const vWechatVerification = v.object({
    kind: v.literal('wechat'),
    verifyId: v.pipe(text, v.minLength(1), v.maxLength(256))
});

/**
 * Of `my.startAPVerify`
 */
export const vAlipayVerification = v.object({
    kind: v.literal('alipay'),
    certifyId: v.pipe(text, v.minLength(1), v.maxLength(64)),
    url: v.pipe(v.string(), v.minLength(1), v.maxLength(4000))
});

/**
 * The sandbox's simulated verification. No city serves it in production.
 */
export const vPageVerification = v.object({
    kind: v.literal('page'),
    url: v.pipe(v.string(), v.maxLength(500))
});

export const vVerificationInvocation = v.union([
    vWechatVerification,
    vAlipayVerification,
    vPageVerification,
    v.object({
        kind: unlistedBut(['wechat', 'alipay', 'page'])
    })
]);

export const vVerification = v.object({
    id: vId,
    level: listed(['real-name', 'face']),
    state: listed([
        'open',
        'verified',
        'refused',
        'cancelled',
        'other-person',
        'timed-out'
    ]),
    invocation: v.optional(vVerificationInvocation),
    expiresAt: vInstant,
    verifiedUntil: v.optional(vInstant),
    serverTime: vInstant
});
