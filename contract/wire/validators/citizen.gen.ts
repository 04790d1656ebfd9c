// This file is generated from contract/openapi.yaml by scripts/validators.mjs

import * as v from 'valibot';
import { text } from '../../answers';
import { vId, vInstant, vText, vConsentKind } from './shared.gen';

export const vCitizen = v.object({
    id: vId,
    maskedName: vText,
    maskedPhone: v.optional(vText),
    counters: v.object({
        noShowsThisMonth: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000)),
        activeAppointments: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000)),
        blockedUntil: v.optional(vInstant)
    }),
    grants: v.array(v.object({
        citizenId: vId,
        maskedName: vText,
        until: vInstant
    })),
    consents: v.array(v.object({
        consent: vConsentKind,
        given: v.boolean(),
        changedAt: vInstant
    })),
    unreadMessages: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))),
    dataUse: v.pipe(v.array(v.object({
        at: vInstant,
        by: vText,
        purpose: vText
    })), v.maxLength(100)),
    serverTime: vInstant
});

export const vRecordLabel = v.object({
    name: v.pipe(text, v.minLength(1), v.maxLength(60)),
    label: vText
});

export const vCitizenCopy = v.object({
    createdAt: vInstant,
    sections: v.array(v.object({
        kind: v.pipe(text, v.minLength(1), v.maxLength(60)),
        title: vText,
        records: v.array(v.record(text, v.unknown())),
        labels: v.optional(v.pipe(v.array(vRecordLabel), v.maxLength(200)))
    })),
    serverTime: vInstant
});
