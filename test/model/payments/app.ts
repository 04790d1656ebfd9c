import type { Platform } from '@/platform/types'
import { createServices, type ServiceOptions, type Services } from '@/services/create-services'
import { createStores, type Stores } from '@/stores/create-stores'

type Paying = typeof import('@/pages/paying/checkout/place-order') &
  typeof import('@/pages/paying/checkout/lines') &
  typeof import('@/pages/paying/parts/cashier') &
  typeof import('@/stores/reconcile')

/** What keeps nothing is loaded once: the same code for every start. */
const stateless = {
  '@/domain/bill': () => jest.requireActual('@/domain/bill'),
  '@/domain/ids': () => jest.requireActual('@/domain/ids'),
  '@/domain/journal': () => jest.requireActual('@/domain/journal'),
  '@/domain/manifest': () => jest.requireActual('@/domain/manifest'),
  '@/domain/money': () => jest.requireActual('@/domain/money'),
  '@/domain/payment': () => jest.requireActual('@/domain/payment'),
  '@/domain/time': () => jest.requireActual('@/domain/time'),
  '@/services/errors': () => jest.requireActual('@/services/errors'),
  '@/stores/create-reconciler': () => jest.requireActual('@/stores/create-reconciler'),
}
for (const [name, load] of Object.entries(stateless)) {
  const loaded = load()
  jest.doMock(name, () => loaded)
}

/** A running app, as far as money goes. It forgets everything when it is thrown away; the storage does not. */
export type App = Paying & { readonly services: Services; readonly stores: Stores }

export type PhoneHost = Pick<Platform, 'cashierKind' | 'request' | 'login' | 'storage' | 'pay'>

/**
 * Starts the app on a host. What makes an order and opens the cashier is the very code of the pages: each start loads it
 * anew, with the client and the stores of this start, as a host does.
 */
export function launch(platform: PhoneHost, options: Omit<ServiceOptions, 'platform'>): App {
  const services = createServices({ platform, ...options })
  const stores = createStores({ storage: platform.storage, services, hostLanguage: 'zh-CN' })
  let app: App | null = null
  jest.isolateModules(() => {
    jest.doMock('@/platform', () => ({ platform }))
    jest.doMock('@/services', () => ({ services }))
    jest.doMock('@/stores', () => ({ stores }))
    app = {
      ...jest.requireActual<typeof import('@/pages/paying/checkout/place-order')>(
        '@/pages/paying/checkout/place-order',
      ),
      ...jest.requireActual<typeof import('@/pages/paying/checkout/lines')>('@/pages/paying/checkout/lines'),
      ...jest.requireActual<typeof import('@/pages/paying/parts/cashier')>('@/pages/paying/parts/cashier'),
      ...jest.requireActual<typeof import('@/stores/reconcile')>('@/stores/reconcile'),
      services,
      stores,
    }
  })
  if (app === null) throw new Error('the app did not start')
  return app
}
