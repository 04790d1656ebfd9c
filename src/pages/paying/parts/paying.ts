import { platform } from '@/platform'
import { services } from '@/services'
import { stores } from '@/stores'
import { createPaying } from './create-paying'

/** The app's own. */
export const paying = createPaying({ services, stores, platform })

/** Some hosts never call back from the cashier: after so long on our page the city is asked. */
export const silenceMs = 3_000
