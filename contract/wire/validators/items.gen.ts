// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed, rows } from '../../answers';
import { vId, vFen, vInstant, vText, vDocumentKind, vLevel, vMaterial } from './shared.gen';

/**
 * Asked so that the checklist fits the citizen's own situation
 */
export const vQuestion = v.object({
    id: vId,
    text: vText,
    options: v.pipe(v.array(v.object({
        id: vId,
        text: vText
    })), v.minLength(2), v.maxLength(10))
});

/**
 * birth (出生), school (上学), work (就业), marriage (结婚), home (安家), car (用车), travel (出境), health (看病), retirement (退休), bereavement (身后), business (开店)
 */
export const vLifeEvent = listed([
    'birth',
    'school',
    'work',
    'marriage',
    'home',
    'car',
    'travel',
    'health',
    'retirement',
    'bereavement',
    'business'
]);

export const vItem = v.object({
    id: vId,
    name: vText,
    department: vText,
    durationMinutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(480)),
    feeFen: v.optional(vFen),
    note: v.optional(vText),
    materials: v.pipe(v.array(vMaterial), v.maxLength(50)),
    questions: v.optional(v.pipe(v.array(vQuestion), v.maxLength(5))),
    rules: v.optional(vText),
    documentKinds: v.optional(v.pipe(v.array(vDocumentKind), v.minLength(1), v.maxLength(20))),
    monthlyLimit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(31))),
    level: v.optional(vLevel),
    inPerson: v.optional(v.boolean()),
    lifeEvents: v.optional(v.pipe(v.array(vLifeEvent), v.maxLength(10))),
    recentVisits: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(1000000000)))
});

export const vItemPage = v.object({
    hallId: v.optional(vId),
    items: v.pipe(rows(vItem), v.maxLength(100)),
    next: v.optional(v.pipe(v.string(), v.maxLength(200))),
    serverTime: vInstant
});
