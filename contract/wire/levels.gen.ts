// This file is generated from contract/openapi.yaml by scripts/levels.mjs

import type { Level } from './types.gen';

/** The least first; each holds what the ones before it hold. */
export const levels: readonly Level[] = ['anybody', 'account', 'real-name', 'face'];

/** How far the city must know who calls an operation. */
export const levelOfOperation: Readonly<Record<string, Level>> = {
    getManifest: 'anybody',
    createSession: 'anybody',
    endSession: 'account',
    beginVerification: 'account',
    getVerification: 'account',
    matchAccount: 'account',
    listAccounts: 'account',
    bindAccount: 'account',
    getAccount: 'account',
    changeAccount: 'account',
    unbindAccount: 'account',
    restoreAccount: 'account',
    lookUpBills: 'account',
    getHistory: 'account',
    setReminder: 'account',
    listBills: 'account',
    getBill: 'account',
    confirmDecision: 'account',
    listPayments: 'account',
    createPayment: 'account',
    findPayment: 'account',
    getPayment: 'account',
    openCashier: 'account',
    reportCashierAnswer: 'account',
    closePayment: 'account',
    listRefunds: 'account',
    getReceipt: 'account',
    listHalls: 'anybody',
    getHall: 'anybody',
    listItems: 'anybody',
    getItem: 'anybody',
    listSlotDays: 'anybody',
    listSlots: 'anybody',
    createHold: 'account',
    getHold: 'account',
    releaseHold: 'account',
    listAppointments: 'account',
    confirmHold: 'account',
    getAppointment: 'account',
    cancelAppointment: 'account',
    swapAppointment: 'account',
    rateAppointment: 'account',
    listWaitlist: 'account',
    joinWaitlist: 'account',
    leaveWaitlist: 'account',
    getCitizen: 'account',
    setConsent: 'account',
    exportCitizen: 'account',
    eraseCitizen: 'account',
    listReports: 'account',
    createReport: 'account',
};

/** Calls that anybody may make, as method and path; `*` is a part of the path. */
export const openCalls: readonly string[] = [
    'GET /manifest',
    'POST /sessions',
    'GET /halls',
    'GET /halls/*',
    'GET /items',
    'GET /items/*',
    'GET /slot-days',
    'GET /slots',
];
