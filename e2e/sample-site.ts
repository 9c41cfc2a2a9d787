import { createSampleHandlers } from '../packages/server/src/http/sample-handlers.ts'
import { createSampleMarket } from '../packages/server/src/http/sample-market.ts'
import { createHttp } from '../packages/server/src/http/server.ts'
import { systemIds } from '../packages/server/src/platform/ids.ts'
import { silentLog } from '../packages/server/src/platform/log.ts'

type SampleSite = { readonly url: string; close(): Promise<void> }

/** The built pages over sample documents, on a port of their own; `down` are sources that do not answer. */
export async function openSampleSite({ down = [] }: { down?: string[] } = {}): Promise<SampleSite> {
  const now = Date.now()
  const market = createSampleMarket({ now, simulated: false })
  const app = await createHttp({
    handlers: createSampleHandlers({ market, now, simulated: false, down }),
    log: silentLog,
    ids: systemIds,
    simulated: false,
    webRoot: new URL('../packages/web/dist', import.meta.url).pathname,
  })
  return {
    url: await app.listen({ host: '127.0.0.1', port: 0 }),
    close: async () => {
      await app.close()
    },
  }
}
