import { platform } from '@/platform'

/** Calls `ask` each time the phone is on the network again; gives back how to stop. */
export function whenConnected(ask: () => void): () => void {
  return platform.onNetworkChange((isConnected) => {
    if (isConnected) ask()
  })
}
