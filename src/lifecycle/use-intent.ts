import { useState } from 'react'
import { services } from '@/services'
import { createIntent, type Intent } from '@/services/idempotency'

/** One intent of this page. */
export function useIntent(): Intent {
  const [intent] = useState(() => createIntent(services.newIdempotencyKey))
  return intent
}
