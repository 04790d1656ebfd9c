import { Cell } from '@/components/cell'
import type { CityId, PaymentId } from '@/domain/ids'
import { hasFeature } from '@/domain/manifest'
import type { PaymentBill } from '@/domain/payment'
import { go } from '@/lifecycle/go'
import { valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { routes } from '@/routes'
import { useText } from '@/text'
import { kinds } from '@/text/kinds'

export function useHasPapers(city: CityId): boolean {
  const manifest = valueOf(useManifest(city)[0])
  return manifest !== null && hasFeature(manifest, 'papers')
}

/** The papers that billers issue when asked, by their own names. */
export function PapersCell(props: { city: CityId; payment: PaymentId; bills: readonly PaymentBill[] }) {
  const { city, payment, bills } = props
  const own = useText(kinds)
  const names = Array.from(new Set(bills.map(({ kind }) => own[kind].paper))).join(' / ')
  return <Cell icon="file-text" title={names} onTap={() => go(routes.papers({ city, payment }))} />
}
