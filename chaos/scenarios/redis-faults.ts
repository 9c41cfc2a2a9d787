import { hours, minutes } from '@pumpiq/domain'
import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '../../packages/server/src/platform/random.ts'
import { auditAsks, isAllAnswered, keepAsking } from '../asking.ts'
import { createCluster, type Cluster } from '../cluster.ts'
import { createListings, minuteAgo } from '../installation.ts'
import { until } from '../processes.ts'
import { watchReadiness } from '../readiness.ts'
import { atMost, none, told, type Figure, type Options, type Scenario } from '../report.ts'
import { anyLength } from '../seeded.ts'

type Size = {
  readonly forMs: number
  readonly everyMs: number
  readonly processes: readonly string[]
  readonly patienceMs: number
}
const sizes: Readonly<Record<'full' | 'small', Size>> = {
  full: {
    forMs: 180_000,
    everyMs: 10_000,
    processes: ['api', 'orchestrator', 'engine-1', 'engine-2'],
    // A house call whose job is gone is placed again after ten minutes, or given up at the end of its slot.
    patienceMs: 1_000_000,
  },
  small: { forMs: 10_000, everyMs: 3_000, processes: ['api,orchestrator', 'engine'], patienceMs: 90_000 },
}

const noticedMs = 500
const readyAgainMs = 20_000

type Seen = { asked: number; wrong: number; backMs: number }

/** One fault after the other, each over when the next begins; `seen` is what was said of being ready while Redis was away. */
function faultsOf({ redis, redisLine }: Cluster, watch: ReturnType<typeof watchReadiness>, random: () => number) {
  if (!redis || !redisLine) throw new Error('this cluster has no Redis')
  const seen: Seen = { asked: 0, wrong: 0, backMs: 0 }
  const faults = {
    emptied: redis.flush,
    async killed() {
      await redis.kill()
      const downAt = performance.now()
      await sleep(1_500 + random() * 2_000)
      const upAt = performance.now()
      await redis.start()
      const during = watch.between(downAt + noticedMs, upAt)
      seen.asked += during.length
      seen.wrong += during.filter(({ status }) => status === 200).length
      seen.backMs = Math.max(seen.backMs, await watch.allReadySince(performance.now(), readyAgainMs * 3))
    },
    async readOnly() {
      await redis.refuseWrites()
      await sleep(3_000)
      await redis.acceptWrites()
    },
    async reset() {
      redisLine.set({ kind: 'reset', afterBytes: () => Math.round(anyLength(random, 20, 20_000)) })
      await sleep(3_000)
      redisLine.set({ kind: 'pass' })
    },
  }
  return { faults: Object.values(faults), seen }
}

export const redisFaults: Scenario = {
  summary:
    'Redis is emptied, killed and made read-only, its connections are cut, while users ask: no question is lost, readiness tells the truth',
  async run({ full, seed, say }: Options): Promise<readonly Figure[]> {
    const size = sizes[full ? 'full' : 'small']
    const random = seededRandom(seed)
    const end = minuteAgo(minutes(3))
    const listings = createListings({ count: 1, from: end - hours(1), to: end, seed })
    const cluster = await createCluster({ listings, processes: size.processes, withRedis: true, random, seed, say })
    const { fleet, db } = cluster
    try {
      await fleet.start()
      const urls = await Promise.all(size.processes.map((_, n) => fleet.process(n).url()))
      const watch = watchReadiness(urls)
      await watch.allReadySince(performance.now(), 60_000)
      const asking = keepAsking(cluster, random, 300)
      const { faults, seen } = faultsOf(cluster, watch, random)
      const startedAt = performance.now()
      let count = 0
      while (performance.now() - startedAt < size.forMs) {
        const nextAt = performance.now() + size.everyMs
        await faults[count++ % faults.length]!()
        await sleep(Math.max(0, nextAt - performance.now()))
      }
      await watch.stop()
      await asking.stop()
      say(`${count} faults, asked: ${asking.answers()}`)
      const overAt = Date.now()
      await until('all is answered', size.patienceMs, () => isAllAnswered(db, full)).catch((fault: unknown) =>
        say(String(fault)),
      )
      const missing = await timedJobsAgain(cluster, full ? timed : timed.slice(0, 2), overAt)
      await fleet.stop()
      return [
        none('answers that called it ready while Redis was away', seen.wrong),
        told('answers while it was away', seen.asked),
        atMost('longest until all were ready again', seen.backMs / 1_000, readyAgainMs / 1_000, 's'),
        ...(await auditAsks(db, full)),
        none('answers of 500', asking.count('broken')),
        told('answers of 503', asking.count('unavailable')),
        none('timed jobs that did not come back', missing),
        none('processes that ended by themselves', fleet.unwanted()),
        told('faults', count),
        told('connections reset', cluster.redisLine?.resets() ?? 0),
      ]
    } finally {
      await cluster.close()
    }
  },
}

/** Jobs by the clock of a minute or less, the frequent ones first. */
const timed = ['sweep-asks', 'notify', 'roll-up', 'watch-sources']

/** How many of these have not run again within two minutes. */
async function timedJobsAgain(cluster: Cluster, names: readonly string[], since: number): Promise<number> {
  let missing = names.length
  const look = async () => {
    const { jobs } = await (await cluster.client('orchestrator')).system.jobs()
    const again = jobs.filter(
      ({ name, lastRunAt }) => names.includes(name) && lastRunAt !== null && Date.parse(lastRunAt) > since,
    )
    missing = names.length - again.length
    return missing === 0
  }
  await until('timed jobs run again', 120_000, look).catch(() => {})
  return missing
}
