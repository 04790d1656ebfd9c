import type { Manifest } from '@/domain/manifest'
import { platform } from '@/platform'

/** The messages of this city that the host can ask for; none where either has no messages. */
export const messageTemplates = (manifest: Manifest | null): readonly string[] =>
  (platform.messages && manifest?.messages?.[platform.messages.templatesOf]) ?? []

/** Asks at the host for the city's messages; true once one of them is granted. Call it straight from a tap. */
export async function subscribeToMessages(manifest: Manifest | null): Promise<boolean> {
  const ids = messageTemplates(manifest)
  if (!platform.messages || ids.length === 0) return false
  const results = await platform.messages.subscribe(ids)
  return ids.some((id) => results[id] === 'granted')
}
