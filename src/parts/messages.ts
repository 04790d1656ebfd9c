import { hasFeature, type Manifest } from '@/domain/manifest'
import { platform } from '@/platform'
import { services } from '@/services'
import { answersIn, messageGrantsOf } from '@/services/message-grants'

/** The messages of this city that the host can ask for; none where either has no messages. */
export const messageTemplates = (manifest: Manifest | null): readonly string[] =>
  (platform.messages && manifest?.messages?.[platform.messages.templatesOf]) ?? []

/** Asks at the host for the city's messages; true once one of them is granted. Call it straight from a tap. */
export async function subscribeToMessages(manifest: Manifest | null): Promise<boolean> {
  const ids = messageTemplates(manifest)
  if (!platform.messages || ids.length === 0) return false
  const results = await platform.messages.subscribe(ids)
  const answers = answersIn(results)
  // Nobody waits for it: a city that does not hear of it finds out by the host's answer.
  if (manifest && answers.length > 0 && hasFeature(manifest, 'messages'))
    services
      .of(messageGrantsOf)
      .note(manifest.cityId, answers, services.newIdempotencyKey())
      .catch(() => {})
  return ids.some((id) => results[id] === 'granted')
}
