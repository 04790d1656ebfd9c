import { platform } from '@/platform'

/** Calls the listener each time the phone is online again. Returns a function that stops it. */
export function whenConnected(listener: () => void): () => void {
  return platform.onNetworkChange((isConnected) => {
    if (isConnected) listener()
  })
}
