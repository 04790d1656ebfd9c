// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { vId, vInstant, vText } from './shared.gen';

export const vSession = v.object({
    token: v.pipe(v.string(), v.minLength(1), v.maxLength(1000)),
    citizenId: vId,
    maskedName: vText,
    expiresAt: vInstant,
    serverTime: vInstant
});
