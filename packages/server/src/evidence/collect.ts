import {
  type Candles,
  type Coverage,
  coverageOf,
  type Evidence,
  Failure,
  type Gap,
  type GatheredEvidence,
  type Interval,
  type Kind,
  isFailure,
  minutes as minutesOf,
  type Profile,
  pumpsOf,
  type Quote,
  type Timeframe,
  timeframes,
  toIso,
  type Token,
} from '@pumpiq/domain'
import type { Ask } from '../network/ask.ts'
import type { Clock } from '../platform/clock.ts'
import type { Source } from '../sources/source.ts'
import { isListable, isPriceOf } from '../sources/ticker-identity.ts'
import { strengthAgainst } from './relative-strength.ts'
import type { GatherKinds, Tally } from './gather-kinds.ts'

export type Collect = ReturnType<typeof createCollect>

/** What a decision asks for: candles of a timeframe, and the kinds that have a weight. */
type Wanted = Pick<Profile, 'timeframe' | 'weights' | 'freshness'>

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

/** Minutes a pump is looked for in: what its watch needs to know the usual, and somewhat more. */
const minuteCount = 720

/** A day of hours and the one before it. */
const dayOfHours = 26

/** No venue may hold up a decision for longer than this; what has not come by then is a gap. */
const answerWithinMs = 2_500
/** A venue that has not told its candles by then leaves the rest of the time to the next one. */
const venueWithinMs = 1_000

/**
 * Asks for one token's candles, prices and all else that the weights ask for, side by side. The candles come from the first venue that has
 * them, the prices from all. Whatever could not be known becomes a gap with its source and reason; nothing is filled in.
 */
