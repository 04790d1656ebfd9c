import { services } from '@/services'
import { stores } from '.'
import { createReconciler } from './create-reconciler'

/** The app's own: see `Reconciler`. */
const own = createReconciler(stores.journal, services)
export const reconcileJournal = own.reconcile
export const reconcileIntent = own.reconcileOne
export const hasReadSinceLaunch = own.hasRead
