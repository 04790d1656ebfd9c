import type { CityId } from '@/domain/ids'
import { services } from '@/services'
import { messageGrantsOf } from '@/services/message-grants'
import { messagesOf } from '@/services/messages'
import { useList } from './use-list'
import { useLoad } from './use-load'

/** What the city told the citizen, newest first, page by page. Null `city`: it keeps none. */
export const useMessages = (city: CityId | null) => useList(city && [city], services.of(messagesOf).list)

/** What the host may show of it. */
export const useMessageGrants = (city: CityId) => useLoad([city], services.of(messageGrantsOf).list)
