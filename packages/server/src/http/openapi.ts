import type { Handlers } from '@pumpiq/api'
import { Failure } from '@pumpiq/domain'
import { silentLog } from '../platform/log.ts'
import { allEndpoints } from './bind.ts'
import { createHttp } from './server.ts'

/** The document of the API as it is kept in docs/openapi.json: made from the table alone, so no handler is ever asked. */
export async function openapiText(): Promise<string> {
  const app = await createHttp({
    handlers: unasked(),
    log: silentLog,
    ids: { next: () => 'none' },
    simulated: false,
    webRoot: 'none',
  })
  const text = JSON.stringify(app.swagger(), null, 2)
  await app.close()
  return `${text}\n`
}

function unasked(): Handlers {
  const handlers: Record<string, Record<string, () => never>> = {}
  for (const { resource, verb } of allEndpoints()) {
    handlers[resource] ??= {}
    handlers[resource][verb] = () => {
      throw new Failure('broken', `${resource}.${verb} was asked while the API was only described`)
    }
  }
  return handlers as unknown as Handlers
}
