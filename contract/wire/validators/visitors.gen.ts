// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { text } from '../../answers';
import { vId, vInstant, vText, vDocumentKind } from './shared.gen';

/**
 * Masked; the city fills it in by its id. No document number is kept, only what tells two apart
 */
export const vSavedVisitor = v.object({
    id: vId,
    maskedName: vText,
    maskedPhone: v.optional(v.pipe(text, v.maxLength(40))),
    documentKind: v.optional(vDocumentKind),
    maskedDocument: v.optional(v.pipe(text, v.maxLength(40))),
    savedAt: vInstant
});

export const vVisitorList = v.object({
    items: v.pipe(v.array(vSavedVisitor), v.maxLength(10)),
    serverTime: vInstant
});
