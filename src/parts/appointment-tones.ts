import type { TagTone } from '@/components/tag'
import type { AppointmentState } from '@/domain/appointment'

/** The tone of each state's tag, the same on every page. */
export const appointmentTone: Readonly<Record<AppointmentState, TagTone>> = {
  confirmed: 'brand',
  'checked-in': 'info',
  served: 'ok',
  expired: 'plain',
  'cancelled-by-citizen': 'plain',
  'cancelled-by-hall': 'bad',
  'no-show': 'bad',
  excused: 'plain',
  unlisted: 'warn',
}
