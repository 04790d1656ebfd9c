// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed, text } from '../../answers';
import { vId, vFen, vInstant, vText } from './shared.gen';

/**
 * `e-invoice`: 电子发票, of utilities, made out to a title; `fiscal`: 财政电子票据, of fines and other non-tax; `tax`: 完税证明. The last two
 * are made out to whom the decision or the voucher names
 *
 */
export const vPaperKind = listed([
    'e-invoice',
    'fiscal',
    'tax'
]);

export const vPaperState = listed([
    'not-offered',
    'available',
    'issuing',
    'issued',
    'failed'
]);

/**
 * With `not-offered`: `not-issued-here` (the biller gives it elsewhere), `not-credited` (it can be asked for afterwards), `money-back` (the
 * money went back, or is on its way), `withdrawn` (it was issued and is void, as the money went back). With `failed`: `title-refused`
 * (with this title), `not-issued` (for another reason), `no-answer` (nobody knows; asking again never makes two)
 *
 */
export const vPaperReason = listed([
    'not-issued-here',
    'not-credited',
    'money-back',
    'withdrawn',
    'title-refused',
    'not-issued',
    'no-answer'
]);

/**
 * To whom a paper is made out (抬头)
 */
export const vPaperTitle = v.object({
    kind: listed(['personal', 'company']),
    name: v.pipe(text, v.minLength(1), v.maxLength(100)),
    taxNumber: v.optional(v.pipe(v.string(), v.regex(/^[0-9A-Z]{18}$/)))
});

export const vPaper = v.object({
    billerId: vId,
    billerName: vText,
    kind: vPaperKind,
    state: vPaperState,
    because: v.optional(vPaperReason),
    text: v.optional(vText),
    amountFen: vFen,
    needsTitle: v.boolean(),
    title: v.optional(vPaperTitle),
    askedAt: v.optional(vInstant),
    expectedBy: v.optional(vInstant),
    issuedAt: v.optional(vInstant),
    number: v.optional(v.pipe(text, v.maxLength(64))),
    checkCode: v.optional(v.pipe(text, v.maxLength(20))),
    fileUrl: v.optional(v.pipe(text, v.maxLength(500)))
});

export const vPaperList = v.object({
    paymentId: vId,
    items: v.pipe(v.array(vPaper), v.maxLength(20)),
    keptTitle: v.optional(vPaperTitle),
    serverTime: vInstant
});
