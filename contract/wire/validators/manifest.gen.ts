// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed, rows } from '../../answers';
import { vId, vCityId, vFen, vInstant, vText, vPhone, vBillKind, vDailyWindow, vDocumentKind, vLevel } from './shared.gen';

/**
 * A public key of Ed25519
 */
export const vSigningKey = v.object({
    id: v.pipe(v.string(), v.regex(/^[0-9a-f]{8}$/)),
    publicKey: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
});

export const vNotice = v.object({
    id: vId,
    level: listed([
        'news',
        'warning',
        'outage'
    ]),
    title: vText,
    text: v.optional(vText),
    until: v.optional(vInstant)
});

/**
 * What has to be named beside the number, so that nobody finds bills by trying numbers
 */
export const vProofRule = v.object({
    kind: listed(['name', 'ending']),
    label: vText,
    hint: v.optional(vText),
    length: v.optional(v.pipe(v.number(), v.integer(), v.minValue(3), v.maxValue(20)))
});

/**
 * How a bill of this biller is found without binding an account (免绑定缴费), see findBill; the number is as `account` says. Absent where it can not be
 */
export const vFindingRule = v.object({
    by: listed([
        'account',
        'decision',
        'voucher'
    ]),
    proof: v.optional(vProofRule)
});

/**
 * What a payment to this biller costs and may be; shown before paying
 */
export const vPayingRule = v.object({
    feeFen: v.optional(vFen),
    feeNote: v.optional(vText),
    maxFen: v.optional(vFen)
});

/**
 * What an account number of this biller looks like; a form is drawn from it. Never a regular expression.
 */
export const vAccountRule = v.object({
    label: vText,
    hint: v.optional(vText),
    example: v.optional(vText),
    minLength: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(40)),
    maxLength: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(40)),
    charset: listed(['digits', 'letters-digits']),
    checkDigit: listed([
        'none',
        'luhn',
        'mod11'
    ])
});

export const vPromises = v.object({
    refundWithinDays: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(90)),
    answerWithinDays: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(90))
});

/**
 * Who takes a report up that the city has not answered by its promise (逾期未答复时的上一级受理渠道); 12345 without it
 */
export const vEscalation = v.object({
    name: vText,
    phone: vPhone
});

/**
 * Template ids for subscription messages, by host
 */
export const vMessageTemplates = v.object({
    wechat: v.optional(v.pipe(v.array(v.string()), v.maxLength(3))),
    alipay: v.optional(v.pipe(v.array(v.string()), v.maxLength(3)))
});

export const vBiller = v.object({
    id: vId,
    kind: vBillKind,
    name: vText,
    phone: vPhone,
    account: vAccountRule,
    creditedWithinMinutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20160)),
    asleep: v.optional(vDailyWindow),
    paying: v.optional(vPayingRule),
    level: v.optional(vLevel),
    finding: v.optional(vFindingRule)
});

export const vBookingRules = v.object({
    holdSeconds: v.pipe(v.number(), v.integer(), v.minValue(30), v.maxValue(3600)),
    daysAhead: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
    cancelUntilMinutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10080)),
    noShowLimit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
    noShowBlockDays: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(365)),
    activeLimit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
    visitor: v.array(listed([
        'name',
        'phone',
        'id-number'
    ])),
    documentKinds: v.optional(v.pipe(v.array(vDocumentKind), v.minLength(1), v.maxLength(20))),
    itemsPerVisit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5))),
    waitlistOfferMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440))),
    lateMovesCount: v.optional(v.boolean()),
    unusedHoldLimit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20))),
    unusedHoldMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440))),
    queueRule: v.optional(vText),
    level: v.optional(vLevel)
});

export const vManifest = v.object({
    cityId: vCityId,
    name: vText,
    contract: v.pipe(v.string(), v.regex(/^1\.[0-9]+$/)),
    mode: listed(['open', 'read-only']),
    phone: vPhone,
    notices: v.pipe(rows(vNotice), v.maxLength(20)),
    billers: v.pipe(rows(vBiller), v.maxLength(50)),
    booking: v.optional(vBookingRules),
    features: v.array(listed([
        'accounts',
        'payments',
        'refunds',
        'receipts',
        'receipt-checks',
        'recalls',
        'papers',
        'appointments',
        'waitlist',
        'queue',
        'ratings',
        'reports',
        'verification',
        'mandates',
        'visitors',
        'consents',
        'data-uses',
        'favourites',
        'tickets',
        'messages',
        'findings',
        'family'
    ])),
    promises: vPromises,
    messages: v.optional(vMessageTemplates),
    signingKeys: v.optional(v.pipe(rows(vSigningKey), v.maxLength(20))),
    escalation: v.optional(vEscalation),
    paperHosts: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(253), v.regex(/^[a-z0-9.-]+$/))), v.maxLength(20))),
    serverTime: vInstant
});
