import type { HallPlace } from '@/domain/hall'
import { platform } from '@/platform'

export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** Where the citizen is, asked for on a tap only and kept nowhere; null when it could not be had. */
export async function askForPlace(): Promise<Point | null> {
  const answer = await platform.locate?.()
  const point = answer?.kind === 'point' ? answer : answer?.kind === 'city' ? answer.point : undefined
  return point ? { latitude: point.latitude, longitude: point.longitude } : null
}

/** Kilometres as the crow flies; good enough within a city, where the citizen's place is fuzzy anyway. */
export function kilometres(from: Point, to: Pick<HallPlace, 'latitude' | 'longitude'>): number {
  const radians = Math.PI / 180
  const x = (to.longitude - from.longitude) * radians * Math.cos(((from.latitude + to.latitude) / 2) * radians)
  const y = (to.latitude - from.latitude) * radians
  return Math.sqrt(x * x + y * y) * 6371
}
