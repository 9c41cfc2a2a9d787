import { Failure, mean } from '@pumpiq/domain'

/**
 * The daily game of CryptoTrade (Li et al., EMNLP 2024; code at Xtra-Computing/CryptoTrade 210da73): an account that starts half in coin,
 * acts once a day at the open and is valued at the next. Its quirks are kept, because the point is to reproduce it.
 */

/** What to do at row `day` of the whole file: a share in [-1, 1] of the coin (below 0, sold) or of the cash (above 0, spent). */
export type Action = (day: number, account: Account) => number
export type Account = { cash: number; held: number }
export type Strategy = (open: Float64Array) => Action

const startingCash = 1_000_000
/** Units of the coin a trade costs, whatever the coin: 21000 gas at 70 gwei. */
export const gas = 21_000 * 70e-9
export const fee = 0.004

/** Net worth at the open of every row from `first` to `last`. The last row only values the account. */
export function play(
  open: Float64Array,
  first: number,
  last: number,
  act: Action,
): { worth: Float64Array; trades: number } {
  const account = { cash: startingCash / 2, held: startingCash / 2 / open[first]! }
  const worth = new Float64Array(last - first + 1)
  worth[0] = startingCash
  let trades = 0
  for (let day = first; day < last; day++) {
    if (trade(account, act(day, account), open[day]!)) trades++
    worth[day - first + 1] = account.cash + account.held * open[day + 1]!
  }
  return { worth, trades }
}

/** The fee comes on top of what is bought, so spending all leaves the cash slightly negative, and then nothing more is bought. */
function trade(account: Account, action: number, price: number): boolean {
  if (action < 0 && account.held > 0) {
    const units = -action * account.held
    account.held -= units
    account.cash += units * price * (1 - fee) - gas * price
    return true
  }
  if (action > 0 && account.cash > 0) {
    const spent = action * account.cash
    account.held += spent / price
    account.cash -= spent * (1 + fee) + gas * price
    return true
  }
  return false
}

export type Figures = {
  readonly total_return_pct: number
  readonly daily_mean_pct: number
  readonly daily_std_pct: number
  /** Mean over deviation, not annualised; null where nothing ever moved. */
  readonly sharpe: number | null
}

/** Percent. As in the original, the first day counts with a return of 0, and the deviation is the population's. */
export function figures(worth: Float64Array): Figures {
  const returns = worth.map((value, i) => (i === 0 ? 0 : (value / worth[i - 1]! - 1) * 100))
  const average = mean(returns)
  const deviation = Math.sqrt(mean(returns.map((value) => (value - average) ** 2)))
  return {
    total_return_pct: (worth.at(-1)! / startingCash - 1) * 100,
    daily_mean_pct: average,
    daily_std_pct: deviation,
    sharpe: deviation > 0 ? average / deviation : null,
  }
}

/** The deepest fall from a high before it, in percent. */
export function maxDrawdownPct(worth: Float64Array): number {
  let high = 0
  let deepest = 0
  for (const value of worth) {
    high = Math.max(high, value)
    deepest = Math.max(deepest, 1 - value / high)
  }
  return deepest * 100
}

/** Buy or sell half every day that a condition holds; NaN (too little history) compares false, so nothing is done. */
const half = (buy: boolean, sell: boolean): number => (buy ? 0.5 : sell ? -0.5 : 0)

const rollingMean = (values: Float64Array, period: number): Float64Array =>
  values.map((_, i) => (i < period - 1 ? Number.NaN : mean(values.subarray(i - period + 1, i + 1))))

const rollingSampleStd = (values: Float64Array, period: number): Float64Array =>
  values.map((_, i) => {
    if (i < period - 1) return Number.NaN
    const window = values.subarray(i - period + 1, i + 1)
    const average = mean(window)
    return Math.sqrt((mean(window.map((value) => (value - average) ** 2)) * period) / (period - 1))
  })

/** pandas' `ewm(span, adjust=False)`: seeded with the first value. */
export function ewm(values: Float64Array, span: number): Float64Array {
  const alpha = 2 / (span + 1)
  const out = Float64Array.from(values)
  for (let i = 1; i < out.length; i++) out[i] = alpha * values[i]! + (1 - alpha) * out[i - 1]!
  return out
}

/** +1 where MACD 12/26 stands above its signal line of 9, -1 where below. */
function macdSide(open: Float64Array): Float64Array {
  const slow = ewm(open, 26)
  const macd = ewm(open, 12).map((fast, i) => fast - slow[i]!)
  const signal = ewm(macd, 9)
  return macd.map((value, i) => Math.sign(value - signal[i]!))
}

type Params = Readonly<Record<string, unknown>>
type Named = (params: Params, where: string) => Strategy

function whole(params: Params, name: string, where: string): number {
  const value = params[name]
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 1) return value
  throw new Failure(
    'invalid',
    `${where}: params.${name} is ${JSON.stringify(value)}; allowed is a whole number of days above 1`,
  )
}

/** The original's strategies, by the names of its results, and ours that need nothing but the opens. */
export const strategies: Readonly<Record<string, Named>> = {
  buy_and_hold:
    () =>
    () =>
    (_day, { cash }) =>
      cash > 0 ? 1 : 0,
  hold_initial_50_50: () => () => () => 0,
  SMA(params, where) {
    const period = whole(params, 'period', where)
    return (open) => {
      const sma = rollingMean(open, period)
      return (day) => half(open[day]! > sma[day]!, open[day]! < sma[day]!)
    }
  },
  SLMA(params, where) {
    const [short, long] = [whole(params, 'short', where), whole(params, 'long', where)]
    return (open) => {
      const [fast, slow] = [rollingMean(open, short), rollingMean(open, long)]
      return (day) => half(fast[day]! > slow[day]!, fast[day]! < slow[day]!)
    }
  },
  // The reverse of the textbook rule, as the original's code has it.
  MACD: () => (open) => {
    const side = macdSide(open)
    return (day) => half(side[day]! < 0, side[day]! > 0)
  },
  MACD_textbook: () => (open) => {
    const side = macdSide(open)
    return (day) => half(side[day]! > 0, side[day]! < 0)
  },
  BollingerBands(params, where) {
    const period = whole(params, 'period', where)
    const multiplier = Number(params['multiplier'])
    if (!(multiplier > 0)) throw new Failure('invalid', `${where}: params.multiplier must be a number above 0`)
    return (open) => {
      const [middle, deviation] = [rollingMean(open, period), rollingSampleStd(open, period)]
      return (day) =>
        half(
          open[day]! < middle[day]! - multiplier * deviation[day]!,
          open[day]! > middle[day]! + multiplier * deviation[day]!,
        )
    }
  },
  // Knows the next open: a bound that cheats, and what a detector of look-ahead must catch.
  optimal_lookahead: () => (open) => (day) => Math.sign(open[day + 1]! - open[day]!),
  // All cash at the price of leaving: the account does not start in cash.
  sell_all_on_day_1: () => () => () => -1,
}
