import type { Manifest } from '@/domain/manifest'
import { platform } from '@/platform'

/**
 * Asks at the host for the messages that the city sends. Call it straight from a tap. `none`: the host or the city has no
 * messages, so nothing was asked.
 */
export async function askForNotices(manifest: Manifest | null): Promise<'granted' | 'refused' | 'none'> {
  const { messages } = platform
  const ids = (messages && manifest?.messages?.[messages.templatesOf]) ?? []
  if (!messages || ids.length === 0) return 'none'
  const answers = await messages.subscribe(ids)
  return ids.some((id) => answers[id] === 'granted') ? 'granted' : 'refused'
}
