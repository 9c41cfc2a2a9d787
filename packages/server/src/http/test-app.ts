import type { FastifyInstance } from 'fastify'
import { nobody, prefix, type Anybody, type Endpoint } from '@pumpiq/api'
import { systemIds } from '../platform/ids.ts'
import { silentLog } from '../platform/log.ts'
import { createSampleHandlers } from './sample-handlers.ts'
import { createSampleMarket } from './sample-market.ts'
import { createHttp, type HttpNeeds } from './server.ts'

const now = Date.UTC(2026, 0, 5, 12)
const market = createSampleMarket({ now })

/** The whole of HTTP over plain handlers, asked by whoever `state.caller` is. */
export async function createTestApp(
  needs: Partial<HttpNeeds> = {},
): Promise<{ app: FastifyInstance; state: { caller: Anybody } }> {
  const state: { caller: Anybody } = { caller: nobody }
  const app = await createHttp({
    handlers: createSampleHandlers({ market, now }),
    log: silentLog,
    ids: systemIds,
    simulated: true,
    webRoot: 'none',
    identify: { of: async () => state.caller, confirm: async (caller) => caller },
    ...needs,
  })
  return { app, state }
}

/** A request that is of the endpoint's form as far as its path goes. */
export const urlOf = ({ path }: Endpoint): string =>
  prefix +
  path.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'key' ? 'a-key' : '0195a000-0000-7000-8000-00000000000a'))

export const someone = (more: Partial<Anybody>): Anybody => ({
  ...nobody,
  userId: 'ann',
  role: 'user',
  tier: 'pro',
  via: 'session',
  credentialId: 'session-1',
  ...more,
})
