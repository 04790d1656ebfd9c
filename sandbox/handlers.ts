import { bookingHandlers } from './booking'
import type { Handlers } from './core'
import {
  bindAccount,
  changeAccount,
  getAccount,
  listAccounts,
  matchAccount,
  restoreAccount,
  setReminder,
  unbindAccount,
} from './resources/accounts'
import { confirmDecision, getBill, listBills, lookUpBills } from './resources/bills'
import { getCitizen, setConsent } from './resources/citizen'
import { getHistory } from './resources/history'
import { getManifest } from './resources/manifest'
import {
  closePayment,
  createPayment,
  findPayment,
  getPayment,
  listPayments,
  openCashier,
  reportCashierAnswer,
} from './resources/payments'
import { getReceipt } from './resources/receipts'
import { listRefunds } from './resources/refunds'
import { createReport, listReports } from './resources/reports'
import { createSession, endSession } from './resources/sessions'

/** Every operation of the contract. */
export const handlers: Handlers = {
  getManifest,
  createSession,
  endSession,
  matchAccount,
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
  listPayments,
  createPayment,
  findPayment,
  getPayment,
  openCashier,
  reportCashierAnswer,
  closePayment,
  listRefunds,
  getReceipt,
  getCitizen,
  setConsent,
  listReports,
  createReport,
  ...bookingHandlers,
}
