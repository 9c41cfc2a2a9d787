import { toIso } from '@pumpiq/domain'
import type { HandlersOf, ListedToken } from '@pumpiq/api'
import type { SampleMarket } from './sample-market.ts'
import { listedTokens } from './sample-tokens.ts'

/** A market that leans up a little, and what was said of its tokens. */
export function sampleOverviews(market: SampleMarket, now: number): HandlersOf<'analysis'> {
  const tokens = listedTokens(market, now)
  const named = (text: string): ListedToken =>
    tokens.find(({ id, symbol }) => id === text || symbol.toLowerCase() === text.toLowerCase()) ?? tokens[0]!
  const at = toIso(now)
  const labels = ['SIMULATED']
  const told = { before: 52, why: null, voices: 9, windowMs: 86_400_000, newestAt: toIso(now - 60_000) }
  const shares = { positive: 0.5, neutral: 0.25, negative: 0.15, flagged: 0.1 }
  return {
    overview: () => ({
      timestamp: at,
      labels,
      marketSentiment: {
        value: 'BULLISH',
        why: null,
        meanScore: 0.071,
        bullishShare: 0.66,
        tokens: tokens.length,
        oldestAt: toIso(now - 1_200_000),
        newestAt: toIso(now - 97_000),
        rule: 'The mean score of the newest house calls.',
      },
      regime: {
        value: 'RANGING',
        why: null,
        efficiency: 0.12,
        recommendation: market.recommendations[0]?.id ?? null,
        at,
        rule: 'Bitcoin stands for the market.',
      },
      fearGreed: { value: 61, source: 'alternative', observedAt: toIso(now - 3_600_000) },
      trending: {
        items: tokens
          .slice(0, 2)
          .map((token) => ({ token, voices: 41, documents: 96, usualVoices: 7.5, timesUsual: 4.19 })),
        rule: 'Who wrote of a token in the last 24 hours, over how many do on a usual day.',
      },
      topGainers24h: tokens.slice(0, 3),
      topLosers24h: tokens.slice(6, 9),
      topGainers7d: tokens.slice(3, 6),
      topLosers7d: tokens.slice(0, 2),
      calls: { timeframe: 'SWING', byType: { BUY: 3, HOLD: 5, SELL: 2, AVOID: 1 }, abstained: 1, actionable: 0 },
      notes: [],
    }),
    compare: ({ query: { tokens: asked, timeframe } }) => ({
      at,
      timeframe,
      items: asked.map((text) => {
        const token = named(text)
        const call = market.recommendations.find((one) => one.token === token.id)
        return {
          token,
          call: call ? { ...call, outcome: null } : null,
          why: call ? null : 'there is no house call for it',
          kinds: call?.kinds ?? null,
          safety: null,
        }
      }),
      highlights: [],
    }),
    sentiment: ({ params: { id } }) => ({
      token: named(id),
      at,
      labels,
      overall: 58.1,
      news: { ...told, score: 57, documents: 12, shares },
      social: { ...told, score: 60, documents: 88, shares, burst: false, botShare: 0.05 },
      trend: 'IMPROVING',
      changePoints: 6.1,
      rule: 'A score is 50 + 50 x tone.',
    }),
  }
}
