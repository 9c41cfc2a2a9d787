import { describe, expect, it } from 'vitest'
import { candlesOf, type Candles } from '../words/candles.ts'
import { defaultCosts } from '../words/profile.ts'
import { minutes } from '../words/time.ts'
import type { Plan } from '../decide/plan.ts'
import { judge } from './judge.ts'
import type { Directional } from './position.ts'
import { believed, isShownBy, verdictOf, type Verdict } from './believed.ts'
import { disputeOf, spikeShare } from './spikes.ts'
import { start, series, buy, mirrorPlan, type Ohlcv } from './testing.ts'

const plan: Directional = { ...buy, issuedAt: start, validUntil: start + minutes(20), expiresAt: start + minutes(60) }
const flat: Ohlcv = [100, 100.5, 99.5, 100]
const large = spikeShare(1)
const small = spikeShare(null)
const at = (minute: number) => start + minutes(minute)

/** Ten quiet minutes before the issue, then what is given. */
const market = (...rows: (Ohlcv | null)[]): Candles =>
  series([...Array.from({ length: 10 }, () => flat), ...rows], { from: at(-10), stepMs: minutes(1) })

const dispute = (candles: Candles, { share = large, of = plan }: { share?: number; of?: Plan } = {}) =>
  disputeOf(of, candles, judge(of, candles, { costs: defaultCosts }), { share, known: new Set(), wide: new Set() })

describe('a candle that ends a call', () => {
  it('and reaches too far is waited for, and asked about once price is back', () => {
    const spike: Ohlcv = [100, 100, 90, 99]
    expect(dispute(market(flat, spike))).toEqual({ openAt: at(1), price: 90, need: 'next' })
    expect(dispute(market(flat, spike, flat))).toEqual({ openAt: at(1), price: 90, need: 'second' })
  })

  it('is believed where the fall goes on', () => {
    expect(dispute(market(flat, [100, 100, 90, 91], [91, 92, 88, 89]))).toBeNull()
  })

  it('is believed within what the coin may do in a minute: less for a large one', () => {
    const dip: Ohlcv = [100, 100, 94.7, 99]
    expect(dispute(market(flat, dip, flat))).toBeNull()
    const deep: Ohlcv = [100, 100, 85, 99]
    expect(dispute(market(flat, deep, flat))).toMatchObject({ need: 'second' })
    expect(dispute(market(flat, deep, flat), { share: small })).toBeNull()
    expect([spikeShare(100), spikeShare(101), spikeShare(null)]).toEqual([0.05, 0.2, 0.2])
  })

  it.each([10, 0.1, 1.4, 0.7])('and all that follow, told times %d, did not trade their way there', (factor) => {
    const away = flat.map((price) => price! * factor) as unknown as Ohlcv
    for (const { targets, stop, type } of [buy, mirrorPlan(buy)])
      expect(dispute(market(flat, away, away, away), { of: { ...plan, targets, stop, type } })).toMatchObject({
        openAt: at(1),
        need: 'second',
      })
  })

  it('is measured by the plan where even the minutes before the call are of another scale', () => {
    const away = flat.map((price) => price! * 10) as unknown as Ohlcv
    const rows = Array.from({ length: 90 }, () => away)
    const candles = series(rows, { from: at(-10), stepMs: minutes(1) })
    expect(judge(plan, candles, { costs: defaultCosts }).status).toBe('NOT_FILLED')
    expect(dispute(candles)).toMatchObject({ openAt: at(0), need: 'second' })
  })

  it('that stands for many minutes is wide by nature', () => {
    const candles = market(flat, [100, 100, 90, 99], flat)
    const ending = judge(plan, candles, { costs: defaultCosts })
    const options = { share: large, known: new Set<number>(), wide: new Set([at(1)]) }
    expect(disputeOf(plan, candles, ending, options)).toBeNull()
    expect(disputeOf(plan, candles, ending, { ...options, wide: new Set(), known: new Set([at(1)]) })).toBeNull()
  })

  it('behind a halt is a matter of its own', () => {
    const rows: Ohlcv[] = [flat, flat]
    const bars = candlesOf(
      'halt',
      minutes(1),
      rows.map(([open, high, low, close], i) => ({
        openAt: at(i * 60 * 30),
        open: open * (1 + i),
        high: high * (1 + i),
        low: low * (1 + i),
        close: close * (1 + i),
        volume: 1,
      })),
    )
    const long: Plan = { ...plan, validUntil: at(4_000), expiresAt: at(4_000) }
    expect(dispute(bars, { of: long })).toBeNull()
  })
})

const contradicted = (openAt: number, price: number): Verdict => ({ openAt, price, stands: false, note: 'not shown' })

describe('what another venue contradicts', () => {
  const judged = (candles: Candles, ...verdicts: Verdict[]) => {
    const own = believed(plan, candles, { share: large, verdicts })
    return { ...own, ending: judge(plan, own.candles, { costs: defaultCosts, ...(own.until && { asOf: own.until }) }) }
  }

  it('in a single minute is cut to its neighbours, and the call goes on', () => {
    const candles = market(flat, [100, 100, 50, 60], [101, 102, 99, 101], flat)
    expect(judge(plan, candles, { costs: defaultCosts }).status).toBe('STOPPED')
    const { candles: own, until, by, ending } = judged(candles, contradicted(at(1), 50))
    expect([own.low[11], own.close[11], own.high[11]]).toEqual([99, 99, 100])
    expect([until, by.length, ending.status]).toEqual([null, 1, 'OPEN'])
  })

  it('for several minutes is left out as if it had been silent; nothing behind it is believed until price is back', () => {
    const away = flat.map((price) => price! * 10) as unknown as Ohlcv
    const open = judged(market(flat, away, away), contradicted(at(1), 1_000))
    expect([open.until, open.candles.length, open.ending.status]).toEqual([at(1), 11, 'OPEN'])
    const back = judged(market(flat, away, away, flat, [100, 100, 94, 96]), contradicted(at(1), 1_000))
    expect([back.until, back.candles.length, back.ending.status]).toEqual([null, 13, 'STOPPED'])
  })

  it('and the venue has corrected since is used again', () => {
    const candles = market(flat, [100, 100, 93, 97], flat)
    const { by, ending } = judged(candles, contradicted(at(1), 50))
    expect([by, ending.status]).toEqual([[], 'STOPPED'])
  })

  it('another venue confirms stands, with a note', () => {
    const candles = market(flat, [100, 100, 50, 60], flat)
    const { by, ending } = judged(candles, { ...contradicted(at(1), 50), stands: true })
    expect([by.length, ending.status]).toEqual([1, 'STOPPED'])
  })
})

it('a price is shown by another venue when its trading came within one percent', () => {
  const candles = series([[100, 101, 99, 100]], { stepMs: minutes(1) })
  expect([98.02, 101, 102, 98, 102.1].map((price) => isShownBy(candles, price))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
  expect(isShownBy(series([]), 100)).toBeNull()
})

it('only a venue that traded elsewhere takes a candle away', () => {
  const about = { openAt: at(1), price: 50 }
  expect(verdictOf('paper', about, { source: 'other', shown: false })).toMatchObject({ stands: false })
  const standing = [
    { source: 'other', shown: true },
    { source: 'other', shown: null },
    'not listed elsewhere',
    'nobody could be asked',
  ] as const
  for (const said of standing) expect(verdictOf('paper', about, said)).toMatchObject({ ...about, stands: true })
})
