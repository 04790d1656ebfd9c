import type { HallId, ItemId } from './ids'
import type { Unlisted } from './unlisted'

/** A hall or an item that the citizen saved (收藏). */
export type Favourite =
  | { kind: 'hall'; targetId: HallId; name: string }
  | { kind: 'item'; targetId: ItemId; name: string }
  | { kind: Unlisted; targetId: string; name: string }
