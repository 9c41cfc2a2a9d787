import {
  createBaselineTally,
  createTally,
  openEnding,
  timeframes,
  toIso,
  verdictOn,
  type BaselineResult,
  type BaselineTally,
  type Tally,
} from '@pumpiq/domain'
import type { BreakdownBy, HandlersOf } from '@pumpiq/api'
import { seededRandom } from '../packages/server/src/platform/random.ts'

const week = 7 * 86_400_000
const { horizonMs } = timeframes.SWING

/** So many weekly calls that hit four times in ten, beside baselines that did a little better, from one seed. */
function fill(tally: Tally, beside: BaselineTally, count: number, now: number): void {
  const random = seededRandom(count)
  for (let i = count; i > 0; i--) {
    const issuedAt = now - (i + 1) * week
    const hit = random() < 0.42
    const r = hit ? 0.4 + random() : -1.03
    const move = (random() - 0.48) / 10
    tally.add({
      token: 1,
      type: 'BUY',
      issuedAt,
      ending: {
        ...openEnding,
        status: hit ? 'TARGET_3' : 'STOPPED',
        at: issuedAt + week / 2,
        filledAt: issuedAt,
        first: hit ? 'target' : 'stop',
        rMultiple: r,
        returnGrossRatio: r / 20 + 0.003,
        returnNetRatio: r / 20,
      },
    })
    const moved = (share: number, rMultiple: number | null = null): BaselineResult => ({
      returnNetRatio: move * share,
      rMultiple,
    })
    beside.put(1, issuedAt, { returnNetRatio: r / 20, rMultiple: r }, [
      moved(1),
      moved(0.5),
      moved(random()),
      moved(random()),
      moved(random() < 0.5 ? 1 : -1),
      moved(0.8, r),
      moved(0.7, -r),
    ])
  }
}

const groupsOf: Partial<Record<BreakdownBy, readonly (readonly [key: string, label: string, calls: number])[]>> = {
  period: [
    ['2026-06', 'Jun 2026', 12],
    ['2026-05', 'May 2026', 31],
    ['2026-04', 'Apr 2026', 54],
    ['2026-03', 'Mar 2026', 203],
  ],
  confidence: [
    ['prior:0.3', '30 to 40 %, prior', 14],
    ['prior:0.4', '40 to 50 %, prior', 196],
    ['none', 'No probability of target 1', 0],
  ],
  weights: [['25-35-25-15', 'news 25, on-chain 35, technical 25, social 15', 210]],
  token: Array.from({ length: 15 }, (_, i) => [`coin:${i}`, `COIN${i}`, 100 - 6 * i]),
}

/** The record in groups and beside baselines, of so many calls as make it thick or thin. */
export function sampleGroups(now: number, calls: number): Pick<HandlersOf<'performance'>, 'baselines' | 'breakdown'> {
  const told = { from: null, to: toIso(now), notes: ['House calls only.', 'No rate of few.'] }
  const made = (count: number) => {
    const tally = createTally({ horizonMs })
    const beside = createBaselineTally({ horizonMs, random: seededRandom(1) })
    fill(tally, beside, count, now)
    return { tally, beside }
  }
  return {
    baselines({ query: { period, timeframe } }) {
      const rows = made(calls).beside.rows()
      const counted = { decided: calls + 3, played: calls, waiting: 2, unknown: 1 }
      return { ...told, period, timeframe, counted, rows: [...rows], verdict: verdictOn(rows, 'live') }
    },
    breakdown({ query: { by, period } }) {
      const groups = (groupsOf[by] ?? [['all', 'All', calls]]).map(([key, label, count]) => {
        const { tally, beside } = made(Math.min(count, calls))
        return { key, label, closed: tally.length, ...tally.group(seededRandom(1)), baselines: [...beside.leads()] }
      })
      return { ...told, by, period, timeframe: 'SWING' as const, calls, closed: calls, groups }
    },
  }
}
