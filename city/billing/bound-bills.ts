import type { Db } from '../database/database'

/** Bills (`b`), each with every account (`a`) of a citizen that it belongs to, bound or taken off the list. */
export const boundBills = (db: Db) =>
  db
    .selectFrom('bills as b')
    .innerJoin('accounts as a', (join) =>
      join
        .onRef('a.city_id', '=', 'b.city_id')
        .onRef('a.biller_id', '=', 'b.biller_id')
        .onRef('a.number', '=', 'b.number'),
    )
