import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chance } from '../testing/chance.ts'
import { barAt, blankCandles, candlesOf, slice, type Bar, type Candles } from '../words/candles.ts'
import { days, hours, minutes } from '../words/time.ts'
import { detectAnomalies } from './detect-anomalies.ts'
import { pumpsOf } from './pumps.ts'
import { createRankedWindow } from './ranked-window.ts'
import { createAnomalyWatch } from './watch.ts'

type Market = { seed: number; length?: number; intervalMs?: number; bursts?: readonly Burst[]; missing?: number }
/** At a bar: the price is multiplied, and so many times the usual volume is traded. */
type Burst = { at: number; move: number; load: number }

/** A quiet walk near 100 with bursts in it; `missing` is the share of minutes without trades, which are absent. */
function market({ seed, length = 900, intervalMs = minutes(1), bursts = [], missing = 0 }: Market): Candles {
  const random = chance(seed)
  const candles = blankCandles('file:MADE', intervalMs, length)
  let price = 100
  let at = 1_700_000_040_000
  for (let i = 0; i < length; i++) {
    const burst = bursts.find((one) => one.at === i)
    const open = price
    price *= (1 + (random() - 0.5) * 0.002) * (burst?.move ?? 1)
    candles.openAt[i] = at
    candles.open[i] = open
    candles.close[i] = price
    candles.high[i] = Math.max(open, price) * (1 + random() * 0.001)
    candles.low[i] = Math.min(open, price) * (1 - random() * 0.001)
    candles.volume[i] = (1 + random() * 9) * (burst?.load ?? 1)
    at += intervalMs
    while (random() < missing) at += intervalMs
  }
  return candles
}

const columns = ['open', 'high', 'low', 'close'] as const
function scaledBy(candles: Candles, prices: number, volumes: number): Candles {
  const scaled = Object.fromEntries(columns.map((name) => [name, candles[name].map((value) => value * prices)]))
  return { ...candles, ...scaled, volume: candles.volume.map((value) => value * volumes) }
}

const pumpAt = (at: number): Burst => ({ at, move: 1.15, load: 100 })
const kindsOf = (candles: Candles) => detectAnomalies(candles).map(({ kind }) => kind)
const bursts = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 899 }),
    move: fc.constantFrom(0.8, 0.95, 1, 1.05, 1.3),
    load: fc.constantFrom(1, 20, 100, 500),
  }),
  { maxLength: 6 },
)
const markets = fc.record({ seed: fc.nat(), bursts, missing: fc.constantFrom(0, 0.5, 0.9) }).map(market)
const runs = { numRuns: 60 }

