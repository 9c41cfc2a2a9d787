import { intervals, isFailure, seconds, type Interval, type Token } from '@pumpiq/domain'
import { UdfResolution, type HandlersOf, type HistoryCandle, type UdfHistory, type UdfSymbol } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import type { History } from './routes.ts'
import type { TokenStore } from './store.ts'
import type { Tokens } from './tokens.ts'

type Needs = {
  readonly tokens: Pick<Tokens, 'resolve' | 'ensure'>
  readonly store: Pick<TokenStore, 'page'>
  readonly history: History
  readonly clock: Pick<Clock, 'now'>
}

/** The one exchange that charts see: candles are of whichever venue most is known of. */
const exchange = 'PUMPIQ'
const resolutions: Readonly<Record<UdfResolution, Interval>> = {
  '1': '1m',
  '5': '5m',
  '15': '15m',
  '60': '1h',
  '240': '4h',
  '1D': '1d',
  D: '1d',
}
const offered = UdfResolution.options.filter((one) => one !== 'D')
const mostBars = 10_000

/** TradingView's Universal Data Feed: times are whole seconds, prices numbers, failures come with HTTP 200. */
export function createUdfRoutes({ tokens, store, history, clock }: Needs): HandlersOf<'udf'> {
  /** The token, or null where the name says none or several. */
  async function named(symbol: string, abort: AbortSignal): Promise<Token | null> {
    try {
      return await tokens.resolve(symbol.replace(new RegExp(`^${exchange}:`, 'i'), ''), abort)
    } catch (thrown) {
      if (isFailure(thrown) && ['notFound', 'conflict', 'invalid'].includes(thrown.code)) return null
      throw thrown
    }
  }

  return {
    config: () => ({
      supported_resolutions: offered,
      supports_search: true,
      supports_group_request: false,
      supports_marks: false,
      supports_timescale_marks: false,
      supports_time: true,
      exchanges: [{ value: exchange, name: 'PumpIQ', desc: 'Candles that PumpIQ keeps' }],
      symbols_types: [{ name: 'Crypto', value: 'crypto' }],
    }),
    async symbols({ query: { symbol }, abort }) {
      const token = await named(symbol, abort)
      return token ? symbolOf(token) : unknownSymbol
    },
    async search({ query: { query, type, exchange: wanted, limit }, abort }) {
      if ((type !== '' && type !== 'crypto') || (wanted !== '' && wanted !== exchange)) return []
      await tokens.ensure(abort)
      const found = await store.page(query.replaceAll('\0', '') || null, { after: null, limit })
      return found.map(({ id, symbol, name }) => ({
        symbol,
        full_name: `${exchange}:${id}`,
        description: name,
        exchange,
        ticker: id,
        type: 'crypto',
      }))
    },
    async history({ query: { symbol, resolution, from, to, countback }, abort }) {
      const token = await named(symbol, abort)
      if (!token) return unknownSymbol
      // Charts ask for what lies years before the first trade: no instant that a database could not keep goes on.
      const [fromAt, toAt] = [from, to].map((at) => Math.min(Math.max(seconds(at), 0), latestAt)) as [number, number]
      const interval = resolutions[resolution]
      const ask = { token: token.id, interval, behind: null } as const
      // `countback` goes before `from`: so many bars before `to`, wherever they begin.
      const wanted = countback === undefined ? { from: fromAt, limit: mostBars } : { from: null, limit: countback }
      const { candles } =
        fromAt < toAt || countback !== undefined ? await history({ ...ask, ...wanted, to: toAt }) : none
      if (candles.length > 0) return columnsOf(candles.slice(0, wanted.limit).toReversed())
      const earlier = await history({ ...ask, from: null, to: fromAt, limit: 1 })
      const [closest] = earlier.candles
      return { s: 'no_data', ...(closest && { nextTime: Math.floor(closest.ts / 1_000) }) }
    },
    time: () => Math.floor(clock.now() / 1_000),
  }
}

const latestAt = Date.UTC(9999, 0) - intervals['1d']
const none = { candles: [] as readonly HistoryCandle[] }
const unknownSymbol = { s: 'error', errmsg: 'unknown_symbol' } as const

const symbolOf = ({ id, symbol, name, priceUsd }: Token): UdfSymbol => ({
  name: symbol,
  ticker: id,
  description: name,
  type: 'crypto',
  session: '24x7',
  timezone: 'Etc/UTC',
  exchange,
  listed_exchange: exchange,
  minmov: 1,
  pricescale: 10 ** decimalsOf(Number(priceUsd ?? 1)),
  has_intraday: true,
  has_daily: true,
  has_weekly_and_monthly: false,
  supported_resolutions: offered,
  volume_precision: 2,
  data_status: 'streaming',
  format: 'price',
})

/** Five digits of the price are shown, at least cents, at most what a chart can draw. */
const decimalsOf = (priceUsd: number): number => Math.min(15, Math.max(2, 4 - Math.floor(Math.log10(priceUsd))))

function columnsOf(candles: readonly HistoryCandle[]): UdfHistory {
  const column = (name: 'open' | 'high' | 'low' | 'close' | 'volume') => candles.map((candle) => Number(candle[name]))
  return {
    s: 'ok',
    t: candles.map(({ ts }) => Math.floor(ts / 1_000)),
    o: column('open'),
    h: column('high'),
    l: column('low'),
    c: column('close'),
    v: column('volume'),
  }
}
