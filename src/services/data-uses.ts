import type { DataUse, DataUseFilter, DataUsePurpose } from '@/domain/data-use'
import type { CityId } from '@/domain/ids'
import { vDataUsePage } from '../../contract/wire/validators/data-uses.gen'
import type { Client } from './client'
import { type Page, pageOf } from './page'

/** A page of uses; the first one says what there is to filter by. */
export interface DataUsePage extends Page<DataUse> {
  readonly offices: readonly { readonly office: string; readonly name: string }[]
  readonly purposes: readonly DataUsePurpose[]
}

/** Who used the citizen's data (谁用了我的信息). Never cached: it is not for whoever finds the phone. */
export interface DataUses {
  /** Newest first. */
  list(city: CityId, filter: DataUseFilter, cursor?: string | null): Promise<DataUsePage>
}

/** Uses over a client. */
export const dataUsesOf = (client: Client): DataUses => ({
  list: (city, filter, cursor) =>
    client
      .request({
        city,
        method: 'GET',
        path: '/citizen/data-uses',
        query: { ...filter, cursor },
        response: vDataUsePage,
      })
      .then((wire) => ({ ...pageOf<DataUse>(wire), offices: wire.offices, purposes: wire.purposes })),
})
