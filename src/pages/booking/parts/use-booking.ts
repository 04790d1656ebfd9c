import { useState } from 'react'
import { services } from '@/services'
import { type Booking, createBooking } from './create-booking'

/** The acts of this page, with their keys. */
export function useBooking(): Booking {
  const [booking] = useState(() => createBooking(services))
  return booking
}
