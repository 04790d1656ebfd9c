// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed, rows, text } from '../../answers';
import { vId, vInstant, vText, vVersion, vReportSubject } from './shared.gen';

export const vReportReason = listed([
    'not-credited',
    'wrong-amount',
    'charged-twice',
    'refund-late',
    'turned-away',
    'long-wait',
    'app-error',
    'unknown-use',
    'other'
]);

export const vReportEntry = v.object({
    by: listed(['citizen', 'office']),
    office: v.optional(vText),
    text: vText,
    language: v.optional(listed(['zh-CN', 'en'])),
    at: vInstant
});

export const vReportAction = listed(['reply', 'close']);

export const vReport = v.object({
    id: vId,
    reference: v.pipe(text, v.maxLength(64)),
    about: vReportSubject,
    reason: vReportReason,
    text: v.pipe(text, v.maxLength(1000)),
    state: listed([
        'received',
        'answered',
        'closed'
    ]),
    answer: v.optional(vText),
    createdAt: vInstant,
    answerBy: vInstant,
    answeredAt: v.optional(vInstant),
    closedAt: v.optional(vInstant),
    version: v.optional(vVersion),
    entries: v.optional(v.pipe(v.array(vReportEntry), v.maxLength(100))),
    actions: v.optional(v.pipe(v.array(vReportAction), v.maxLength(10)))
});

export const vReportPage = v.object({
    items: v.pipe(rows(vReport), v.maxLength(100)),
    next: v.optional(v.pipe(v.string(), v.maxLength(200))),
    serverTime: vInstant
});