describe('anomalies', () => {
  it('a quiet market has none', () => {
    for (const seed of [1, 2, 3]) expect(detectAnomalies(market({ seed, length: 3_000 }))).toEqual([])
  })

  it('tells a pump, a dump and a burst of volume at the bar they begin at, each louder than just loud enough', () => {
    const candles = market({
      seed: 4,
      bursts: [pumpAt(400), { at: 600, move: 0.85, load: 100 }, { at: 800, move: 1, load: 500 }],
    })
    const found = detectAnomalies(candles)
    expect(found.map(({ ts, kind }) => [candles.openAt.indexOf(ts), kind])).toEqual([
      [400, 'pump'],
      [600, 'dump'],
      [800, 'volume'],
    ])
    for (const { score } of found) expect(score).toBeGreaterThan(0.5)
  })

  it('a small move on usual volume is none, and volume without a move is no pump', () => {
    expect(kindsOf(market({ seed: 5, bursts: [{ at: 400, move: 1.07, load: 1 }] }))).toEqual([])
    expect(kindsOf(market({ seed: 5, bursts: [{ at: 400, move: 1.02, load: 100 }] }))).toEqual(['volume'])
    expect(kindsOf(market({ seed: 5, bursts: [{ at: 400, move: 1.02, load: 10 }] }))).toEqual([])
  })

  it('a wick up is a pump, a wick down that was bought back is no dump', () => {
    const wick = (name: 'high' | 'low', factor: number) => {
      const candles = market({ seed: 6, bursts: [{ at: 400, move: 1, load: 15 }] })
      candles[name][400]! *= factor
      return kindsOf(candles)
    }
    expect(wick('high', 1.2)).toEqual(['pump'])
    expect(wick('low', 0.8)).toEqual([])
  })

  it('one event is told once, its fall included, and is over after a quiet hour', () => {
    const fall = { at: 410, move: 0.85, load: 100 }
    expect(kindsOf(market({ seed: 7, bursts: [pumpAt(400), pumpAt(403), fall, pumpAt(460)] }))).toEqual(['pump'])
    expect(kindsOf(market({ seed: 7, bursts: [pumpAt(400), pumpAt(460)] }))).toEqual(['pump'])
    // A burst is still in the span of the two bars behind it.
    expect(kindsOf(market({ seed: 7, bursts: [pumpAt(400), pumpAt(463)] }))).toEqual(['pump', 'pump'])
  })

  it('of hours, it is over after twelve quiet ones', () => {
    const twice = (later: number) =>
      kindsOf(
        market({
          seed: 7,
          intervalMs: hours(1),
          bursts: [
            { at: 400, move: 1.5, load: 100 },
            { at: later, move: 1.5, load: 100 },
          ],
        }),
      )
    expect(twice(412)).toEqual(['pump'])
    expect(twice(415)).toEqual(['pump', 'pump'])
  })

  it('a pump inside a burst of volume or a fall is an event of its own', () => {
    const weaker = [{ at: 395, move: 1, load: 500 }]
    expect(kindsOf(market({ seed: 8, bursts: [...weaker, pumpAt(400)] }))).toEqual(['volume', 'pump'])
  })

  it('the first bars of a listing and of trade behind a halt are not judged', () => {
    expect(kindsOf(market({ seed: 9, bursts: [pumpAt(90)] }))).toEqual([])
    expect(kindsOf(market({ seed: 9, bursts: [pumpAt(103)] }))).toEqual(['pump'])
    const halted = market({ seed: 9, bursts: [pumpAt(400)] })
    halted.openAt.forEach((at, i) => (halted.openAt[i] = i < 350 ? at : at + days(1)))
    expect(detectAnomalies(halted)).toEqual([])
  })

  it('one tick of a coarse price is no move, two are', () => {
    const ticks = (rise: number) => {
      const candles = market({ seed: 10, bursts: [{ at: 400, move: 1, load: 15 }] })
      for (const name of columns) candles[name].forEach((_, i) => (candles[name][i] = 10 + (i % 2)))
      candles.high.forEach((_, i) => (candles.high[i] = 11))
      candles.low.forEach((_, i) => (candles.low[i] = 10))
      candles.high[400] = 10 + (399 % 2) + rise
      return kindsOf(candles)
    }
    expect(ticks(2)).toEqual(['pump'])
    expect(ticks(1)).toEqual([])
  })

  it('of an hour four percent are nothing: the least move grows by the cube root of time', () => {
    const hourly = (move: number) =>
      kindsOf(market({ seed: 11, intervalMs: hours(1), bursts: [{ at: 400, move, load: 15 }] }))
    expect(hourly(1.15)).toEqual([])
    expect(hourly(1.3)).toEqual(['pump'])
  })

  it('is known when the bar closes: what comes later changes nothing', () => {
    fc.assert(
      fc.property(markets, fc.integer({ min: 0, max: 900 }), (candles, bars) => {
        const until = candles.openAt[bars] ?? Number.POSITIVE_INFINITY
        expect(detectAnomalies(slice(candles, 0, bars))).toEqual(
          detectAnomalies(candles).filter(({ ts }) => ts < until),
        )
      }),
      runs,
    )
  })

  it('is the same at every scale of price and volume', () => {
    fc.assert(
      fc.property(
        markets,
        fc.constantFrom(1e-12, 1e-5, 1e6),
        fc.constantFrom(1e-6, 1e6),
        (candles, prices, volumes) => {
          const near = ({ ts, kind, score }: { ts: number; kind: string; score: number }) => [
            ts,
            kind,
            score.toFixed(4),
          ]
          expect(detectAnomalies(scaledBy(candles, prices, volumes)).map(near)).toEqual(
            detectAnomalies(candles).map(near),
          )
        },
      ),
      runs,
    )
  })

  it('is the same whether minutes without trades are absent or flat', () => {
    fc.assert(
      fc.property(markets, (candles) => {
        expect(detectAnomalies(filled(candles))).toEqual(detectAnomalies(candles))
      }),
      runs,
    )
  })

  it('scores lie above 0 and at most at 1', () => {
    const loud = market({ seed: 12, bursts: [{ at: 400, move: 1e6, load: 1e12 }] })
    expect(detectAnomalies(loud)).toMatchObject([{ kind: 'pump', score: 1 }])
    fc.assert(
      fc.property(markets, (candles) => {
        for (const { score } of detectAnomalies(candles)) expect(score > 0 && score <= 1).toBe(true)
      }),
      runs,
    )
  })

  it('refuses a bar that does not come after the one before', () => {
    const watch = createAnomalyWatch(minutes(1))
    const bar = barAt(market({ seed: 1 }), 0)
    watch.next(bar)
    expect(() => watch.next(bar)).toThrow('ts 1700000040000 does not come after 1700000040000')
  })
})

/** Every absent minute as a flat bar without volume. */
function filled(candles: Candles): Candles {
  const bars: Bar[] = []
  for (let i = 0; i < candles.length; i++) {
    const bar = barAt(candles, i)
    const last = bars.at(-1)
    if (last)
      for (let at = last.openAt + candles.intervalMs; at < bar.openAt; at += candles.intervalMs)
        bars.push({ openAt: at, open: last.close, high: last.close, low: last.close, close: last.close, volume: 0 })
    bars.push(bar)
  }
  return candlesOf(candles.id, candles.intervalMs, bars)
}

describe('pumps bar by bar', () => {
  it('are there from the bar that gives one away until an hour is quiet, and are no dump', () => {
    const candles = market({ seed: 13, bursts: [pumpAt(400), { at: 700, move: 0.8, load: 100 }] })
    const pumps = pumpsOf(candles)
    const inside = pumps.flatMap((pump, i) => (pump ? [i] : []))
    expect([inside[0], inside.at(-1), inside.length]).toEqual([400, 462, 63])
    const [told] = detectAnomalies(candles)
    expect(pumps[430]).toEqual({ since: candles.openAt[400], score: told!.score })
    expect(pumpsOf(slice(candles, 0, 431))).toEqual(pumps.slice(0, 431))
  })
})

describe('a ranked window', () => {
  it('has the quantiles of its last values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const ranked = createRankedWindow(7)
          for (const value of values) ranked.push(value)
          const last = values.slice(-7).toSorted((a, b) => a - b)
          expect(ranked.count()).toBe(last.length)
          expect(ranked.quantile(share)).toBe(last[Math.min(last.length - 1, Math.floor(last.length * share))] ?? 0)
        },
      ),
    )
  })
})
