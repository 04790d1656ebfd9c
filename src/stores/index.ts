import { platform } from '@/platform'
import { services } from '@/services'
import { createStores, type Stores } from './create-stores'

/** The app's stores. A page reads them with `useWhileVisible`; outside of a view `stores.city.getState()`. */
export const stores: Stores = createStores({
  storage: platform.storage,
  services,
  hostLanguage: platform.system().language,
})
