import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Failure, houseProfile, tierModelShare } from '@pumpiq/domain'
import type { Models, Outside } from './app/given.ts'
import type { Config } from './config.ts'
import { openDb, type Db } from './db/db.ts'
import { openReads, readsOf } from './db/replica.ts'
import { createCsrf } from './http/csrf.ts'
import { usualPressure } from './http/pressure.ts'
import { createBackend } from './jobs/create-backend.ts'
import { createModel } from './llm/create-model.ts'
import type { ModelCaller } from './llm/model.ts'
import { billsNobody, modelSettings, readerSettings } from './llm/settings.ts'
import { createAsk, type Ask } from './network/ask.ts'
import { createFetch } from './network/fetch.ts'
import { createMail } from './network/mail.ts'
import { createPost } from './network/post.ts'
import { openRedis } from './network/redis.ts'
import { createSocket } from './network/socket.ts'
import type { Clock } from './platform/clock.ts'
import { openHome, type Home, type HomeLabel } from './platform/home.ts'
import { removeAddress, writeAddress } from './platform/home-address.ts'
import { systemIds } from './platform/ids.ts'
import type { Log } from './platform/log.ts'
import { createMetrics, type Metrics } from './platform/metrics.ts'
import { openSecret } from './platform/open-secret.ts'
import { systemRandom } from './platform/random.ts'
import { roles as allRoles, type Role } from './platform/roles.ts'
import { untraced, type Trace } from './platform/trace.ts'
import { createVapid } from './platform/vapid.ts'
import { createVault } from './platform/vault.ts'
import type { Reach } from './notifications/reach.ts'
import { houseUser } from './recommendations/users.ts'
import { readerUser } from './reader/model-reader.ts'
import { createMarket } from './simulate/market.ts'
import { createSimulatedFetch } from './simulate/network.ts'
import { createSimulatedSocket } from './simulate/socket.ts'
import { isSimulated } from './simulate/faults.ts'
import { sources } from './sources/index.ts'
import { switchedSources, type Choice, type Off } from './sources/switched.ts'
import { checkSources, type Probed } from './sources/probe.ts'
import { checkWatches, type ProbedWatch } from './sources/probe-watches.ts'

/** What data the process runs on: the world, or the built-in market. */
export type DataMode = 'live' | 'demo'

type Needs = { config: Config; mode: DataMode; version: string; clock: Clock; log: Log }

/** What this process works at, and through which queue: a command that does one thing has a queue of its own. */
type Work = { roles?: readonly Role[]; queue?: 'shared' | 'own'; trace?: Trace }

/** One market for every demonstration, so that two people who try it see the same. */
const demoSeed = 20_260_101

/** `announce` writes into the data folder where this process can be asked, until it closes. */
type Opened = Outside & { announce(url: string): void; close(): Promise<void> }

/** The real outside, or the simulated market in its place; opened data is closed by `close`. */
export async function openOutside({
  config,
  mode,
  version,
  clock,
  log,
  roles = allRoles,
  queue = 'own',
  trace = untraced,
}: Needs & Work): Promise<Opened> {
  const label: HomeLabel = mode === 'demo' ? 'simulated' : 'live'
  const way = wayOut({ config, mode, clock })
  // A command that does one thing is watched by nobody.
  const metrics = createMetrics({ ofProcess: queue === 'shared' })
  const { db, home, embedded } = await openData({ config, label, clock, log, metrics })
  const { redisUrl, databaseUrl, databaseReplicaUrl: replicaUrl } = config
  const models = openModels({ config, mode, db, clock, log })
  const reads =
    databaseUrl && replicaUrl
      ? await openReads({ url: databaseUrl, replicaUrl, label, clock, log, metrics })
      : readsOf(db)
  const places = queue === 'own' ? {} : { redisUrl, databaseUrl, pglite: embedded }
  const backend = await createBackend({ ...places, clock, log })
  // A process that works at everything may be one of several, too.
  const shared = redisUrl && queue === 'shared' ? openRedis({ url: redisUrl, log }) : null
  return {
    clock,
    guard: clock,
    ids: systemIds,
    random: systemRandom,
    log,
    metrics,
    trace,
    metricsToken: config.metricsToken,
    fetch: way.fetch,
    socket: way.socket,
    db,
    reads,
    homeDir: home && home.dir,
    label,
    // The simulated market speaks as some vendors; the others are not part of that world.
    sources: mode === 'demo' ? sources.filter(isSimulated) : sources,
    models,
    houseProfile,
    sourceKeys: config.sourceKeys,
    sourceChoice: choiceOf(config),
    version,
    webRoot: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    trustProxy: config.trustProxy,
    corsOrigins: config.corsOrigins,
    pressure: usualPressure(),
    accounts: {
      // A command that does one thing signs nobody in.
      secret: queue === 'shared' && (config.secret || home) ? openSecret({ secret: config.secret, home }) : null,
      localMode: config.localMode,
      registration: config.registration,
    },
    csrf: config.secret || home ? createCsrf({ secret: openSecret({ secret: config.secret, home }) }) : null,
    roles,
    queue: backend,
    sharedBudgets: shared,
    reach: reachOf(config, home, clock),
    announce: (url) => void (home && writeAddress(home.dir, url)),
    async close() {
      if (home) removeAddress(home.dir)
      await models?.close()
      shared?.disconnect()
      await reads.close()
      await db.destroy()
      home?.release()
      await way.close()
    },
  }
}

