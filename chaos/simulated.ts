import { systemClock } from '../packages/server/src/platform/clock.ts'
import { createMarket } from '../packages/server/src/simulate/market.ts'
import { createSimulatedFetch } from '../packages/server/src/simulate/network.ts'
import type { Host } from './upstream.ts'

/** The vendors of the built-in market, in real time: who asks for advice has something to be advised on. */
export function createSimulatedHosts(seed: number): Host {
  const fetch = createSimulatedFetch({ market: createMarket({ seed }), clock: systemClock })
  return async ({ host, path, method }) => {
    try {
      const response = await fetch(new Request(`https://${host}${path}`, { method }))
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
    } catch {
      return 'cut'
    }
  }
}
