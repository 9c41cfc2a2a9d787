import { expect, it } from 'vitest'
import type { ComparedToken } from '@pumpiq/api'
import { marketOf } from '../tokens/market.ts'
import { knownTokens } from '../tokens/known.ts'
import { highlightsOf } from './highlights.ts'
import { marketSentimentOf, type CallFacts } from './overview-calls.ts'
import { sampleRecommendation } from './test-recommendation.ts'

type Given = Parameters<typeof sampleRecommendation>[0]

function compared(nth: number, given: Given | null, more: Partial<ComparedToken> = {}): ComparedToken {
  const token = { ...knownTokens[nth]!, market: marketOf(undefined, 0) }
  const id = `01920000-0000-7000-8000-00000000000${nth}`
  const call = given && {
    ...sampleRecommendation({ id, token: token.id, symbol: token.symbol, ...given }),
    outcome: null,
  }
  return { token, call, why: call ? null : 'none', kinds: call && call.kinds, safety: null, ...more }
}
const confidence = (value: number) => ({ value, low: 0.2, high: 0.8, n: 99, method: 'prior', measured: value })
const idsOf = (items: readonly ComparedToken[]) => highlightsOf(items).map(({ id, token }) => [id, token])

it('what sets one token apart is said with both figures and the calls they are from', () => {
  const found = highlightsOf([compared(0, { score: 0.1 }), compared(1, { score: 0.31 }), compared(2, null)])
  expect(found.find(({ id }) => id === 'evidence-leans-up-most')).toEqual({
    id: 'evidence-leans-up-most',
    token: 'ethereum:native',
    sentence: 'The evidence on ETH leans up most: score 0.31, next 0.1.',
    value: 0.31,
    next: 0.1,
    cites: [
      'recommendation:01920000-0000-7000-8000-000000000000',
      'recommendation:01920000-0000-7000-8000-000000000001',
    ],
  })
})

it('nothing is said of equals, of what only one has, nor of a call that was not made', () => {
  const equal = idsOf([compared(0, { score: 0.2 }), compared(1, { score: 0.2 })])
  expect(equal).toEqual([])
  const alone = idsOf([compared(0, { type: 'BUY', confidence: confidence(0.6) }), compared(1, {})])
  expect(alone.map(([id]) => id)).not.toContain('highest-probability')
  expect(idsOf([compared(0, { score: 0.9, abstained: 'no candles' }), compared(1, { score: 0.1 })])).toEqual([])
})

it('the probability of a HOLD, which is of another event, is not set beside that of a BUY', () => {
  const items = [
    compared(0, { type: 'HOLD', confidence: confidence(0.9) }),
    compared(1, { type: 'BUY', confidence: confidence(0.5) }),
    compared(2, { type: 'SELL', confidence: confidence(0.4) }),
  ]
  const found = highlightsOf(items).find(({ id }) => id === 'highest-probability')
  expect(found).toMatchObject({ token: 'ethereum:native', value: 0.5, next: 0.4 })
  expect(found!.cites).toHaveLength(2)
})

it('the least risk stands out, and a contract that fails is named with its checks', () => {
  const safety = { verdict: 'fail', failed: ['Honeypot'], unknown: 2 } as const
  const found = highlightsOf([
    compared(0, { riskRating: 'VERY_HIGH' }, { safety: { ...safety, failed: ['Honeypot'] } }),
    compared(1, { riskRating: 'LOW' }),
  ])
  expect(found.find(({ id }) => id === 'lowest-risk')).toMatchObject({ token: 'ethereum:native' })
  expect(found.find(({ id }) => id === 'unsafe')).toMatchObject({
    token: 'bitcoin:native',
    sentence: 'The contract of BTC fails: Honeypot.',
  })
})

const now = Date.UTC(2026, 0, 1)
const facts = (score: number, given: Partial<CallFacts> = {}): CallFacts => ({
  type: 'HOLD',
  score,
  actionable: false,
  isAbstained: false,
  issuedAt: now - 3_600_000,
  ...given,
})

it('the market is as the mean of its calls leans, by thresholds that are told', () => {
  const of = (...scores: number[]) =>
    marketSentimentOf(
      scores.map((score) => facts(score)),
      0.12,
      now,
    ).value
  expect([
    of(-0.12, -0.12, -0.12, -0.12, -0.12),
    of(-0.04, -0.04, -0.04, -0.04, -0.04),
    of(0.2, -0.2, 0.03, -0.03, 0.01),
    of(0.05, 0.05, 0.05, 0.05, 0),
    of(0.5, 0.5, 0.1, 0, 0),
  ]).toEqual(['VERY_BEARISH', 'BEARISH', 'NEUTRAL', 'BULLISH', 'VERY_BULLISH'])
  expect(marketSentimentOf([], 0.12, now).rule).toContain('0.12')
})

it('too few tokens, old calls and abstentions say nothing of the market', () => {
  const calls = [
    ...[1, 2, 3, 4].map(() => facts(0.9)),
    facts(0.9, { isAbstained: true }),
    facts(0.9, { issuedAt: now - 13 * 3_600_000 }),
  ]
  expect(marketSentimentOf(calls, 0.12, now)).toMatchObject({
    value: null,
    meanScore: null,
    tokens: 4,
    why: expect.stringContaining('5 are needed'),
  })
})
