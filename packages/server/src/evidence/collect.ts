import {
  type Candles,
  type Evidence,
  Failure,
  type Gap,
  isFailure,
  type Profile,
  type Quote,
  timeframes,
  type Timeframe,
  toIso,
  type Token,
} from '@pumpiq/domain'
import type { Ask } from '../network/ask.ts'
import type { Clock } from '../platform/clock.ts'
import type { Source } from '../sources/source.ts'
import type { GatherKinds } from './gather-kinds.ts'

export type Collect = ReturnType<typeof createCollect>

/** What a decision asks for: candles of a timeframe, and the kinds that have a weight. */
type Wanted = Pick<Profile, 'timeframe' | 'weights'>

type Needs = {
  /** In order of preference. */
  sources: readonly Source[]
  ask: Ask
  clock: Clock
  /** What everything collected here is called: SIMULATED, or nothing. */
  labels: readonly string[]
  gatherKinds: GatherKinds
  /** Told of the prices that came; it must neither throw nor take time. */
  saw?(token: string, quotes: readonly Quote[]): void
}

/** Closed candles a decision is made on: what the longest average and the zones look back on; each decision is sealed with all of them. */
export const candleCount = 500

/** No venue may hold up a decision for longer than this; what has not come by then is a gap. */
const answerWithinMs = 2_500

/**
 * Asks for one token's candles, prices and all else that the weights ask for, side by side. The candles come from the first venue that has
 * them, the prices from all. Whatever could not be known becomes a gap with its source and reason; nothing is filled in.
 */
export function createCollect({ sources, ask, clock, labels, gatherKinds, saw }: Needs) {
  const withCandles = sources.filter(({ feeds }) => feeds.candles)
  const withPrices = sources.filter(({ feeds }) => feeds.price)

  function gapOf(source: string | null, what: string, thrown: unknown): Gap {
    if (!isFailure(thrown)) throw thrown
    return { kind: 'technical', source, reason: `${what}: ${thrown.message}`, at: toIso(clock.now()) }
  }

  async function candlesOf(
    symbol: string,
    timeframe: Timeframe,
    abort?: AbortSignal,
  ): Promise<{ candles: Candles | null; gaps: Gap[] }> {
    const { interval } = timeframes[timeframe]
    const gaps: Gap[] = []
    for (const source of withCandles) {
      try {
        const get = ask.from(source, { withinMs: answerWithinMs, ...(abort && { abort }) })
        const candles = await source.feeds.candles!({
          symbol,
          interval,
          limit: candleCount,
          now: clock.now(),
          get,
          ...(abort && { abort }),
        })
        if (candles.length === 0) throw new Failure('notFound', `${source.id} has no closed candle of ${symbol} yet`)
        return { candles, gaps }
      } catch (thrown) {
        gaps.push(gapOf(source.id, 'no candles', thrown))
      }
    }
    return { candles: null, gaps }
  }

  async function priceAt(source: Source, symbol: string, abort?: AbortSignal): Promise<Quote | Gap> {
    try {
      const get = ask.from(source, { withinMs: answerWithinMs, ...(abort && { abort }) })
      return await source.feeds.price!({ symbol, now: clock.now(), get, ...(abort && { abort }) })
    } catch (thrown) {
      return gapOf(source.id, 'no price', thrown)
    }
  }

  return async function collect(token: Token, { timeframe, weights }: Wanted, abort?: AbortSignal): Promise<Evidence> {
    const [{ candles, gaps }, prices, told] = await Promise.all([
      candlesOf(token.symbol, timeframe, abort),
      Promise.all(withPrices.map((source) => priceAt(source, token.symbol, abort))),
      gatherKinds(token, weights),
    ])
    const quotes = prices.filter((said): said is Quote => 'price' in said)
    saw?.(token.id, quotes)
    abort?.throwIfAborted()
    return {
      token,
      timeframe,
      candles,
      quotes,
      gaps: [...gaps, ...prices.filter((said): said is Gap => 'reason' in said), ...told.gaps],
      gathered: told.gathered,
      coverage: told.coverage,
      labels,
      recorded: false,
      lagMs: 0,
    }
  }
}
