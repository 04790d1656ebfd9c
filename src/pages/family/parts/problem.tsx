import { Alert } from '@/components/alert'
import { failureText } from '@/parts/failure'
import type { ServiceError } from '@/services/errors'
import { useText } from '@/text'
import { failures } from '@/text/parts/failures'

/** What the city refused or did not do; `title` says what did not happen. */
export function Problem({ problem, title }: { problem: ServiceError | null; title: string }) {
  const failed = useText(failures)
  if (problem === null) return null
  return (
    <Alert tone="bad" title={title} live>
      {failureText(problem, failed).text}
    </Alert>
  )
}
