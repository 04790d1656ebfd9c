import { sweepBooking } from './booking'
import { sweepPayments } from './payments/advance'
import { readStatements } from './payments/statements'
import type { Service } from './service'

/** What happens in a city without anybody asking, by the city's clock. */
export async function doWhatIsDue(service: Service): Promise<void> {
  await sweepPayments(service)
  await readStatements(service)
  await sweepBooking(service)
}
