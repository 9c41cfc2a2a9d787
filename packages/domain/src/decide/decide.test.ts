import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { fitWith } from '../confidence/testing.ts'
import { compileDossier, type Evidence } from '../dossier/dossier.ts'
import { sealEvidence, SealedEvidence, unsealEvidence } from '../dossier/sealed-evidence.ts'
import { signals } from '../signals/index.ts'
import { sampleBitcoin, sampleBrief, sampleRecording } from '../testing/sample-brief.ts'
import { walk } from '../testing/walk.ts'
import { canonical } from '../words/canonical.ts'
import { knownAt, slice, type Candles } from '../words/candles.ts'
import type { Price } from '../words/price.ts'
import { houseProfile, weightsOf, type Profile } from '../words/profile.ts'
import { toIso } from '../words/time.ts'
import { Brief } from './brief.ts'
import { decide } from './decide.ts'
import { createDecider } from './decider.ts'
import { rules } from './rules.ts'

const profile: Profile = { ...houseProfile, mode: 'technical-only', weights: weightsOf('technical-only') }
const id = '01900000-0000-7000-8000-000000000001'

const endOf = (candles: Candles, bars = candles.length) => candles.openAt[bars - 1]! + candles.intervalMs
const decided = (brief: Brief) => decide({ brief, opinions: [rules(brief)], id, inputsHash: '0'.repeat(64) })

const seeds = fc.record({
  seed: fc.integer({ min: 1, max: 1e9 }),
  sigma: fc.double({ min: 0.002, max: 0.04, noNaN: true }),
  drift: fc.double({ min: -0.004, max: 0.004, noNaN: true }),
  start: fc.constantFrom(26_000, 1.5, 0.004),
})
const walkOf = (shape: { seed: number; sigma: number; drift: number; start: number }, bars = 420) =>
  walk({ ...shape, bars, decimals: shape.start > 100 ? 2 : 6 })

