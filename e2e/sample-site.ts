import { createSampleHandlers } from '../packages/server/src/http/sample-handlers.ts'
import { createSampleMarket } from '../packages/server/src/http/sample-market.ts'
import { createHttp } from '../packages/server/src/http/server.ts'
import { systemIds } from '../packages/server/src/platform/ids.ts'
import { silentLog } from '../packages/server/src/platform/log.ts'
import { withRecord, type SampleRecord } from './sample-record.ts'

type SampleSite = { readonly url: string; close(): Promise<void> }

type SampleAsk = SampleRecord & { readonly down?: readonly string[]; readonly port?: number }

/**
 * The built pages over sample documents, on a port of their own; `down` are sources that do not answer. With `ended` there is a record: what
 * has ended was issued before its horizon.
 */
export async function openSampleSite({ down = [], port = 0, ...record }: SampleAsk = {}): Promise<SampleSite> {
  const now = Date.now()
  const issuedBy = record.ended === undefined ? now : now - 8 * 86_400_000
  const market = createSampleMarket({ now: issuedBy, simulated: false })
  const handlers = createSampleHandlers({ market, now, simulated: false, down })
  const app = await createHttp({
    handlers: record.ended === undefined ? handlers : withRecord(handlers, market, now, record),
    log: silentLog,
    ids: systemIds,
    simulated: false,
    webRoot: new URL('../packages/web/dist', import.meta.url).pathname,
  })
  return {
    url: await app.listen({ host: '127.0.0.1', port }),
    close: async () => {
      await app.close()
    },
  }
}
