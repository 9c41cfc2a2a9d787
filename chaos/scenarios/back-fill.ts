import { canonical, days, hours, minutes } from '@pumpiq/domain'
import { sql } from 'kysely'
import { seededRandom } from '../../packages/server/src/platform/random.ts'
import { createBench } from '../../packages/server/src/testing/bench.ts'
import { draft, minutesOf, oracle, priceAt } from '../calls.ts'
import { exactly, none, told, type Figure, type Options, type Scenario } from '../report.ts'
import { anyLength, walk } from '../seeded.ts'
import type { Listing } from '../venue.ts'

type Bench = Awaited<ReturnType<typeof createBench>>

const hourOf = (at: number) => at - (at % hours(1))
const minuteOf = (at: number) => at - (at % minutes(1))

/** One walk, one call, one outage of the process; everything is drawn from `random`. */
async function path(bench: Bench, n: number, random: () => number) {
  const from = hourOf(bench.clock.now()) + hours(1)
  const issuedAt = from + hours(2) + Math.floor(random() * hours(1))
  const horizonMs = Math.round(anyLength(random, minutes(45), days(7)))
  const outageMs = Math.round(anyLength(random, minutes(1), days(7)))
  const outageAt = issuedAt + Math.round(anyLength(random, minutes(1), horizonMs))
  const end = Math.max(issuedAt + horizonMs, outageAt + outageMs) + hours(2)
  const written = walk({ from, to: minuteOf(end) + hours(1), price: 100 * (0.01 + random()), random })
  const listing: Listing = { token: `ethereum:0x${n.toString(16).padStart(40, '0')}`, symbol: 'BTC', walk: written }

  bench.bars.clear()
  let next = 0
  const look = async (at: number) => {
    for (; next < written.told.length && written.told[next]!.at <= at; next++) {
      const { bar } = written.told[next]!
      bench.bars.set(bar.openAt, bar)
    }
    await bench.to(at)
  }
  await look(issuedAt)
  const price = priceAt(listing, minuteOf(issuedAt))
  const { inputsHash: _, ...wanted } = draft({ listing, issuedAt, horizonMs, price, random })
  const document = await bench.issue(wanted)
  for (let at = issuedAt; at < end;) {
    const step = Math.round(anyLength(random, minutes(1), hours(8)))
    // While the process is away nobody looks, and nothing is told to it.
    const isAway = at + step > outageAt && at < outageAt + outageMs
    at = Math.min(isAway ? Math.max(at + step, outageAt + outageMs) : at + step, end)
    await look(at)
  }
  const { state, versions } = await bench.state.of(document.id)
  const outcome = oracle(document, minutesOf(listing, document))
  const endedAt = outcome.at === null ? Infinity : Date.parse(outcome.at)
  return {
    outageMs,
    isEqual: state === 'closed' && canonical(versions[0]?.outcome) === canonical(outcome),
    isByHours: versions.some(({ notes }) => notes.some((note) => note.includes('candles of 1 h'))),
    endedAway: endedAt >= outageAt && endedAt < outageAt + outageMs,
    status: outcome.status,
  }
}

export const backFill: Scenario = {
  summary: 'outages of 1 minute to 7 days on random walks: every outcome is that of no outage',
  async run({ full, seed, say }: Options): Promise<readonly Figure[]> {
    const paths = full ? 1_000 : 25
    const bench = await createBench()
    const statuses = new Map<string, number>()
    const unequal: { words: string; outageMs: number }[] = []
    let byHours = 0
    let endedAway = 0
    let longest = 0
    try {
      for (let n = 0; n < paths; n++) {
        // Each path has chance of its own, so that one that fails can be played alone.
        const found = await path(bench, n, seededRandom(seed * 10_000 + n))
        statuses.set(found.status, (statuses.get(found.status) ?? 0) + 1)
        if (!found.isEqual) {
          const words = `${seed * 10_000 + n}: ${found.status} after ${Math.round(found.outageMs / minutes(1))} min`
          unequal.push({ words: found.isByHours ? `${words}, by hours` : words, outageMs: found.outageMs })
        }
        if (found.isByHours) byHours++
        if (found.endedAway) endedAway++
        longest = Math.max(longest, found.outageMs)
        // What has ended long ago is not needed; a million minutes in memory would be.
        if (n % 10 === 9) await sql`truncate candle, candle_cursor`.execute(bench.db)
        if (n % 100 === 99) say(`${n + 1} of ${paths} paths, ${unequal.length} unequal`)
      }
    } finally {
      await bench.close()
    }
    for (const { words } of unequal.slice(0, 20)) say(`unequal, path seed ${words}`)
    return [
      exactly('paths that end as without the outage', paths - unequal.length, paths),
      none('others, with an outage of at most 80 h', unequal.filter(({ outageMs }) => outageMs <= hours(80)).length),
      told('judged by hours for want of minutes', byHours),
      told('ended while the process was away', endedAway),
      told('longest outage, h', (longest / hours(1)).toFixed(1)),
      told('endings', Array.from(statuses, ([status, count]) => `${status} ${count}`).join(', ')),
    ]
  },
}