describe('a decision', () => {
  it('has contributions that add up to the score, levels in order, and a canonical form', () => {
    fc.assert(
      fc.property(seeds, (shape) => {
        const candles = walkOf(shape)
        const made = decided(sampleBrief(sampleRecording(candles), endOf(candles)))
        const sum = made.keyFactors.reduce((total, { contribution }) => total + contribution, 0)
        expect(Math.abs(sum - made.score)).toBeLessThan(1e-4)
        expect(canonical(made)).not.toMatch(/"\d+(\.\d+)?e-/)
        if (made.type === 'BUY' || made.type === 'SELL') {
          expect(made.entry && made.stopLoss && made.targets.length).toBe(3)
          expect(made.actionable.yes).toBe(false)
          expect(made.confidence?.method).toBe('prior')
        } else expect(made.entry ?? made.stopLoss).toBeNull()
      }),
      { numRuns: 150 },
    )
  })

  it('in numbers over columns is the decision of the documents: backtest and live are one arithmetic', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 260, max: 420 }), (shape, bars) => {
        const candles = walkOf(shape)
        const at = endOf(candles, bars)
        const call = createDecider(candles, profile).callAt(bars, at, null)
        const opinion = rules(sampleBrief(sampleRecording(candles), at))
        expect(opinion.call).toEqual(call)
      }),
      { numRuns: 60 },
    )
  })

  it('with a fit says its frequency, sealed with the brief, and is decided alike again; a brief of before still is', () => {
    const candles = walk({ seed: 3, sigma: 0.01, drift: 0.002, start: 26_000, bars: 420, decimals: 2 })
    const bare = sampleBrief(sampleRecording(candles), endOf(candles))
    const fit = fitWith({
      inputs: fitWith().inputs.map((input) => ({ ...input, low: -9, high: 9 })),
      parameters: [0.3, 0, 0],
    })
    const brief = { ...bare, calibration: { fits: [fit], absent: null } }
    const made = decided(brief)
    expect(['BUY', 'SELL']).toContain(made.type)
    expect(made.confidence).toMatchObject({ method: 'backtest', n: 300, below: { method: 'prior' } })
    const again = (one: Brief) => decided(Brief.parse(JSON.parse(canonical(one))))
    expect(canonical(again(brief))).toBe(canonical(made))
    expect(canonical(again(bare))).toBe(canonical(decided(bare)))
    expect(decided(bare).confidence).toEqual({ ...decided(bare).confidence, method: 'prior' })
    const without = decided({ ...bare, calibration: { fits: [], absent: 'nothing is measured' } })
    expect(without.confidence).toEqual(decided(bare).confidence)
    expect(without.warnings).toContain('confidence is the prior: nothing is measured')
  })

  it('does not see the future: later candles cut off or multiplied by ten change nothing', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 255, max: 410 }), (shape, bars) => {
        const candles = walkOf(shape)
        const at = endOf(candles, bars)
        const times = (column: Float64Array) => column.map((value, i) => (i >= bars ? value * 10 : value))
        const altered = {
          ...candles,
          open: times(candles.open),
          high: times(candles.high),
          low: times(candles.low),
          close: times(candles.close),
        }
        const seen = canonical(decided(sampleBrief(sampleRecording(candles), at)))
        expect(canonical(decided(sampleBrief(sampleRecording(slice(candles, 0, bars)), at)))).toBe(seen)
        expect(canonical(decided(sampleBrief(sampleRecording(altered), at)))).toBe(seen)
        expect(knownAt(candles, at)).toBe(bars)
      }),
      { numRuns: 60 },
    )
  })

  it('replays from what was sealed, and differs when one reading is altered', () => {
    const candles = walk({ seed: 5, bars: 500, drift: 0.002 })
    const brief = sampleBrief(sampleRecording(candles), endOf(candles))
    const made = canonical(decided(brief))
    const stored = Brief.parse(JSON.parse(canonical(brief)))
    expect(canonical(decided(stored))).toBe(made)
    const evidence = unsealEvidence(SealedEvidence.parse(JSON.parse(canonical(sealEvidence(sampleRecording(candles))))))
    expect(canonical(compileDossier(evidence, endOf(candles)))).toBe(canonical(brief.dossier))
    const silent = new Set(signals.filter(({ weight }) => weight === 0).map((signal) => signal.id))
    for (let i = 0; i < stored.dossier.readings.length; i++) {
      if (silent.has(stored.dossier.readings[i]!.id)) continue
      const altered = Brief.parse(JSON.parse(canonical(stored)))
      altered.dossier.readings[i]!.value += 1
      altered.dossier.readings[i]!.lean = altered.dossier.readings[i]!.lean > 0 ? -0.5 : 0.5
      expect(canonical(decided(altered)), stored.dossier.readings[i]!.id).not.toBe(made)
    }
  })

  it('abstains loudly: too little history, no candle, a stale one, one venue, venues that disagree', () => {
    const candles = walk({ bars: 600 })
    const at = endOf(candles)
    const quote = (source: string, price: string) => ({
      source,
      pair: 'BTCUSD',
      price,
      observedAt: toIso(at),
      fetchedAt: toIso(at),
    })
    const live = (quotes: Evidence['quotes'], over: Partial<Evidence> = {}) =>
      decided(sampleBrief(sampleRecording(candles, { recorded: false, labels: [], quotes, ...over }), at))
    const last = String(candles.close[599]!)
    expect(decided(sampleBrief(sampleRecording(slice(candles, 0, 100)), endOf(candles, 100)))).toMatchObject({
      type: 'HOLD',
      confidence: null,
      abstained: expect.stringContaining('only 100 candles'),
    })
    expect(live([quote('binance', last), quote('kraken', last)])).toMatchObject({ abstained: null })
    expect(live([quote('binance', last)]).abstained).toContain('only binance gave a fresh price')
    expect(live([quote('binance', last), quote('binance', last)]).abstained).toContain('two venues are needed')
    expect(live([quote('binance', '100'), quote('kraken', '106')]).abstained).toMatch(
      /prices disagree by 6.0 %: binance 100, kraken 106/,
    )
    expect(live([]).abstained).toBe('no venue gave a fresh price')
    const agreed = [quote('binance', last), quote('kraken', last)]
    const twin = { ...sampleBitcoin, priceUsd: '0.0019' as Price }
    expect(live(agreed, { token: twin }).abstained).toMatch(
      /under this ticker is another token: .* catalogue has 0.0019/,
    )
    expect(live(agreed, { token: { ...sampleBitcoin, priceUsd: last as Price } }).abstained).toBeNull()
    expect(live([quote('binance', last), quote('kraken', last)], { candles: null }).abstained).toContain(
      'too few candles',
    )
    const late = sampleBrief(sampleRecording(candles), at + 3 * candles.intervalMs)
    expect(decided(late).abstained).toBe('the newest candle is too old to decide on')
  })

  it('starts anew behind a halt of a day', () => {
    const candles = walk({ bars: 700 })
    const openAt = candles.openAt.map((ts, i) => (i >= 650 ? ts + 2 * 86_400_000 : ts))
    const halted = { ...candles, openAt }
    expect(decided(sampleBrief(sampleRecording(halted), openAt[699]! + candles.intervalMs)).abstained).toContain(
      'only 50 candles since trading began or resumed',
    )
  })

  it('says what changed since the last call', () => {
    const candles = walk({ seed: 5, bars: 500, drift: 0.002 })
    const brief = sampleBrief(sampleRecording(candles), endOf(candles), {
      previous: { id, type: 'SELL', issuedAt: toIso(candles.openAt[0]!), score: -0.5, contributions: {} },
    })
    expect(decided(brief).changed[0]).toMatch(/^SELL became (BUY|HOLD)$/)
  })
})
