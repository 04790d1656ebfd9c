// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { clockTime, day, instant, listed, text } from '../../answers';

export const vId = v.pipe(v.string(), v.minLength(1), v.maxLength(64), v.regex(/^[A-Za-z0-9_.-]+$/));

/**
 * Six-digit adcode (行政区划代码)
 */
export const vCityId = v.pipe(v.string(), v.regex(/^[0-9]{6}$/));

/**
 * Whole fen (分)
 */
export const vFen = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100000000000));

export const vInstant = instant;

export const vDay = day;

export const vText = v.pipe(text, v.maxLength(2000));

export const vPhone = v.pipe(v.string(), v.regex(/^[0-9+ -]{3,20}$/));

export const vVersion = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000000000));

export const vBillKind = listed([
    'electricity',
    'water',
    'gas',
    'heating',
    'tax',
    'fine'
]);

export const vCashierKind = listed([
    'wechat',
    'alipay',
    'till'
]);

export const vDailyWindow = v.object({
    from: clockTime,
    to: clockTime
});

/**
 * What a visitor may show (证件): id-card 居民身份证 (GB 11643-1999; 15 digits are refused), residence-permit 港澳台居民居住证
 * (18 characters from 81, 82 or 83 on), hk-macao-permit 港澳居民来往内地通行证 (H or M and 8 digits), taiwan-permit
 * 台湾居民来往大陆通行证 (8 digits), passport 中国护照, foreign-passport (5 to 9 letters and digits), permanent-resident
 * 外国人永久居留身份证 (18 characters from 9 on, or three letters and 12 digits). `document-examples.json` beside this file
 * has numbers that a city takes and refuses.
 *
 */
export const vDocumentKind = listed([
    'id-card',
    'residence-permit',
    'hk-macao-permit',
    'taiwan-permit',
    'passport',
    'foreign-passport',
    'permanent-resident'
]);

/**
 * How far the city knows who somebody is, the least first: anybody 任何人, account 账号 (signed in silently), real-name 实名
 * (name and document verified), face 人脸 (a moment ago, by the face). Each holds what the ones before it hold.
 *
 */
export const vLevel = listed([
    'anybody',
    'account',
    'real-name',
    'face'
]);

export const vRelation = listed(['mine', 'someone-else']);

/**
 * Messages about this account's bills; absent when never asked for
 */
