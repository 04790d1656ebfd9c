// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { rows } from '../../answers';
import { vInstant, vText, vConsentKind, vConsentText } from './shared.gen';

export const vConsentRecord = v.object({
    consent: vConsentKind,
    title: vText,
    given: v.boolean(),
    changedAt: vInstant,
    agreed: v.optional(vConsentText),
    current: v.optional(vConsentText)
});

export const vConsentList = v.object({
    items: v.pipe(rows(vConsentRecord), v.maxLength(100)),
    serverTime: vInstant
});
