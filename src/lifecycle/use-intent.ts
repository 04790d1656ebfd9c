import { useState } from 'react'
import type { IdempotencyKey } from '@/domain/ids'
import { services } from '@/services'

/** What the citizen is about to send, and its key. */
export interface Intent {
  /** The same body keeps its key, so that it counts once however often it is sent; another body gets another key. */
  keyOf(body: unknown): IdempotencyKey
  /** It is done or refused: the next one is another, even with the same body. */
  end(): void
}

export function useIntent(): Intent {
  const [intent] = useState(createIntent)
  return intent
}

function createIntent(): Intent {
  let last: { body: string; key: IdempotencyKey } | null = null
  return {
    keyOf(value) {
      const body = JSON.stringify(value)
      if (last?.body !== body) last = { body, key: services.newIdempotencyKey() }
      return last.key
    },
    end() {
      last = null
    },
  }
}
