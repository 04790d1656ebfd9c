import type { Phone } from '../engine/phone'
import { fire } from '../engine/view'

/** Two taps before the app has come to rest after the first, as an impatient thumb does. */
export async function doubleTap(phone: Phone, name: string): Promise<void> {
  const [seen] = phone.screen.find(name)
  if (!seen) throw new Error(`there is no button ${name}`)
  fire(seen.element, 'tap', { x: 1, y: 1 }, true)
  await phone.tap(name)
}
