import type { IconName } from '@/components/icon'
import type { BillKind } from '@/domain/bill-kind'

/** The icon of each kind of bill, the same on every page. */
export const billIcon: Readonly<Record<BillKind, IconName>> = {
  electricity: 'zap',
  water: 'droplets',
  gas: 'flame',
  heating: 'thermometer',
  tax: 'landmark',
  fine: 'car',
  unlisted: 'receipt',
}
