import { isFailure, type ModelEnding, seconds } from '@pumpiq/domain'
import type { Config } from '../config.ts'
import type { Fetch } from '../network/fetch.ts'
import type { Clock } from '../platform/clock.ts'
import { hostOf } from './hosts.ts'
import { announcedShutdown, isOver } from './lifetimes.ts'
import { probeModel, type Probed } from './probe.ts'
import { modelSettings, priceAt, type ModelSettings } from './settings.ts'

type Needs = { config: Config; fetch: Fetch; clock: Clock; abort: AbortSignal }

/** What is to be said of the model that is configured, after one look that costs nothing; null: none is. */
export async function lookAtModel({ config, fetch, clock, abort }: Needs) {
  const settings = modelSettings(config)
  if (!settings) return null
  const { model, baseUrl, usdPerDay } = settings
  const host = hostOf(baseUrl).name
  try {
    for (const id of [model, settings.successor]) if (id !== null) priceAt(settings, id)
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown
    return { model, ok: false, said: thrown.message }
  }
  const patience = AbortSignal.any([abort, AbortSignal.timeout(seconds(8))])
  const found = await probeModel({ fetch, settings }, model, patience)
  const shutdown = (found.ok ? found.shutdown : null) ?? (host === 'OpenAI' ? announcedShutdown(model) : null)
  const until = shutdown === null ? '' : `, switched off on ${shutdown}${after(settings)}`
  const ok = found.ok && !isOver(shutdown, clock.now())
  return { model, ok, said: `${host} ${wordsOf(found)}${until}; at most $${usdPerDay} a day` }
}

const after = ({ model, successor }: ModelSettings): string =>
  successor === null || successor === model ? '' : `, then ${successor}`

const words: Partial<Record<ModelEnding, string>> = {
  unauthorized: 'refuses OPENAI_API_KEY',
  gone: 'does not know it',
  exhausted: 'says that the account is empty',
  throttled: 'asks for fewer calls',
  slow: 'does not answer in time',
  unreachable: 'cannot be reached',
}

const wordsOf = (found: Probed): string =>
  found.ok ? 'knows it' : (words[found.ending] ?? `answers HTTP ${found.status ?? 'nothing'}`)
