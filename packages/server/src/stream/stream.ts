import type { FastifyInstance } from 'fastify'
import type { SourceHealth } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Identify } from '../http/policy.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { Places } from './doors.ts'
import { createHub, type Hub } from './hub.ts'
import type { Bounds } from './listener.ts'
import { mountStream } from './mount.ts'
import { createPrices, type Seen } from './prices.ts'
import { createSealedEvents } from './sealed.ts'
import { createSourceChanges } from './source-changes.ts'

type Needs = {
  db: Db
  clock: Pick<Clock, 'now'>
  /** Real time, also where `clock` is moved by hand. */
  guard: Clock
  log: Log
  sources(): readonly Pick<SourceHealth, 'id' | 'state' | 'lastFailure'>[]
  /** Where users reach the server, if that is said: its pages may listen too. */
  publicUrl: string | null
  identify: Pick<Identify, 'of'>
  metrics: Metrics
} & StreamLimits

/** What is not said is as usual. */
export type StreamLimits = { readonly bounds?: Partial<Bounds>; readonly places?: Partial<Places> }

function tellListeners(metrics: Metrics, hub: Pick<Hub, 'listeners' | 'behind'>): void {
  const family = {
    name: 'pumpiq_stream_listeners',
    help: 'Who listens to the stream of this process, over either form, by state: all, behind (of these, who read too slowly for what happens).',
    labels: ['state'],
  } as const
  metrics.told('gauge', family, () => [
    [{ state: 'all' }, hub.listeners()],
    [{ state: 'behind' }, hub.behind()],
  ])
}

type Keeps = { keep(seen: readonly Seen[]): Promise<void> }

/** `/api/v1/stream`: what is sealed, observed and found out about sources, told as it happens. */
export function createLiveStream({
  db,
  clock,
  guard,
  log,
  sources,
  publicUrl,
  identify,
  metrics,
  bounds,
  places,
}: Needs) {
  const sealed = createSealedEvents({ db })
  const hub = createHub({ sealed, clock: guard, log, ...(bounds && { bounds }) })
  const { publish, hears } = hub
  tellListeners(metrics, hub)
  const prices = createPrices({ db, clock, guard, log, isHeard: () => hears('prices'), publish })
  const changes = createSourceChanges({ guard, states: sources, isHeard: () => hears('sources'), publish })
  const origins = publicUrl !== null && URL.canParse(publicUrl) ? [new URL(publicUrl).origin] : []

  return {
    hub,
    /** After something was sealed here: those who listen need not wait for the next look. */
    async sealing<T>(appended: Promise<T>): Promise<T> {
      const made = await appended
      hub.nudge()
      return made
    },
    /** The same store, which tells the prices it has kept. */
    noting: <T extends Keeps>(store: T): T => ({
      ...store,
      async keep(seen: readonly Seen[]) {
        await store.keep(seen)
        prices.see(seen)
      },
    }),
    async mount(app: FastifyInstance): Promise<void> {
      await mountStream(app, {
        hub,
        head: sealed.head,
        clock: guard,
        again: identify.of,
        origins,
        ...(places && { places }),
      })
      const timers = [prices.start(), changes.start()]
      app.addHook('onClose', async () => {
        for (const timer of timers) timer.stop()
        hub.destroy()
      })
    },
  }
}
