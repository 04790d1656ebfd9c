import { platform } from '@/platform'
import { addressOf } from './cities'
import { createServices, type Services } from './create-services'

/** The app's services. */
export const services: Services = createServices({ platform, addressOf })

export type { Services } from './create-services'
export type { Page } from './page'
