import { hours, minutes } from '@pumpiq/domain'
import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '../../packages/server/src/platform/random.ts'
import { auditAsks, isAllAnswered, keepAsking } from '../asking.ts'
import { audit, auditCandles, isSettled, type Issued } from '../audit.ts'
import { openRecord } from '../calls.ts'
import { addWebhook, createCluster } from '../cluster.ts'
import type { Fleet } from '../fleet.ts'
import { createListings, minuteAgo } from '../installation.ts'
import { auditNotices, isAllDelivered } from '../notified.ts'
import { until } from '../processes.ts'
import { exactly, none, told, type Figure, type Options, type Scenario } from '../report.ts'
import { drafts, spanMs } from '../schedule.ts'
import { oneOf } from '../seeded.ts'

type Size = {
  readonly calls: number
  readonly tokens: number
  readonly kills: number
  readonly freezes: number
  readonly processes: readonly string[]
}
const sizes: Readonly<Record<'full' | 'small', Size>> = {
  full: {
    calls: 1_500,
    tokens: 20,
    kills: 100,
    freezes: 30,
    processes: ['tracker-1', 'tracker-2', 'engine-1', 'engine-2', 'orchestrator', 'api'],
  },
  small: {
    calls: 30,
    tokens: 3,
    kills: 3,
    freezes: 1,
    processes: ['tracker-1', 'tracker-2', 'api,orchestrator,engine'],
  },
}

/** Freezes one for so long while the others are killed and go on. */
async function freezeFor(fleet: Fleet, n: number, ms: number): Promise<void> {
  fleet.freeze(n)
  await sleep(ms)
  fleet.thaw(n)
}

export const exactlyOnce: Scenario = {
  summary:
    'a cluster is killed and frozen, process by process, while the market moves: each call ends once, as the market says, and is told of once',
  async run({ full, seed, say }: Options): Promise<readonly Figure[]> {
    const size = sizes[full ? 'full' : 'small']
    const { processes } = size
    const random = seededRandom(seed)
    const end = minuteAgo(minutes(3))
    const from = end - spanMs
    const listings = createListings({ count: size.tokens, from, to: end, seed })
    const cluster = await createCluster({ listings, processes, withRedis: full, random, seed, say })
    const { venue, fleet, db, guard, receiver } = cluster
    const record = await openRecord({ db, path: null })
    const waiting = drafts(listings, size.calls, from, random)
    const issued: Issued[] = []
    const moveTo = async (at: number) => {
      venue.reveal(at)
      for (; waiting.length > 0 && waiting[0]!.issuedAt <= at;) {
        const { listing, unsealed } = waiting.shift()!
        issued.push({ listing, document: await record.issue(listing, unsealed()) })
      }
    }
    // The trackers are what it is about; the others have their share.
    const trackers = [0, 1]
    const others = Array.from(processes, (_, n) => n).slice(2)
    const victim = () => oneOf(random, random() < 0.6 ? trackers : others)
    try {
      venue.reveal(from + hours(1))
      await fleet.start()
      await addWebhook(cluster, full ? ['stop', 'invalidated', 'corrected'] : ['stop'])
      const asking = keepAsking(cluster, random, full ? 2_000 : 500)
      const frozen: Promise<void>[] = []
      for (let n = 0; n < size.kills; n++) {
        await moveTo(from + hours(1) + ((spanMs - hours(1)) * (n + 1)) / (size.kills + 1))
        const thawed = trackers.filter((k) => !fleet.isFrozen(k))
        const wantsFreeze =
          size.kills - n <= size.freezes - frozen.length || random() < (1.3 * size.freezes) / size.kills
        if (wantsFreeze && frozen.length < size.freezes && thawed.length > 0)
          frozen.push(freezeFor(fleet, oneOf(random, thawed), 4_000 + random() * 12_000))
        await sleep(random() * (full ? 5_000 : 3_000))
        await fleet.kill(victim())
        if (n % 20 === 19)
          say(`${n + 1} of ${size.kills} kills, ${issued.length} calls sealed, asked: ${asking.answers()}`)
      }
      await Promise.all(frozen)
      await asking.stop()
      await moveTo(Infinity)
      // Who starts anew looks at once.
      for (const n of trackers) await fleet.kill(n)
      const toldAt = Date.now()
      say('the market has been told to its end')
      const late = (fault: unknown) => say(String(fault))
      await until('all calls have ended', 300_000, () => isSettled(db, issued.length, toldAt)).catch(late)
      // A target is told one thing a second.
      await until('all is delivered', 1_500_000, () => isAllDelivered(db)).catch(late)
      await until('all is answered', 120_000, () => isAllAnswered(db)).catch(late)
      const stale = await guard.stale()
      const changes = (await guard.taken()).length - 1
      await fleet.stop()
      return [
        ...(await audit({ db, ledger: record.ledger, issued })),
        ...(await auditCandles(db, listings)),
        ...(await auditNotices(db, receiver)),
        ...(await auditAsks(db)),
        none('stale writes', stale),
        none('processes that ended by themselves', fleet.unwanted()),
        exactly('kill -9', fleet.kills(), size.kills + trackers.length),
        told('freezes', fleet.freezes()),
        told('changes of hands', changes),
      ]
    } finally {
      await record.close()
      await cluster.close()
    }
  },
}
