import { useState } from 'react'
import { services } from '@/services'
import { createIntent, type IntentKey } from '@/services/idempotency'

/** One intent of this page. */
export function useIntent(): IntentKey {
  const [intent] = useState(() => createIntent(services.newIdempotencyKey))
  return intent
}
