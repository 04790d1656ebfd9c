import {
  bindAccount,
  changeAccount,
  getAccount,
  listAccounts,
  matchAccount,
  restoreAccount,
  setReminder,
  unbindAccount,
} from './billing/accounts'
import { confirmDecision, getBill, listBills, lookUpBills } from './billing/bills'
import { findBill, forgetFinding } from './billing/findings'
import { getHistory } from './billing/history'
import { bookingHandlers } from './booking'
import { getCitizen } from './citizens/citizen'
import { listConsents, setConsent } from './citizens/consents'
import { exportCitizen } from './citizens/copy'
import { listDataUses } from './citizens/data-uses'
import { eraseCitizen } from './citizens/erasure'
import { listFavourites, removeFavourite, saveFavourite } from './citizens/favourites'
import { closeReport, createReport, getReport, listReports, replyToReport } from './citizens/reports'
import { createSession, endSession } from './citizens/sessions'
import { beginVerification, getVerification } from './citizens/verifications'
import {
  acceptInvitation,
  checkInvitation,
  endGrant,
  getGrant,
  inviteFamily,
  listActs,
  listGrants,
} from './family/operations'
import type { Handlers } from './http/operation'
import { beginMandate, changeMandate, endMandate, listMandates } from './mandates/operations'
import { getManifest } from './manifest'
import { listMessageGrants, noteMessageGrants } from './messages/grants'
import { listMessages, readMessages } from './messages/inbox'
import {
  closePayment,
  createPayment,
  findPayment,
  getPayment,
  listPayments,
  openCashier,
  reportCashierAnswer,
} from './payments/operations'
import { forgetPaperTitle, listPapers, requestPaper } from './payments/papers'
import { recallPayment } from './payments/recalls'
import { checkReceipt, getReceipt } from './payments/receipts'
import { listRefunds } from './payments/refunds'
import { ticketHandlers } from './tickets'

/** Every operation of the contract. */
export const handlers: Handlers = {
  getManifest,
  createSession,
  endSession,
  beginVerification,
  getVerification,
  matchAccount,
  findBill,
  forgetFinding,
  listAccounts,
  bindAccount,
  getAccount,
  changeAccount,
  unbindAccount,
  restoreAccount,
  setReminder,
  lookUpBills,
  listBills,
  getBill,
  getHistory,
  confirmDecision,
  listMandates,
  beginMandate,
  changeMandate,
  endMandate,
  listPayments,
  createPayment,
  findPayment,
  getPayment,
  openCashier,
  reportCashierAnswer,
  closePayment,
  recallPayment,
  listRefunds,
  listPapers,
  requestPaper,
  forgetPaperTitle,
  getReceipt,
  checkReceipt,
  getCitizen,
  listConsents,
  setConsent,
  listDataUses,
  exportCitizen,
  eraseCitizen,
  listFavourites,
  saveFavourite,
  removeFavourite,
  listReports,
  createReport,
  getReport,
  replyToReport,
  closeReport,
  listMessages,
  readMessages,
  listMessageGrants,
  noteMessageGrants,
  listGrants,
  inviteFamily,
  checkInvitation,
  acceptInvitation,
  getGrant,
  endGrant,
  listActs,
  ...bookingHandlers,
  ...ticketHandlers,
}
