import { hours, minutes } from '@pumpiq/domain'
import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '../../packages/server/src/platform/random.ts'
import { auditAsks, isAllAnswered, keepAsking } from '../asking.ts'
import { audit, auditCandles, isSettled, type Issued } from '../audit.ts'
import { openRecord } from '../calls.ts'
import { createCluster } from '../cluster.ts'
import { ownName } from '../guard.ts'
import { createListings, minuteAgo, openDb } from '../installation.ts'
import type { Postgres } from '../postgres.ts'
import { until } from '../processes.ts'
import { watchReadiness } from '../readiness.ts'
import { atMost, exactly, none, told, type Figure, type Options, type Scenario } from '../report.ts'
import { drafts, spanMs } from '../schedule.ts'
import { anyLength } from '../seeded.ts'

type Size = { readonly calls: number; readonly tokens: number; readonly restarts: number; readonly resets: number }
const sizes: Readonly<Record<'full' | 'small', Size>> = {
  full: { calls: 600, tokens: 10, restarts: 10, resets: 500 },
  small: { calls: 40, tokens: 3, restarts: 2, resets: 30 },
}

const processes = ['tracker-1', 'tracker-2', 'api,orchestrator,engine']

/** A connection that is being refused answers at once; a process may still be answering by what it asked before. */
const noticedMs = 500
const readyAgainMs = 20_000

/** Away for a while, by turns as an operator ends it and as the kernel does; what was said of being ready meanwhile. */
async function outage(
  postgres: Postgres,
  watch: ReturnType<typeof watchReadiness>,
  how: 'stop' | 'kill',
  downMs: number,
) {
  await postgres[how]()
  const downAt = performance.now()
  await sleep(downMs)
  const upAt = performance.now()
  await postgres.start()
  const during = watch.between(downAt + noticedMs, upAt)
  return {
    asked: during.length,
    wrong: during.filter(({ status }) => status !== 503).length,
    backMs: await watch.allReadySince(performance.now(), readyAgainMs * 3),
  }
}

export const databaseFaults: Scenario = {
  summary:
    'PostgreSQL is stopped, killed and started again, and its connections are reset at random bytes: nothing is lost or doubled, readiness tells the truth',
  async run({ full, seed, say }: Options): Promise<readonly Figure[]> {
    const size = sizes[full ? 'full' : 'small']
    const random = seededRandom(seed)
    const end = minuteAgo(minutes(3))
    const from = end - spanMs
    const listings = createListings({ count: size.tokens, from, to: end, seed })
    const cluster = await createCluster({ listings, processes, withRedis: false, random, seed, say })
    const { venue, postgres, postgresLine: proxy, db, guard, fleet } = cluster
    venue.reveal(from + hours(1))
    // Calls are sealed by the product's own code, over the same bad line.
    const line = await openDb(cluster.through(ownName))
    const record = await openRecord({ db: line, path: null })
    const waiting = drafts(listings, size.calls, from, random)
    const issued: Issued[] = []
    let failed = 0

    async function sealNext(): Promise<void> {
      const { listing, unsealed } = waiting.shift()!
      const document = unsealed()
      for (let left = 100; ; left--) {
        try {
          issued.push({ listing, document: await record.issue(listing, document) })
          return
        } catch (fault) {
          failed++
          // What came of a lost commit is looked up, as whoever asks again under the same key does.
          const there = await db
            .selectFrom('recommendations')
            .select('id')
            .where('id', '=', document.id)
            .executeTakeFirst()
          if (there) return void issued.push({ listing, document })
          if (left === 0) throw fault
        }
      }
    }

    try {
      await fleet.start()
      const urls = await Promise.all(processes.map((_, n) => fleet.process(n).url()))
      const watch = watchReadiness(urls)
      const asking = keepAsking(cluster, random, 500)
      let asked = 0
      let wrong = 0
      let slowestMs = 0
      for (let n = 0; n < size.restarts; n++) {
        venue.reveal(from + hours(1) + (hours(10) * n) / size.restarts)
        for (let k = 0; k < size.calls / size.restarts / 3; k++) await sealNext()
        const found = await outage(postgres, watch, n % 2 === 0 ? 'stop' : 'kill', 1_500 + random() * 2_500)
        asked += found.asked
        wrong += found.wrong
        slowestMs = Math.max(slowestMs, found.backMs)
      }
      say(`${size.restarts} restarts are over, ${issued.length} calls sealed`)
      await watch.stop()

      const lastAt = waiting.at(-1)?.issuedAt ?? end
      const pokes = watchReadiness(urls)
      while (proxy.resets() < size.resets) {
        // From the first bytes of a connection to the middle of a batch of candles.
        proxy.set({ kind: 'reset', afterBytes: () => Math.round(anyLength(random, 20, 60_000)) })
        venue.reveal(from + hours(11) + (Math.min(lastAt, end) - from - hours(11)) * (proxy.resets() / size.resets))
        if (waiting.length > 0) await sealNext()
        else await sleep(200)
      }
      await pokes.stop()
      proxy.set({ kind: 'pass' })
      await asking.stop()
      say(`${proxy.resets()} connections were reset, asked: ${asking.answers()}`)
      while (waiting.length > 0) await sealNext()
      venue.reveal(Infinity)
      const toldAt = Date.now()
      await until('all calls have ended', 300_000, () => isSettled(db, issued.length, toldAt)).catch((fault: unknown) =>
        say(String(fault)),
      )
      await until('all is answered', 120_000, () => isAllAnswered(db, false)).catch((fault: unknown) =>
        say(String(fault)),
      )
      const stale = await guard.stale()
      await fleet.stop()
      return [
        none('answers that called it ready while PostgreSQL was away', wrong),
        told('answers while it was away', asked),
        atMost('longest until all were ready again', slowestMs / 1_000, readyAgainMs / 1_000, 's'),
        exactly('calls sealed', issued.length, size.calls),
        told('seals that failed and were asked for again', failed),
        ...(await audit({ db, ledger: record.ledger, issued })),
        ...(await auditCandles(db, listings)),
        ...(await auditAsks(db, false)),
        none('answers of 500', asking.count('broken')),
        none('stale writes', stale),
        none('processes that ended by themselves', fleet.unwanted()),
        told('restarts', size.restarts),
        told('connections reset', proxy.resets()),
      ]
    } finally {
      await record.close().catch(() => {})
      await line.destroy()
      await cluster.close()
    }
  },
}
