import type { HallPlace } from '@/domain/hall'
import { platform } from '@/platform'

export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** Why there is no place: `denied` is given back by the host's settings only. */
export type NoPlace = 'denied' | 'none'

export const isPlace = (place: Point | NoPlace | null): place is Point => typeof place === 'object' && place !== null

/** Where the citizen is, asked for on a tap only and kept nowhere. */
export async function askForPlace(): Promise<Point | NoPlace> {
  const answer = await platform.locate?.()
  const point = answer?.kind === 'point' ? answer : answer?.kind === 'city' ? answer.point : undefined
  if (point) return { latitude: point.latitude, longitude: point.longitude }
  return answer?.kind === 'denied' ? 'denied' : 'none'
}

/** Opens the host's settings and asks again when the place is granted there. Absent where the host has none. */
export const askInSettings =
  platform.openSettings?.location &&
  (async (): Promise<Point | NoPlace> => ((await platform.openSettings?.location?.()) ? askForPlace() : 'denied'))

/** Kilometres as the crow flies; good enough within a city, where the citizen's place is fuzzy anyway. */
export function kilometres(from: Point, to: Pick<HallPlace, 'latitude' | 'longitude'>): number {
  const radians = Math.PI / 180
  const x = (to.longitude - from.longitude) * radians * Math.cos(((from.latitude + to.latitude) / 2) * radians)
  const y = (to.latitude - from.latitude) * radians
  return Math.sqrt(x * x + y * y) * 6371
}
