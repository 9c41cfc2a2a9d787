import { createClient } from '@pumpiq/api'
import { isFailure } from '@pumpiq/domain'
import { homeOf, type DataMode } from '../outside.ts'
import { addressOf } from '../platform/home-address.ts'
import type { CliOutside } from './command.ts'

type Where = { outside: Pick<CliOutside, 'config' | 'abort' | 'stderr'>; mode: DataMode }

/**
 * Does what is asked here; where a running server holds the data folder, that server is asked in our place. Where none can be, the refusal
 * stands.
 */
export async function orAskServer<T>(
  { outside: { config, abort, stderr }, mode }: Where,
  here: () => Promise<T>,
  there: (url: string) => Promise<T>,
): Promise<T> {
  try {
    return await here()
  } catch (refusal) {
    if (!isFailure(refusal) || refusal.code !== 'conflict' || config.databaseUrl) throw refusal
    const label = mode === 'demo' ? 'simulated' : 'live'
    const url = addressOf(homeOf(config, label))
    if (url === null) throw refusal
    const health = await createClient({ baseUrl: url, retries: 0 })
      .system.health({}, { abort })
      .catch(() => null)
    abort.throwIfAborted()
    if (health?.data !== label) throw refusal
    stderr(`the server at ${url} holds the data folder, so it is asked\n`)
    return there(url)
  }
}
