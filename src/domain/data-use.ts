import type { DataUseId } from './ids'
import type { Instant } from './time'
import type { Unlisted } from './unlisted'

/** What somebody used a citizen's data for. */
export type DataUsePurpose = 'bills' | 'visit' | 'other-citizen' | 'acting' | 'paper' | 'copy' | 'other' | Unlisted

/** A use of the citizen's data (谁用了我的信息). */
export type DataUse = {
  id: DataUseId
  at: Instant
  /** Whose use it was, for the filter. */
  office: string
  /** The same for people. */
  by: string
  purpose: DataUsePurpose
  /** In the city's plain words. */
  text: string
}

/** What of a list is shown. One of the two at most, so that a filter never hides that there is something. */
export type DataUseFilter = { readonly office: string } | { readonly purpose: DataUsePurpose } | null
