import type { Credit, CreditRequest } from '../ports'
import type { Service } from '../service'

/** How long the city waits for a biller; a phone gives up after 15 s. */
const BILLER_MS = 5000

/** What a biller answers, or null when it cannot be reached, makes no sense or is too slow. */
export async function answerOf<T>(work: Promise<T>, waitMs = BILLER_MS): Promise<{ value: T } | null> {
  let timer: NodeJS.Timeout | undefined
  const tooSlow = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), waitMs)
  })
  const answered = work.then(
    (value) => ({ value }),
    () => null,
  )
  return Promise.race([answered, tooSlow]).finally(() => clearTimeout(timer))
}

/** What the billers did with a paid payment's money, bill by bill; `open` for all that is not known. */
export async function creditAtBillers(
  { billers }: Pick<Service, 'billers'>,
  request: CreditRequest,
): Promise<Credit[]> {
  const answer = await answerOf(billers.credit(request))
  return request.bills.map((_, at) => answer?.value[at] ?? 'open')
}
