import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figureNames, figures, type FigureName } from '../words/figure.ts'
import { Reading } from '../words/reading.ts'
import type { Crowd } from '../words/story.ts'
import type { Agreed, Gathered, GatheredSignal } from './gathered.ts'
import { gatheredSignals, signals } from './index.ts'

type Values = Partial<Record<FigureName, number>>

const crowd: Crowd = {
  at: '2026-03-01T12:00:00.000Z',
  posts: 40,
  authors: 30,
  platforms: ['reddit', 'bluesky'],
  tone: 0.4,
  agreement: 0.8,
  perHour: 20,
  usualPerHour: 10,
  burst: false,
  newAccountShare: 0.1,
  botShare: 0.1,
  copiedShare: 0.1,
  flagged: { promo: 0.1, scam: 0, phishing: 0, pump_call: 0, injection: 0 },
}

const gatheredOf = (now: Values, change: Values = {}, more: Partial<Gathered> = {}): Gathered => {
  const agreed =
    (values: Values) =>
    (name: FigureName): Agreed | null =>
      values[name] === undefined ? null : { value: values[name], cites: [`a:${name}`] }
  return {
    at: Date.UTC(2026, 2, 1, 12),
    form: 'contract',
    now: agreed(now),
    change: agreed(change),
    stories: null,
    crowd: null,
    ...more,
  }
}

const saidBy = (id: string, gathered: Gathered) => gatheredSignals.find((signal) => signal.id === id)!.read(gathered)

const anyFigures: fc.Arbitrary<Values> = fc.record(
  Object.fromEntries(
    figureNames.map((name) => {
      const { low, high } = figures[name]
      return [
        name,
        fc.oneof(fc.constantFrom(low, high, 0), fc.double({ min: low, max: Math.min(high, 1e9), noNaN: true })),
      ]
    }),
  ),
  { requiredKeys: [] },
)

function testGathered(signal: GatheredSignal): void {
  describe(signal.id, () => {
    it('says what it is, and is silent without evidence', () => {
      expect(Reading.shape.id.safeParse(signal.id).success).toBe(true)
      for (const text of [signal.unit, signal.label, signal.see]) expect(text).not.toBe('')
      expect(signal.read(gatheredOf({}))).toBeNull()
    })

    it('says a finite value, a lean in bounds and what it cites, or nothing; one that informs leans nowhere', () => {
      fc.assert(
        fc.property(anyFigures, anyFigures, fc.boolean(), (now, change, hasCrowd) => {
          const gathered = gatheredOf(now, change, { crowd: hasCrowd ? crowd : null })
          const said = signal.read(gathered)
          expect(signal.read(gathered)).toEqual(said)
          if (said === null) return
          expect(Number.isFinite(said.value)).toBe(true)
          expect(Math.abs(said.lean)).toBeLessThanOrEqual(1)
          expect(said.cites.length).toBeGreaterThan(0)
          if (signal.weight.native === 0 && signal.weight.contract === 0) expect(said.lean).toBe(0)
        }),
        { numRuns: 200 },
      )
    })
  })
}

for (const signal of gatheredSignals) testGathered(signal)

it('no two signals bear one id or one label', () => {
  const all = [...signals, ...gatheredSignals]
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(new Set(all.map(({ label }) => label)).size).toBe(all.length)
})

describe('what they say of familiar situations', () => {
  it.each([
    ['chain.flow', { buys24h: 600, sells24h: 400 }, {}, 0.6, 0.7273],
    ['chain.flow', { buys24h: 15, sells24h: 5 }, {}, 0.75, 0.1667],
    ['chain.liquidity-change', {}, { liquidityUsd: -0.3 }, -0.3, -1],
    ['chain.holders-change', {}, { holders: 0.02 }, 0.02, 0.5],
    ['chain.top10', { top10Ratio: 0.73 }, {}, 0.73, -1],
    ['chain.funding', { fundingRatio8h: 0.0001 }, {}, 0.0001, 0],
    ['chain.funding', { fundingRatio8h: 0.0008 }, {}, 0.0008, -1],
    ['chain.basis', { basisRatio: -0.0015 }, {}, -0.0015, 0.5],
    ['chain.open-interest', { fundingRatio8h: 0.0005 }, { openInterestUsd: 0.1 }, 0.1, -0.4],
    ['chain.open-interest', { fundingRatio8h: 0.0005, openInterestChange24hRatio: 0 }, { openInterestUsd: 0.1 }, 0, 0],
    ['chain.tvl-change', { tvlChange24hRatio: 0.05 }, { chainTvlUsd: -0.1 }, 0.05, 0.4],
    ['chain.exchange-flow', { exchangeNetflow24h: -1_000, circulatingSupply: 1e6 }, {}, -0.001, 0.5],
    ['chain.turnover', { volume24hUsd: 3e6, liquidityUsd: 1e5 }, {}, 30, 0],
  ] as const)('%s of %j with changes %j', (id, now, change, value, lean) => {
    const said = saidBy(id, gatheredOf(now, change))!
    expect(said.value).toBeCloseTo(value, 9)
    expect(said.lean).toBeCloseTo(lean, 4)
  })

  it('a burst halves the word of the crowd', () => {
    expect(saidBy('social.tone', gatheredOf({}, {}, { crowd }))).toMatchObject({ value: 0.4, lean: 0.4 })
    expect(saidBy('social.tone', gatheredOf({}, {}, { crowd: { ...crowd, burst: true } }))!.lean).toBeCloseTo(0.2)
    expect(saidBy('social.mentions', gatheredOf({}, {}, { crowd }))!.value).toBe(2)
  })
})
