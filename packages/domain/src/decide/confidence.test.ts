import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { fitWith } from '../confidence/testing.ts'
import { bandConfidence, chancesOf, priorConfidence, priorEndings } from './confidence.ts'
import { breakEven, expectedR } from './edge.ts'
import { facts } from './testing.ts'

const noViews = { news: null, onchain: null, technical: null, social: null }
const barriers = { type: 'BUY', price: 100, target: 106, stop: 96, bars: 168 } as const

describe('the prior', () => {
  it('is the chance of target 1, with the ends that the error of the volatility gives it', () => {
    const confidence = priorConfidence(facts({ sigmaError: 0.1 }), barriers)
    expect(confidence).toMatchObject({ method: 'prior', n: 240 })
    expect(confidence.value).toBe(confidence.measured)
    expect(confidence.value).toBeCloseTo(priorEndings(facts(), barriers).target, 6)
    const certain = priorConfidence(facts({ sigmaError: 0 }), barriers)
    expect(certain).toMatchObject({ low: certain.value, high: certain.value })
    expect(confidence.high - confidence.low).toBeGreaterThan(0.01)
  })

  it('stays a probability inside its own interval, whatever was measured', () => {
    fc.assert(
      fc.property(
        fc.record({
          sigma: fc.double({ min: 1e-5, max: 0.3, noNaN: true }),
          sigmaError: fc.double({ min: 0, max: 3, noNaN: true }),
          rangeToMove: fc.double({ min: 0, max: 20, noNaN: true }),
        }),
        fc.constantFrom('BUY' as const, 'SELL' as const),
        (measured, type) => {
          const [target, stop] = type === 'BUY' ? [106, 96] : [94, 104]
          for (const { low, value, high } of [
            priorConfidence(facts(measured), { type, price: 100, target, stop, bars: 168 }),
            bandConfidence(facts(measured), { price: 100, low: 93, high: 107, bars: 168 }),
          ]) {
            expect(0 <= low && low <= value && value <= high && high <= 1).toBe(true)
          }
        },
      ),
    )
  })

  it('of a band is the less likely to hold the wilder the market and the longer the time', () => {
    const held = (sigma: number, bars: number) =>
      bandConfidence(facts({ sigma }), { price: 100, low: 93, high: 107, bars }).value
    expect(held(0.005, 168)).toBeGreaterThan(held(0.007, 168))
    expect(held(0.007, 24)).toBeGreaterThan(held(0.007, 168))
  })

  it('stands off less where bars are finely sampled', () => {
    const coarse = priorEndings(facts({ rangeToMove: 1 }), barriers)
    const fine = priorEndings(facts({ rangeToMove: 2 }), barriers)
    expect(coarse.target + coarse.stop).toBeLessThan(fine.target + fine.stop)
  })
})

describe('the chances of a call', () => {
  const evidence = { facts: facts(), views: noViews, score: 0.4, known: null, rewardR: 1.2, costR: 0.05 }
  const prior = priorConfidence(facts(), barriers)

  it('are the walk alone where nobody asked for more, and say why where there is no more', () => {
    expect(chancesOf(evidence, barriers)).toMatchObject({ confidence: prior, absent: null })
    const none = chancesOf({ ...evidence, known: { fits: [], absent: 'too early' } }, barriers)
    expect(none).toMatchObject({ confidence: prior, absent: 'too early' })
    const beyond = chancesOf({ ...evidence, score: 0.95, known: { fits: [fitWith()], absent: null } }, barriers)
    expect(beyond.confidence).toEqual(prior)
    expect(beyond.absent).toMatch(/outside/)
  })

  it('are those of a fit with the payoffs that were measured, and with what it moved', () => {
    const fit = fitWith({
      parameters: [0.5, 0, 0],
      expiry: { shift: 0.4, slope: 1 },
      payoffs: { targetPerReward: 1.03, stop: -1.01, expiry: 0.06 },
    })
    const found = chancesOf({ ...evidence, known: { fits: [fit], absent: null } }, barriers)
    expect(found.confidence).toMatchObject({
      method: 'backtest',
      n: 300,
      below: { method: 'prior', measured: prior.measured },
    })
    expect(found.confidence.value).toBe(found.confidence.measured)
    expect(found.confidence.measured).toBeGreaterThan(prior.measured)
    expect(found.payoffs).toEqual({ target: 1.03 * 1.2, stop: -1.01, expiry: 0.06, cost: 0.05 })
    expect(found.endings.expiry).toBeGreaterThan(priorEndings(facts(), barriers).expiry)
    const { confidence, endings, payoffs } = found
    const rest = 1 - confidence.measured - endings.expiry
    const byHand = confidence.measured * 1.236 - rest * 1.01 + endings.expiry * 0.06 - 0.05
    expect(expectedR(confidence.measured, endings, payoffs)).toBeCloseTo(byHand, 9)
    expect(expectedR(breakEven(endings, payoffs), endings, payoffs)).toBeCloseTo(0, 9)
  })
})
