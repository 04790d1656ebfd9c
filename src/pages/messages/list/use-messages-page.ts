import { useRef } from 'react'
import type { CityId } from '@/domain/ids'
import { hasFeature } from '@/domain/manifest'
import { type Message, newlySeen } from '@/domain/message'
import { useEffectWhileVisible } from '@/lifecycle/use-visible'
import { type Load, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { useMessages } from '@/queries/use-messages'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { messagesOf } from '@/services/messages'

export type MessagesPage =
  | { readonly status: 'loading' }
  | { readonly status: 'not-offered' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | { readonly status: 'none'; readonly load: Load<unknown>; readonly reload: () => Promise<void> }
  | {
      readonly status: 'messages'
      readonly messages: readonly Message[]
      readonly hasMore: boolean
      readonly moreFailed: boolean
      readonly readMore: () => Promise<void>
    }

/** Messages of a city. What is shown counts as seen; it stays marked as new until the page is shown again. */
export function useMessagesPage(city: CityId): MessagesPage {
  const manifest = valueOf(useManifest(city)[0])
  const isOffered = !manifest || hasFeature(manifest, 'messages')
  const { load, items, hasMore, moreError, readMore, reload } = useMessages(isOffered ? city : null)
  const told = useRef(new Set<string>()).current
  useEffectWhileVisible(() => {
    const ids = newlySeen(items, told)
    if (ids.length === 0) return undefined
    for (const id of ids) told.add(id)
    // The mark stays then, and is put right by the next show.
    const failed = () => {
      for (const id of ids) told.delete(id)
    }
    services.of(messagesOf).read(city, ids).catch(failed)
    return undefined
  }, [city, items, told])
  if (!isOffered) return { status: 'not-offered' }
  if (load.status === 'loading') return { status: 'loading' }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload }
  if (items.length === 0) return { status: 'none', load, reload }
  return { status: 'messages', messages: items, hasMore, moreFailed: moreError !== null, readMore }
}
