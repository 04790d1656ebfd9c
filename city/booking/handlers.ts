import type { Handlers } from '../http/operation'
import { cancelAppointment, getAppointment, listAppointments, rateAppointment } from './appointments'
import { getHall, getItem, listHalls, listItems } from './catalogue'
import { confirmHold } from './confirmation'
import { createHold, getHold, releaseHold } from './holds'
import { listSlotDays, listSlots } from './slot-days'
import { swapAppointment } from './swap'
import { forgetVisitor, listVisitors } from './visitors'
import { joinWaitlist, leaveWaitlist, listWaitlist } from './waitlist'

/** The booking half of the contract, by operationId. */
export const bookingHandlers: Handlers = {
  listHalls,
  getHall,
  listItems,
  getItem,
  listSlotDays,
  listSlots,
  createHold,
  getHold,
  releaseHold,
  confirmHold,
  listAppointments,
  getAppointment,
  cancelAppointment,
  swapAppointment,
  rateAppointment,
  listVisitors,
  forgetVisitor,
  listWaitlist,
  joinWaitlist,
  leaveWaitlist,
}
