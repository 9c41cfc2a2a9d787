import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { analysts } from './analysts/index.ts'
import type { Outside } from './app.ts'
import type { Config } from './config.ts'
import { createDb, type Db } from './db/db.ts'
import { createAsk } from './network/ask.ts'
import { createFetch } from './network/fetch.ts'
import type { Clock } from './platform/clock.ts'
import { openHome, type Home, type HomeLabel } from './platform/home.ts'
import { removeAddress, writeAddress } from './platform/home-address.ts'
import { systemIds } from './platform/ids.ts'
import type { Log } from './platform/log.ts'
import { systemRandom } from './platform/random.ts'
import { createMarket } from './simulate/market.ts'
import { createSimulatedFetch } from './simulate/network.ts'
import { sources } from './sources/index.ts'
import { checkSources, type Probed } from './sources/probe.ts'

/** What data the process runs on: the world, or the built-in market. */
export type DataMode = 'live' | 'demo'

type Needs = { config: Config; mode: DataMode; version: string; clock: Clock; log: Log }

/** One market for every demonstration, so that two people who try it see the same. */
const demoSeed = 20_260_101

/** `announce` writes into the data folder where this process can be asked, until it closes. */
type Opened = Outside & { announce(url: string): void; close(): Promise<void> }

/** The real outside, or the simulated market in its place; opened data is closed by `close`. */
export async function openOutside({ config, mode, version, clock, log }: Needs): Promise<Opened> {
  const label: HomeLabel = mode === 'demo' ? 'simulated' : 'live'
  const way = wayOut({ config, mode, clock })
  const { db, home } = await openData({ config, label, clock, log })
  return {
    clock,
    ids: systemIds,
    random: systemRandom,
    log,
    fetch: way.fetch,
    db,
    ledgerPath: home && home.path('ledger.jsonl'),
    label,
    sources,
    analysts,
    sourceKeys: config.sourceKeys,
    version,
    webRoot: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    trustProxy: config.trustProxy,
    announce: (url) => void (home && writeAddress(home.dir, url)),
    async close() {
      if (home) removeAddress(home.dir)
      await db.destroy()
      home?.release()
      await way.close()
    },
  }
}

function wayOut({ config, mode, clock }: Pick<Needs, 'config' | 'mode' | 'clock'>) {
  if (mode === 'demo')
    return { fetch: createSimulatedFetch({ market: createMarket({ seed: demoSeed }), clock }), close: async () => {} }
  const fetch = createFetch({ upstream: config.upstream })
  return { fetch, close: () => fetch.close() }
}

/** The simulated market has a folder of its own beside the live one, and needs a database of its own too. */
export const homeOf = (config: Config, label: HomeLabel): string =>
  label === 'live' ? config.home : `${config.home}-demo`

async function openData({
  config,
  label,
  clock,
  log,
}: Pick<Needs, 'config' | 'clock' | 'log'> & { label: HomeLabel }): Promise<{ db: Db; home: Home | null }> {
  if (config.databaseUrl) return { db: await createDb({ url: config.databaseUrl, label, log }), home: null }
  const home = await openHome({ dir: homeOf(config, label), label, clock })
  try {
    removeAddress(home.dir)
    return { db: await createDb({ home, log }), home }
  } catch (thrown) {
    home.release()
    throw thrown
  }
}

/** Asks each source's feeds once, over a way out of its own; nothing is stored. */
export async function probeSources({
  config,
  clock,
  log,
  abort,
  patienceMs,
}: Pick<Needs, 'config' | 'clock' | 'log'> & { abort: AbortSignal; patienceMs: number }): Promise<Probed[]> {
  const fetch = createFetch({ upstream: config.upstream })
  try {
    const ask = createAsk({ fetch, clock, random: systemRandom, log, keys: config.sourceKeys })
    return await checkSources(sources, { ask, clock, patienceMs, abort })
  } finally {
    await fetch.close()
  }
}

/** Whether real calls were sealed in the live folder: such an installation never slips into simulation by itself. */
export function hasLiveRecord(config: Config): boolean {
  const path = join(config.home, 'ledger.jsonl')
  return existsSync(path) && statSync(path).size > 0
}
