import { createMarket } from '../market.ts'
import { createSimulatedFetch } from '../network.ts'
import { simulatedHeader } from './answer.ts'

type Wish = { now?: number; headers?: Record<string, string> }
type Heard = { status: number; headers: Headers; text: string }

/** Asks the vendors of one market as the process would, for tests; throws where an answer does not say that it is simulated. */
export function createAsker({ seed, now: usualNow }: { seed: number; now: number }) {
  const market = createMarket({ seed })
  async function hear(url: string, { now = usualNow, headers = {} }: Wish = {}): Promise<Heard> {
    const fetch = createSimulatedFetch({ market, clock: { now: () => now, sleep: () => Promise.resolve() } })
    const response = await fetch(new Request(url, { headers }))
    if (response.headers.get(simulatedHeader) !== 'true') throw new Error(`${url} does not say that it is simulated`)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  return {
    market,
    hear,
    text: async (url: string, wish?: Wish): Promise<string> => (await hear(url, wish)).text,
    json: async (url: string, wish?: Wish): Promise<unknown> => JSON.parse((await hear(url, wish)).text),
  }
}
