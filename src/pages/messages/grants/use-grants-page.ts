import { useState } from 'react'
import type { CityId } from '@/domain/ids'
import type { MessageGrants } from '@/domain/message'
import { useIntent } from '@/lifecycle/use-intent'
import { platform } from '@/platform'
import { useMessageGrants } from '@/queries/use-messages'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import { answersIn, type GrantAnswer, messageGrantsOf } from '@/services/message-grants'

type Problem = { kind: 'refused' | 'unavailable' } | { kind: 'not-noted'; error: ServiceError; again: () => unknown }

export type GrantsPage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | {
      readonly status: 'grants'
      readonly grants: MessageGrants
      readonly problem: Problem | null
      /** Asks at the host about a template; absent where the host cannot ask. */
      readonly ask: ((template: string) => Promise<void>) | undefined
      /** Opens the host's settings for messages. */
      readonly allow: (() => unknown) | undefined
    }

/** What the host may show. The citizen is asked at the host straight from the tap; the city is told what they answered. */
export function useGrantsPage(city: CityId): GrantsPage {
  const [load, reload] = useMessageGrants(city)
  const [changed, setChanged] = useState<{ of: unknown; grants: MessageGrants } | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const intent = useIntent()
  if (load.status === 'loading') return { status: 'loading' }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload }

  const note = async (answers: readonly GrantAnswer[]) => {
    try {
      const grants = await services.of(messageGrantsOf).note(city, answers, intent.keyOf(answers))
      intent.end()
      setChanged({ of: load.value, grants })
      setProblem(answers.every(({ granted }) => granted) ? null : { kind: 'refused' })
    } catch (thrown) {
      setProblem({ kind: 'not-noted', error: asServiceError(thrown), again: () => note(answers) })
    }
  }
  const { messages } = platform
  const ask = async (template: string) => {
    // Without waiting for anything: WeChat asks straight after a tap or not at all.
    const answers = answersIn((await messages?.subscribe([template])) ?? {})
    if (answers.length === 0) return setProblem({ kind: 'unavailable' })
    await note(answers)
  }
  return {
    status: 'grants',
    // What was read after it is newer.
    grants: changed && changed.of === load.value ? changed.grants : load.value,
    problem,
    ask: messages && ask,
    allow: platform.openSettings?.messages,
  }
}
