import { expect, it } from 'vitest'
import { assessSafety, type SafetyAssessment } from '../safety/assess.ts'
import type { Facts } from '../dossier/facts.ts'
import type { View } from '../dossier/view.ts'
import type { Kind } from '../words/kind.ts'
import { Danger, type Hazard } from '../words/observation.ts'
import { houseProfile, Mode, RiskTolerance, weightsOf } from '../words/profile.ts'
import { tokenId } from '../words/token.ts'
import { callOf, type CallInput } from './call.ts'
import { facts } from './testing.ts'

const view = (kind: Kind, score: number): View => ({ kind, score, quality: 1, factors: [] })
const input = (scores: Partial<Record<Kind, number>>, over: Partial<CallInput> = {}): CallInput => ({
  at: 0,
  price: 100,
  facts: facts(),
  views: {
    news: scores.news === undefined ? null : view('news', scores.news),
    onchain: scores.onchain === undefined ? null : view('onchain', scores.onchain),
    technical: scores.technical === undefined ? null : view('technical', scores.technical),
    social: scores.social === undefined ? null : view('social', scores.social),
  },
  profile: houseProfile,
  previous: null,
  safety: null,
  unable: null,
  ...over,
})
const textAlone = 'text alone leans bullish: it cannot buy'

it('says that text alone would have bought, and that it cannot', () => {
  const call = callOf(input({ news: 1, social: 1, technical: -0.01 }))
  expect(call).toMatchObject({ type: 'HOLD', warnings: [textAlone] })
  expect(callOf(input({ news: 0.1, social: 0.1, technical: -0.01 })).warnings).toEqual([])
  expect(callOf(input({ news: 1, social: 1, technical: 1, onchain: 1 }))).toMatchObject({ type: 'BUY', warnings: [] })
})

it('names what stands in the way of a trade: levels below zero, a tick too coarse, a range that does not pay', () => {
  const bearish = { technical: -1, onchain: -1 }
  const held = (over: Partial<Facts>) => callOf(input(bearish, { facts: facts(over) }))
  expect(held({}).type).toBe('SELL')
  const noLevels = expect.arrayContaining(['no levels above zero keep apart on this tick'])
  expect(held({ atr: 9 })).toMatchObject({ type: 'HOLD', warnings: noLevels })
  const cheap = facts({ close: 3, atr: 0.03, decimals: 0 })
  expect(callOf(input(bearish, { price: 3, facts: cheap }))).toMatchObject({ type: 'HOLD', warnings: noLevels })
  expect(held({ atr: 0.05 })).toMatchObject({
    type: 'HOLD',
    warnings: expect.arrayContaining(['the range to be expected does not pay the costs of a trade']),
  })
})

const contract = {
  id: tokenId(`ethereum:0x${'1'.repeat(40)}`),
  chain: 'ethereum',
  address: `0x${'1'.repeat(40)}`,
  marketCapRank: 40,
  marketCapUsd: 1e9,
}
const clean = Danger.options.map((danger): Hazard => {
  const at = '1970-01-01T00:00:00.000Z'
  return { what: 'hazard', source: 'goplus', token: contract.id, danger, present: false, observedAt: at, fetchedAt: at }
})
const safetyOf = (hazards: readonly Hazard[]) => assessSafety({ token: contract, observations: hazards, at: 0 })
const everything = { news: 1, onchain: 1, technical: 1, social: 1 }
const buys = (mode: Mode, riskTolerance: RiskTolerance, safety: SafetyAssessment | null) => {
  const profile = { ...houseProfile, mode, weights: weightsOf(mode), riskTolerance }
  return callOf(input(everything, { profile, safety })).type === 'BUY'
}

it('buys nothing that bears any danger, or whose safety is not known, in any mode and at any boldness', () => {
  const bought: string[] = []
  for (const mode of Mode.options)
    for (const boldness of RiskTolerance.options) {
      expect(buys(mode, boldness, { applicable: false })).toBe(true)
      if (buys(mode, boldness, safetyOf([]))) bought.push(`${mode} ${boldness}: nothing known`)
      for (const danger of Danger.options) {
        const marked = clean.map((hazard) => (hazard.danger === danger ? { ...hazard, present: true } : hazard))
        if (buys(mode, boldness, safetyOf(marked))) bought.push(`${mode} ${boldness}: ${danger}`)
      }
    }
  expect(bought).toEqual([])
})

const bought = { technical: 1, onchain: 1, news: 1, social: 1 }
const limited = (limits: Partial<NonNullable<CallInput['profile']['limits']>>, over: Partial<CallInput> = {}) =>
  callOf(
    input(bought, {
      profile: { ...houseProfile, limits: { maxPositionPct: 10, maxStopPct: null, takeProfitPct: null, ...limits } },
      ...over,
    }),
  )

it('stands within the limits of a profile, says so, and leaves wider ones without effect', () => {
  const free = callOf(input(bought))
  expect(limited({ maxStopPct: 100, takeProfitPct: [200, 300, 400] })).toEqual(free)
  const near = limited({ maxStopPct: 2 })
  expect(near.type).toBe('BUY')
  expect(near.levels!.chosen.stop).toBe('stop.limit')
  expect(near.levels!.stop).toBeCloseTo(98, 6)
  expect(near.confidence!.method).toBe('prior')
  expect(near.warnings).toContain('stop or first target stand at your own limit, which no frequency was measured on')
})

it('asks for no trade where a limit leaves costs or risk unpaid, and says which', () => {
  expect(limited({ maxStopPct: 0.2 })).toMatchObject({
    type: 'HOLD',
    warnings: ['a stop within your limit of 0.2 % would not pay the costs: 1.20 % is the least'],
  })
  expect(limited({ takeProfitPct: [0.5, 20, 30] })).toMatchObject({
    type: 'HOLD',
    warnings: ['a first target within your limit of 0.5 % would pay less than the risk'],
  })
})
