import type { Billers, Credit } from '../ports'

/** Billers of several systems as one: those that `others` names by `city/biller`, and `main` for all the rest. */
export function severalBillers(main: Billers, others: ReadonlyMap<string, Billers>): Billers {
  const systemOf = (cityId: string, billerId: string) => others.get(`${cityId}/${billerId}`) ?? main
  return {
    closedUntil: (biller) => systemOf(biller.cityId, biller.billerId).closedUntil(biller),
    lookUp: (question) => systemOf(question.cityId, question.billerId).lookUp(question),
    find: (question) =>
      systemOf(question.cityId, question.billerId).find?.(question) ?? Promise.reject(new Error('it finds nothing')),
    /** Each system books its own bills; one that cannot be reached holds up no other. */
    async credit(request) {
      const { cityId, bills } = request
      const answers: Credit[] = bills.map(() => 'open')
      const indexesOf = new Map<Billers, number[]>()
      for (const [index, { billerId }] of bills.entries()) {
        const system = systemOf(cityId, billerId)
        indexesOf.set(system, [...(indexesOf.get(system) ?? []), index])
      }
      await Promise.all(
        [...indexesOf].map(async ([system, indexes]) => {
          const own = indexes.flatMap((index) => bills[index] ?? [])
          const answered = await system.credit({ ...request, bills: own }).catch((): Credit[] => [])
          for (const [at, index] of indexes.entries()) answers[index] = answered[at] ?? 'open'
        }),
      )
      return answers
    },
    recall: async (bill) => (await systemOf(bill.cityId, bill.billerId).recall?.(bill)) ?? { decision: 'open' },
    paper: async (payment) => (await systemOf(payment.cityId, payment.billerId).paper?.(payment)) ?? 'none',
  }
}
