import { sweepBooking } from './booking'
import { sweepPayments } from './payments/due'
import { readStatements } from './payments/statements'
import type { Service } from './service'

/** What happens in a city without anybody asking, by the city's clock. One part that fails does not keep the others from theirs. */
export async function doWhatIsDue(instance: Service): Promise<void> {
  const service = { ...instance, database: { ...instance.database, ...instance.database.due } }
  for (const part of [sweepPayments, readStatements, sweepBooking])
    await part(service).catch((error: Error) => service.report(`${part.name}: ${error.message}`))
}
