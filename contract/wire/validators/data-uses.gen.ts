// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed, rows, text } from '../../answers';
import { vId, vInstant, vText } from './shared.gen';

/**
 * `bills`: a biller was asked what is due; `visit`: a hall was told who comes; `other-citizen`: somebody else used the citizen's account;
 * `acting`: somebody with the citizen's permission acted for them; `paper`: a title was given to who issues a paper; `copy`: a copy of the
 * data was taken; `other`: as `text` says.
 *
 */
export const vDataUsePurpose = listed([
    'bills',
    'visit',
    'other-citizen',
    'acting',
    'paper',
    'copy',
    'other'
]);

export const vDataUse = v.object({
    id: vId,
    at: vInstant,
    office: v.pipe(text, v.maxLength(200)),
    by: vText,
    purpose: vDataUsePurpose,
    text: vText
});

export const vDataUsePage = v.object({
    items: v.pipe(rows(vDataUse), v.maxLength(100)),
    next: v.optional(v.pipe(v.string(), v.maxLength(200))),
    offices: v.pipe(v.array(v.object({
        office: v.pipe(text, v.maxLength(200)),
        name: vText
    })), v.maxLength(100)),
    purposes: v.pipe(v.array(vDataUsePurpose), v.maxLength(20)),
    serverTime: vInstant
});
