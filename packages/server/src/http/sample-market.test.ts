import { Brief, kinds, Recommendation, round } from '@pumpiq/domain'
import { RecommendationInputs, TokenAnalysis } from '@pumpiq/api'
import { expect, it } from 'vitest'
import { createSampleMarket } from './sample-market.ts'

const market = createSampleMarket({ now: Date.parse('2026-06-01T12:00:00.000Z') })
const inputs = [...market.inputs.values()]
const of = (symbol: string) => {
  const { id, token } = market.recommendations.find((one) => one.symbol === symbol)!
  const brief = Brief.parse(market.inputs.get(id)!.brief)
  return { safety: brief.dossier.safety, inputs: market.inputs.get(id)!, analysis: market.analyses.get(token)! }
}

it('every sample document is of the form that is promised', () => {
  for (const one of market.recommendations) expect(Recommendation.parse(one)).toEqual(one)
  for (const one of inputs) {
    expect(RecommendationInputs.parse(one)).toEqual(one)
    expect(Brief.parse(one.brief)).toEqual(one.brief)
  }
  for (const one of market.analyses.values()) expect(TokenAnalysis.parse(one)).toEqual(one)
})

it('all four kinds speak for a coin and for a contract, and the factors add up to the score', () => {
  for (const symbol of ['BTC', 'LINK']) {
    const call = market.recommendations.find((one) => one.symbol === symbol)!
    expect(kinds.filter((kind) => !call.kinds[kind].used)).toEqual([])
    const sum = call.keyFactors.reduce((total, { contribution }) => total + contribution, 0)
    expect(round(sum, 6)).toBe(call.score)
  }
})

it('there is a safe contract, an unsafe one, one of which little is known, a coin, and one that nobody was asked of', () => {
  expect(['LINK', 'MOONPUP', 'THIN'].map((symbol) => of(symbol).safety)).toMatchObject([
    { verdict: 'pass' },
    { verdict: 'fail' },
    { verdict: 'unknown' },
  ])
  expect(of('BTC').safety).toEqual({ applicable: false })
  expect(of('LTC').safety).toBeNull()
  expect([of('LTC').inputs.gathered, of('THIN').inputs.gathered]).toEqual([null, { stories: null, crowd: null }])
  expect(of('MOONPUP').analysis.crowd?.burst).toBe(true)
})
