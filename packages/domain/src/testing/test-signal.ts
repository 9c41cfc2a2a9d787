import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTechnicalEvidence } from '../dossier/technical.ts'
import { Reading } from '../words/reading.ts'
import type { Said, Signal } from '../signals/signal.ts'
import type { Candles } from '../words/candles.ts'
import { candleShapes, sampleCandles } from './sample-candles.ts'

const cases = fc.record({
  seed: fc.nat(),
  length: fc.integer({ min: 1, max: 500 }),
  shape: fc.constantFrom(...candleShapes),
})
const runs = { numRuns: 60 }

/** What the signal says of the candles when the first `bars` of them are known. */
const saidOf = (signal: Signal, candles: Candles, bars = candles.length): Said | null =>
  signal.read(createTechnicalEvidence(candles)(bars))

/** What every signal over candles owes; call it inside a test file, once a signal. */
export function testSignal(signal: Signal): void {
  describe(signal.id, () => {
    owesAName(signal)
    owesSilence(signal)
    owesBounds(signal)
    owesPurity(signal)
    owesScale(signal)
  })
}

function owesAName({ id, kind, unit, label, see, weight }: Signal): void {
  it('says what it is: an id that a reading may bear, a unit, a label, the source of its rule, a share of its view', () => {
    expect(Reading.shape.id.safeParse(id).success).toBe(true)
    expect(Reading.shape.kind.safeParse(kind).success).toBe(true)
    for (const text of [unit, label, see]) expect(text).not.toBe('')
    expect(weight).toBeGreaterThanOrEqual(0)
  })
}

function owesSilence(signal: Signal): void {
  it('is silent on one candle, leans nowhere where nothing ever moved, and speaks once there is enough', () => {
    for (const shape of candleShapes) expect(saidOf(signal, sampleCandles(1, 1, shape))).toBeNull()
    expect(saidOf(signal, sampleCandles(1, 500, 'flat'))?.lean ?? 0).toBe(0)
    const speaks = [1, 2, 3].map((seed) => saidOf(signal, sampleCandles(seed, 500)) !== null)
    expect(speaks).toContain(true)
  })
}

function owesBounds(signal: Signal): void {
  it('says a finite value and a lean in [-1, 1], or nothing, on every shape of market', () => {
    fc.assert(
      fc.property(cases, ({ seed, length, shape }) => {
        const said = saidOf(signal, sampleCandles(seed, length, shape))
        if (said === null) return
        expect(said.value).toSatisfy(Number.isFinite)
        expect(Math.abs(said.lean)).toBeLessThanOrEqual(1)
        if (signal.weight === 0) expect(said.lean).toBe(0)
      }),
      runs,
    )
  })
}

function owesPurity(signal: Signal): void {
  it('reads what is known and nothing else: later candles, an earlier reading and its own reading change nothing', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), ({ seed, length, shape }, share) => {
        const candles = sampleCandles(seed, length, shape)
        const bars = Math.max(1, Math.floor(length * share))
        const evidenceAt = createTechnicalEvidence(candles)
        const first = signal.read(evidenceAt(bars))
        signal.read(evidenceAt(length))
        expect(signal.read(evidenceAt(bars))).toEqual(first)
        expect(saidOf(signal, sampleCandles(seed, length, shape), bars)).toEqual(first)
        expect(saidOf(signal, withFuture(candles, bars), bars)).toEqual(first)
        expect(candles).toEqual(sampleCandles(seed, length, shape))
      }),
      runs,
    )
  })
}

/** The same candles up to `bars`, a market ten times as high and busy behind them. */
function withFuture(candles: Candles, bars: number): Candles {
  const later = (column: Float64Array) => column.map((value, i) => (i < bars ? value : value * 10))
  return withColumns(candles, later, later)
}

function owesScale(signal: Signal): void {
  it('says the same at every scale of price and volume', () => {
    for (const seed of [1, 2, 3]) {
      const candles = sampleCandles(seed, 500)
      const said = saidOf(signal, candles)
      for (const [prices, volumes] of [
        [1e-12, 1],
        [1e6, 1],
        [1, 1e-6],
        [1, 1e6],
      ] as const) {
        const scaled = withColumns(
          candles,
          (column) => column.map((value) => value * prices),
          (column) => column.map((value) => value * volumes),
        )
        const again = saidOf(signal, scaled)
        expect(again === null).toBe(said === null)
        if (said === null || again === null) continue
        expect(again.value).toBeCloseTo(said.value, 6)
        expect(again.lean).toBeCloseTo(said.lean, 6)
      }
    }
  })
}

type Change = (column: Float64Array) => Float64Array

const withColumns = (candles: Candles, prices: Change, volumes: Change): Candles => ({
  ...candles,
  open: prices(candles.open),
  high: prices(candles.high),
  low: prices(candles.low),
  close: prices(candles.close),
  volume: volumes(candles.volume),
})
