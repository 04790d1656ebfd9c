import type { HallLocation } from '@/domain/hall'
import { platform } from '@/platform'

export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** Why there is no location: `denied` is granted again in the host's settings only. */
export type NoLocation = 'denied' | 'none'

export const isPoint = (location: Point | NoLocation | null): location is Point =>
  typeof location === 'object' && location !== null

/** Where the citizen is; located on a tap only and stored nowhere. */
export async function locate(): Promise<Point | NoLocation> {
  const result = await platform.locate?.()
  const point = result?.kind === 'point' ? result : result?.kind === 'city' ? result.point : undefined
  if (point) return { latitude: point.latitude, longitude: point.longitude }
  return result?.kind === 'denied' ? 'denied' : 'none'
}

/** Opens the host's settings and locates once it is granted there. Absent where the host has none. */
export const locateAfterSettings =
  platform.openSettings?.location &&
  (async (): Promise<Point | NoLocation> => ((await platform.openSettings?.location?.()) ? locate() : 'denied'))

/** Kilometres as the crow flies; good enough within a city, where the location is fuzzy anyway. */
export function kilometres(from: Point, to: Pick<HallLocation, 'latitude' | 'longitude'>): number {
  const radians = Math.PI / 180
  const x = (to.longitude - from.longitude) * radians * Math.cos(((from.latitude + to.latitude) / 2) * radians)
  const y = (to.latitude - from.latitude) * radians
  return Math.sqrt(x * x + y * y) * 6371
}