export function createCollect({ sources, ask, clock, labels, gatherKinds, saw }: Needs) {
  const withCandles = sources.filter(({ feeds }) => feeds.candles)
  const withPrices = sources.filter(({ feeds }) => feeds.price)
  let market: { at: number; candles: Promise<Candles | null> } | null = null

  function gapOf(source: string | null, what: string, thrown: unknown): Gap {
    if (!isFailure(thrown)) throw thrown
    return { kind: 'technical', source, reason: `${what}: ${thrown.message}`, at: toIso(clock.now()) }
  }

  async function candlesOf(
    symbol: string,
    { interval, limit, what }: { interval: Interval; limit: number; what: string },
    abort?: AbortSignal,
  ): Promise<{ candles: Candles | null; gaps: Gap[] }> {
    const gaps: Gap[] = []
    const until = clock.monotonic() + answerWithinMs
    for (const source of withCandles) {
      const leftMs = until - clock.monotonic()
      try {
        if (leftMs < 1) throw new Failure('unavailable', `${source.id} is not asked: others took all the time`)
        const withinMs = source === withCandles.at(-1) ? leftMs : Math.min(leftMs, venueWithinMs)
        const get = ask.from(source, { withinMs, ...(abort && { abort }) })
        const candles = await source.feeds.candles!({
          symbol,
          interval,
          limit,
          now: clock.now(),
          get,
          ...(abort && { abort }),
        })
        if (candles.length === 0) throw new Failure('notFound', `${source.id} has no closed candle of ${symbol} yet`)
        return { candles, gaps }
      } catch (thrown) {
        gaps.push(gapOf(source.id, what, thrown))
      }
    }
    return { candles: null, gaps }
  }

  async function priceAt(source: Source, symbol: string, abort?: AbortSignal): Promise<AskedPrice> {
    try {
      const get = ask.from(source, { withinMs: answerWithinMs, ...(abort && { abort }) })
      const quote = await source.feeds.price!({ symbol, now: clock.now(), get, ...(abort && { abort }) })
      return { quote, gap: null, failed: false }
    } catch (thrown) {
      const gap = gapOf(source.id, 'no price', thrown)
      return { quote: null, gap, failed: !isFailure(thrown) || thrown.code !== 'notFound' }
    }
  }

  /** Whoever is decided on within a minute is held against the same candles. */
  function bitcoinHours(): Promise<Candles | null> {
    if (market && clock.now() - market.at < minutesOf(1)) return market.candles
    const asked = candlesOf('BTC', { interval: '1h', limit: dayOfHours, what: 'no bitcoin' }).then(
      ({ candles }) => candles,
    )
    market = { at: clock.now(), candles: asked }
    return asked
  }

  /** Candles, minutes and prices of a ticker. */
  async function venuesOf(symbol: string, timeframe: Timeframe, abort?: AbortSignal): Promise<Traded> {
    const { interval } = timeframes[timeframe]
    const [wide, minutes, prices] = await Promise.all([
      candlesOf(symbol, { interval, limit: candleCount, what: 'no candles' }, abort),
      candlesOf(symbol, { interval: '1m', limit: minuteCount, what: 'no minutes' }, abort),
      Promise.all(withPrices.map((source) => priceAt(source, symbol, abort))),
    ])
    const gaps = [...wide.gaps, ...(minutes.candles ? [] : minutes.gaps)]
    return { candles: wide.candles, minutes: minutes.candles, gaps, prices }
  }

  function unlisted({ id, symbol }: Token): Traded {
    const reason = `no venue was asked: venues list by ticker, and no catalogue says that ${symbol} is ${id}`
    const gap: Gap = { kind: 'technical', source: null, reason, at: toIso(clock.now()) }
    return { candles: null, minutes: null, gaps: [gap], prices: [] }
  }

  return async function collect(
    token: Token,
    { timeframe, weights, freshness }: Wanted,
    abort?: AbortSignal,
  ): Promise<Evidence> {
    const [{ candles, minutes, gaps, prices }, bitcoin, told] = await Promise.all([
      isListable(token) ? venuesOf(token.symbol, timeframe, abort) : unlisted(token),
      bitcoinHours(),
      gatherKinds(token, weights, freshness),
    ])
    const quotes = prices.flatMap(({ quote }) => (quote ? [quote] : []))
    const priceGaps = prices.flatMap(({ gap }) => (gap ? [gap] : []))
    saw?.(
      token.id,
      quotes.filter(({ price }) => isPriceOf(token, Number(price))),
    )
    abort?.throwIfAborted()
    return {
      token,
      timeframe,
      candles,
      quotes,
      gaps: [...gaps, ...priceGaps, ...told.gaps],
      gathered: {
        ...told.gathered,
        figures: [...told.gathered.figures, ...strengthAgainst(bitcoin, token, candles, clock.now())],
        pump: pumpIn(minutes),
      },
      coverage: coverageWith(told.tally, prices),
      labels,
      recorded: false,
      lagMs: 0,
    }
  }
}

/** What venues say of a ticker. */
type Traded = { candles: Candles | null; minutes: Candles | null; gaps: Gap[]; prices: AskedPrice[] }
type AskedPrice = { quote: Quote | null; gap: Gap | null; failed: boolean }

/** A venue that does not list the token has answered; one that failed leaves the prices covered less. */
function coverageWith(tally: Tally, prices: readonly AskedPrice[]): Coverage {
  const { asked = 0, failed = 0 } = tally.technical ?? {}
  const technical = { asked: asked + prices.length, failed: failed + prices.filter((price) => price.failed).length }
  const all = Object.entries({ ...tally, technical }) as [Kind, { asked: number; failed: number }][]
  return Object.fromEntries(all.map(([kind, one]) => [kind, coverageOf(one.asked, one.failed)]))
}

/** The pump that the last of the minutes is in, or null. */
function pumpIn(minutes: Candles | null): GatheredEvidence['pump'] {
  const pump = minutes && pumpsOf(minutes).at(-1)
  return pump ? { source: minutes.id, since: toIso(pump.since), score: pump.score } : null
}
