import type { HallPlace } from '@/domain/hall'

export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** Kilometres as the crow flies; good enough within a city, where the citizen's place is fuzzy anyway. */
export function kilometres(from: Point, to: Pick<HallPlace, 'latitude' | 'longitude'>): number {
  const radians = Math.PI / 180
  const x = (to.longitude - from.longitude) * radians * Math.cos(((from.latitude + to.latitude) / 2) * radians)
  const y = (to.latitude - from.latitude) * radians
  return Math.sqrt(x * x + y * y) * 6371
}
