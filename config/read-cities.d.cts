/** A city that a build can talk to: its backend's base address, and its centre in degrees, for finding the nearest one. */
export interface OpenCity {
  readonly address: string
  readonly centre: readonly [latitude: number, longitude: number]
}
export function readCities(file: string): Readonly<Record<string, OpenCity>>
