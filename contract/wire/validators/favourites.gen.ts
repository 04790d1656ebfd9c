// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { listed } from '../../answers';
import { vId, vInstant, vText } from './shared.gen';

export const vFavouriteKind = listed(['hall', 'item']);

export const vFavourite = v.object({
    kind: vFavouriteKind,
    targetId: vId,
    name: vText
});

export const vFavouriteList = v.object({
    items: v.pipe(v.array(vFavourite), v.maxLength(50)),
    serverTime: vInstant
});
