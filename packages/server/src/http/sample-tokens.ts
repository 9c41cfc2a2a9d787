import { Failure, priceOf, toIso, type Token } from '@pumpiq/domain'
import type { HandlersOf, ListedToken, TokenMarket } from '@pumpiq/api'
import type { SampleMarket } from './sample-market.ts'

/** Tokens as they are listed: of contracts more is told than of coins, of the last one nothing. */
export function sampleTokens({ tokens }: Pick<SampleMarket, 'tokens'>, now: number): HandlersOf<'tokens'> {
  const listed = listedTokens({ tokens }, now)
  const named = (q: string) =>
    listed.filter(({ symbol, name }) => `${symbol} ${name}`.toLowerCase().includes(q.toLowerCase()))
  return {
    list: ({ query: { q = '', limit } }) => ({ items: named(q).slice(0, limit), next: null, pagination: null }),
    search: ({ query: { q, limit } }) => ({
      items: named(q)
        .slice(0, limit)
        .map((token) => ({ ...token, match: 'start' as const })),
      collisions: [],
    }),
    sparklines: ({ query: { tokens: asked, interval, points } }) => ({
      interval,
      items: asked.map((token) => sparklineOf(token, listed, points, now)),
    }),
    one({ params: { id } }): ListedToken {
      const found = listed.find((token) => token.id === id)
      if (!found) throw new Failure('notFound', `there is no token ${id}`)
      return found
    },
    history: ({ params: { id }, query: { interval } }) => ({
      token: id,
      interval,
      source: null,
      items: [],
      next: null,
      why: `no candles of ${id} are kept`,
      series: null,
    }),
  }
}

export const listedTokens = ({ tokens }: Pick<SampleMarket, 'tokens'>, now: number): ListedToken[] =>
  tokens.map((token, i) => ({ ...token, market: marketOf(token, i, now, i === tokens.length - 1) }))

/** A wave around its price; none of a token without one. */
function sparklineOf(token: string, listed: readonly ListedToken[], points: number, now: number) {
  const price = listed.find(({ id }) => id === token)?.market.priceUsd
  if (!price) return { token, closes: null, source: null, lastAt: null }
  const closes = Array.from({ length: points }, (_, i) => priceOf(Number(price.value) * (1 + Math.sin(i / 6) / 40)))
  return { token, closes, source: price.source, lastAt: toIso(now - (now % 3_600_000)) }
}

function marketOf({ address, marketCapUsd }: Token, i: number, now: number, isUnknown: boolean): TokenMarket {
  const seen = <T>(source: string, value: T) => ({ value, source, observedAt: toIso(now - (i + 1) * 20_000) })
  const isContract = address !== 'native'
  const onChain = <T>(value: T) => (isContract && !isUnknown ? seen('dexscreener', value) : null)
  return {
    priceUsd: isUnknown ? null : seen('kraken', priceOf(67_250 / (i + 1) ** 3)),
    marketCapUsd: marketCapUsd === null || isUnknown ? null : seen('catalogue', marketCapUsd),
    liquidityUsd: onChain(4_800_000),
    volume24hUsd: isUnknown ? null : seen(isContract ? 'dexscreener' : 'binance', 2e10 / (i + 1) ** 2),
    holders: onChain(12_400),
    bondingCurvePct: null,
    isGraduated: null,
    createdAt: onChain(toIso(now - 410 * 86_400_000)),
    ageMs: isContract && !isUnknown ? 410 * 86_400_000 : null,
    change24hPct: isUnknown ? null : seen('binance', 4.2 - i),
    change7dPct: isUnknown ? null : seen('binance', -6.5 + 2 * i),
  }
}