function wayOut({ config, mode, clock }: Pick<Needs, 'config' | 'mode' | 'clock'>) {
  if (mode === 'demo') {
    const market = createMarket({ seed: demoSeed })
    return {
      fetch: createSimulatedFetch({ market, clock }),
      socket: createSimulatedSocket({ market, clock }),
      close: async () => {},
    }
  }
  const fetch = createFetch({ upstream: config.upstream })
  const socket = createSocket({ upstream: config.upstream, clock })
  return { fetch, socket, close: () => Promise.all([fetch.close(), socket.close()]) }
}

/** What users are told leaves for the real world, from the simulated market too: labelled, and only where a user has said so. */
function reachOf({ secret, smtpUrl, publicUrl, upstream }: Config, home: Home | null, clock: Clock): Reach {
  // Processes of a cluster cannot make a secret up, each for itself: without one there are no channels.
  const own = secret || home ? openSecret({ secret, home }) : null
  const subject = publicUrl?.startsWith('https://') ? publicUrl : null
  return {
    publicUrl,
    vault: own && createVault({ secret: own }),
    outlet: {
      post: createPost({ upstream }),
      mail: smtpUrl && createMail({ smtpUrl }),
      vapid: own && subject ? createVapid({ secret: own, subject }) : null,
      now: clock.now,
    },
  }
}

/** The simulated market has a folder of its own beside the live one, and needs a database of its own too. */
export const homeOf = (config: Config, label: HomeLabel): string =>
  label === 'live' ? config.home : `${config.home}-demo`

async function openData({
  config,
  label,
  clock,
  log,
  metrics,
}: Pick<Needs, 'config' | 'clock' | 'log'> & { label: HomeLabel; metrics: Metrics }): Promise<
  Awaited<ReturnType<typeof openDb>> & { home: Home | null }
> {
  if (config.databaseUrl) return { ...(await openDb({ url: config.databaseUrl, label, log, metrics })), home: null }
  const home = await openHome({ dir: homeOf(config, label), label, clock })
  try {
    removeAddress(home.dir)
    return { ...(await openDb({ home, log })), home }
  } catch (thrown) {
    home.release()
    throw thrown
  }
}

/** A source that is named but is none would be taken for switched off: it is refused. */
function choiceOf({ sources: chosen }: Config): Choice {
  const unknown = Object.keys(chosen).filter((id) => !sources.some((source) => source.id === id))
  if (unknown.length > 0) {
    const known = sources.map(({ id }) => id).join(', ')
    throw new Failure('invalid', `PUMPIQ_SOURCES names ${unknown.join(', ')}; sources are ${known}`)
  }
  return chosen
}

/** Of a day's money: what is timed never ends, and leaves something to whoever asks. */
const shareOf: Readonly<Record<string, number>> = { [readerUser]: 0.3, [houseUser]: 0.4 }

/** What of a day's dollars whoever asks may spend: the installation's own questions have shares, a user his tier's. */
export const usdPerDayOf =
  (usdPerDay: number) =>
  ({ userId, tier }: ModelCaller): number =>
    (shareOf[userId] ?? (tier ? tierModelShare[tier] : 1)) * usdPerDay

type ModelNeeds = Pick<Needs, 'config' | 'mode' | 'clock' | 'log'> & { db: Db }
type OpenedModels = Models & { close(): Promise<void> }

/** Null where neither a key nor an address of a model is given. No money is spent on a market that is made up: there, only a server that bills nobody is asked. */
function openModels({ config, mode, ...needs }: ModelNeeds): OpenedModels | null {
  const settings = modelSettings(config)
  if (!settings) return null
  if (mode === 'demo' && !billsNobody(settings)) {
    needs.log.warn(`no money is spent on the simulated market: the language model ${settings.model} is not asked`)
    return null
  }
  // The simulated market has no way out of its own.
  const fetch = createFetch({ upstream: config.upstream })
  const shared = { ...needs, fetch, guard: needs.clock, random: systemRandom, ids: systemIds }
  const userUsdPerDay = usdPerDayOf(settings.usdPerDay)
  const analyst = createModel({ ...shared, settings, userUsdPerDay })
  const reader = createModel({ ...shared, settings: readerSettings(settings), userUsdPerDay })
  return {
    analyst,
    reader,
    async close() {
      await Promise.all([analyst.close(), reader.close()])
      await fetch.close()
    },
  }
}

type Probing = Pick<Needs, 'config' | 'clock' | 'log'> & { abort: AbortSignal; patienceMs: number }

/** Asks over a way out of its own; nothing is stored. */
async function probing<T>({ config, clock, log }: Probing, look: (ask: Ask) => Promise<T>): Promise<T> {
  const fetch = createFetch({ upstream: config.upstream })
  try {
    return await look(createAsk({ fetch, clock, random: systemRandom, log, keys: config.sourceKeys }))
  } finally {
    await fetch.close()
  }
}

/** Asks each source's feeds once. */
export const probeSources = (asked: Probing): Promise<Probed[]> =>
  probing(asked, (ask) => checkSources(sources, { ask, ...asked }))

/** Asks what each source that is switched on tells besides, once, and says which are off and why. */
export async function probeWatches(asked: Probing): Promise<{ probed: ProbedWatch[]; off: readonly Off[] }> {
  const { on, off } = switchedSources(sources, asked.config.sourceKeys, choiceOf(asked.config))
  return { probed: await probing(asked, (ask) => checkWatches(on, { ask, ...asked })), off }
}

/** Whether real calls were sealed in the live folder: such an installation never slips into simulation by itself. */
export function hasLiveRecord(config: Config): boolean {
  const path = join(config.home, 'ledger.jsonl')
  return existsSync(path) && statSync(path).size > 0
}
