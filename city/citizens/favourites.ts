import type {
  FavouriteKind,
  ListFavouritesData,
  ListFavouritesResponses,
  RemoveFavouriteData,
  RemoveFavouriteResponses,
  SaveFavouriteData,
  SaveFavouriteResponses,
} from '../../contract/wire/types.gen'
import { lockCitizen } from '../booking'
import type { Db } from '../database/database'
import { type Context, operation } from '../http/operation'
import { problem } from '../http/problem'
import { instant, say, type Words } from '../words'

const mostFavourites = 50

/** Where the things of each kind are. */
const tables = { hall: 'halls', item: 'items' } as const

const favouritesOf = (db: Db, { cityId, citizenId }: Pick<Context, 'cityId' | 'citizenId'>) =>
  db.selectFrom('favourites').where('city_id', '=', cityId).where('citizen_id', '=', citizenId)

/** Some cities keep none. */
function needFavourites({ city }: Context): void {
  if (!city.features.includes('favourites')) throw problem('not-found')
}

async function namesOf(db: Db, cityId: string, kind: FavouriteKind, ids: string[]): Promise<Map<string, Words>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom(tables[kind])
    .select(['id', 'name'])
    .where('city_id', '=', cityId)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export const listFavourites = operation<ListFavouritesData, ListFavouritesResponses>(async (_call, context) => {
  needFavourites(context)
  const { db, cityId, language } = context
  const rows = await favouritesOf(db, context)
    .select(['kind', 'target_id'])
    .orderBy('saved_at', 'desc')
    .orderBy('target_id')
    .limit(mostFavourites)
    .execute()
  const idsOf = (kind: FavouriteKind) => rows.filter((row) => row.kind === kind).map(({ target_id }) => target_id)
  const [hall, item] = await Promise.all([
    namesOf(db, cityId, 'hall', idsOf('hall')),
    namesOf(db, cityId, 'item', idsOf('item')),
  ])
  const items = rows.flatMap(({ kind, target_id: targetId }) => {
    const name = { hall, item }[kind].get(targetId)
    return name ? [{ kind, targetId, name: say(name, language) }] : []
  })
  return { status: 200, body: { items, serverTime: instant(context.now()) } }
})

/** One citizen's are saved in turn, so that there are never too many. */
export const saveFavourite = operation<SaveFavouriteData, SaveFavouriteResponses>(async ({ path }, context) => {
  needFavourites(context)
  const { cityId, citizenId } = context
  const { kind, targetId: target_id } = path
  await context.database.transaction(async (trx) => {
    await lockCitizen(trx, cityId, citizenId)
    if (!(await namesOf(trx, cityId, kind, [target_id])).has(target_id)) throw problem('not-found')
    await trx
      .insertInto('favourites')
      .values({ city_id: cityId, citizen_id: citizenId, kind, target_id, saved_at: context.now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const [oldest] = await favouritesOf(trx, context)
      .select(['kind', 'target_id'])
      .orderBy('saved_at', 'desc')
      .orderBy('target_id')
      .offset(mostFavourites)
      .limit(1)
      .execute()
    if (oldest) await remove(trx, context, oldest.kind, oldest.target_id)
  })
  return { status: 204 }
})

export const removeFavourite = operation<RemoveFavouriteData, RemoveFavouriteResponses>(async ({ path }, context) => {
  needFavourites(context)
  await remove(context.db, context, path.kind, path.targetId)
  return { status: 204 }
})

async function remove(db: Db, { cityId, citizenId }: Context, kind: FavouriteKind, targetId: string): Promise<void> {
  await db
    .deleteFrom('favourites')
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('kind', '=', kind)
    .where('target_id', '=', targetId)
    .execute()
}
