import { createPaying, type Paying } from '@/pages/paying/parts/create-paying'
import type { Platform } from '@/platform/types'
import { createServices, type ServiceOptions, type Services } from '@/services/create-services'
import { createStores, type Stores } from '@/stores/create-stores'

/** A running app, as far as money goes. Only its storage outlives it. */
export interface App {
  readonly services: Services
  readonly stores: Stores
  readonly paying: Paying
}

export type PhoneHost = Pick<Platform, 'cashierKind' | 'request' | 'login' | 'storage' | 'pay'>

/** Starts the app on a host: what its pages run, on services and stores of this start. */
export function launch(platform: PhoneHost, options: Omit<ServiceOptions, 'platform'>): App {
  const services = createServices({ platform, ...options })
  const stores = createStores({ storage: platform.storage, services, hostLanguage: 'zh-CN' })
  return { services, stores, paying: createPaying({ services, stores, platform }) }
}