export const vReminder = v.object({
    given: v.boolean(),
    changedAt: vInstant
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

/**
 * What a day too late costs (加处罚款, 行政处罚法 72: 3 % of the fine a day, never more than the fine)
 */
export const vSurcharge = v.object({
    dailyFen: vFen,
    capFen: vFen,
    soFarFen: vFen
});

/**
 * What a fine is paid by (罚款缴纳), without what happened, which is in the text of the decision. To whom its biller knows as the
 * party, and to who has found it with findBill; they may pay it without confirming the decision.
 *
 */
export const vFineTerms = v.object({
    decisionNumber: v.pipe(text, v.minLength(1), v.maxLength(64)),
    authority: vText,
    offence: vText,
    decidedOn: vDay,
    fineFen: vFen,
    surcharge: v.optional(vSurcharge),
    reviewUntil: v.optional(vDay),
    sueUntil: v.optional(vDay)
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

export const vPeriod = v.object({
    from: vDay,
    to: vDay
});

export const vUsage = v.object({
    quantity: v.pipe(v.string(), v.regex(/^[0-9]{1,9}(\.[0-9]{1,3})?$/)),
    unit: vText
});

export const vPaymentState = listed([
    'created',
    'cashier-open',
    'unknown',
    'paid',
    'credited',
    'failed',
    'closing',
    'closed',
    'refunding',
    'refunded',
    'partly-refunded'
]);

/**
 * How the refunds of a payment stand that still has some to give back. failed, when one needs people
 */
export const vRefundStanding = listed(['pending', 'failed']);

/**
 * How a payment stands, for places that show something else
 */
export const vPaymentStanding = v.object({
    id: vId,
    state: vPaymentState,
    refundedFen: v.optional(vFen),
    refund: v.optional(vRefundStanding)
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
    fine: v.optional(vFineTerms),
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
    unbound: v.optional(v.boolean()),
    asOf: vInstant
});

/**
 * The account of a bill that was found and is paid may be kept: bindAccount with `matchId`. To be asked once, as long as it is there; forgetFinding with the same id says no. Never for a fine or a tax
 */
export const vKeepOffer = v.object({
    matchId: vId,
    until: vInstant
});

/**
 * stopped: it was not credited and goes back; asked: the biller decides; agreed: the biller gave it up and it goes back; declined: it stays
 * with the biller
 *
 */
export const vRecallState = listed([
    'stopped',
    'asked',
    'agreed',
    'declined'
]);

/**
 * Somebody asked for this bill's money back
 */
export const vRecall = v.object({
    state: vRecallState,
    reference: v.pipe(text, v.maxLength(64)),
    askedAt: vInstant,
    decideBy: v.optional(vInstant),
    endedAt: v.optional(vInstant),
    reason: v.optional(vText)
});

/**
 * Tells accounts apart whose masks are equal: made of the number and a secret of the city, always the same for one account as long as the city keeps its key
 */
export const vAccountMark = v.pipe(v.string(), v.regex(/^[A-Z0-9]{4,8}$/));

export const vAccount = v.object({
    id: vId,
    cityId: vCityId,
    billerId: vId,
    kind: vBillKind,
    maskedNumber: vText,
    maskedHolder: vText,
    maskedAddress: vText,
    mark: v.optional(vAccountMark),
    relation: vRelation,
    nickname: v.optional(v.pipe(text, v.maxLength(20))),
    boundAt: vInstant,
    paidBefore: v.boolean(),
    holder: v.optional(v.boolean()),
    billerAnsweredAt: v.optional(vInstant),
    reminder: v.optional(vReminder)
});

/**
 * On a receipt: whose bill was paid, masked
 */
export const vPaidAccount = v.object({
    billerId: vId,
    billerName: vText,
    maskedNumber: vText,
    maskedHolder: v.optional(vText),
    maskedAddress: v.optional(vText),
    mark: v.optional(vAccountMark)
});

export const vPaymentBill = v.object({
    billId: vId,
    version: vVersion,
    title: vText,
    kind: vBillKind,
    accountLabel: v.optional(vText),
    amountFen: vFen,
    outcome: listed([
        'open',
        'credited',
        'not-credited',
        'refunded'
    ]),
    creditedAt: v.optional(vInstant),
    creditBy: v.optional(vInstant),
    account: v.optional(vPaidAccount),
    period: v.optional(vPeriod),
    recall: v.optional(vRecall),
    unbound: v.optional(v.boolean()),
    keep: v.optional(vKeepOffer)
});

export const vMaterial = v.object({
    id: vId,
    name: vText,
    note: v.optional(vText),
    required: v.boolean(),
    when: v.optional(v.pipe(v.array(v.object({
        questionId: vId,
        optionIds: v.pipe(v.array(vId), v.minLength(1), v.maxLength(10))
    })), v.maxLength(5))),
    ifMissing: v.optional(vText)
});

export const vSlot = v.object({
    id: vId,
    hallId: vId,
    day: vDay,
    startsAt: vInstant,
    endsAt: vInstant,
    free: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100000)),
    capacity: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100000))
});

export const vHallPlace = v.object({
    id: vId,
    name: vText,
    address: vText,
    phone: vPhone,
    latitude: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
    longitude: v.pipe(v.number(), v.minValue(-180), v.maxValue(180))
});

/**
 * What a hall lets people do who take a number from home
 */
export const vTicketRules = v.object({
    level: v.optional(vLevel),
    dailyNumbers: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100000)),
    numbersPerPerson: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
    calledAgainAfter: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))
});

/**
 * open 可取号, not-yet 今天还没开始, pause 午休, over 今天已截止 (the hall closes soon or has closed), closed 当天不对外办理, used-up 今天的号已取完,
 * stopped 大厅暂停取号 (what was given is still called).
 *
 */
export const vTicketLineStatus = listed([
    'open',
    'not-yet',
    'pause',
    'over',
    'closed',
    'used-up',
    'stopped'
]);

/**
 * One purpose each; which acts may demand which, `x-consents` of the operation says. `document-number` (shown to a hall), `identity` (name and document number for a verification) and `face` are sensitive (敏感个人信息) and are asked for separately.
 */
export const vConsentKind = listed([
    'real-name',
    'location',
    'messages',
    'document-number',
    'face',
    'identity',
    'saved-visitors'
]);

export const vConsentText = v.object({
    consent: vConsentKind,
    version: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100000)),
    title: vText,
    purpose: vText,
    text: vText,
    without: vText,
    sensitive: v.boolean()
});

export const vReportSubject = v.object({
    kind: listed([
        'payment',
        'bill',
        'refund',
        'appointment',
        'hall',
        'app',
        'data-use'
    ]),
    id: vId
});
