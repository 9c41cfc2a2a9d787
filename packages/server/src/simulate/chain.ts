import { Failure } from '@pumpiq/domain'
import { chanceOf, purpose } from './chance.ts'
import { tokens } from './universe.ts'

export type Regime = 'bull' | 'bear' | 'sideways'

/** Per regime: the market's daily drift, what multiplies its volatility, and the chance that the next day is still in it. */
const regimes = {
  bull: { drift: 0.0032, volatility: 0.9, stays: 0.984 },
  bear: { drift: -0.0036, volatility: 1.3, stays: 0.979 },
  sideways: { drift: 0, volatility: 0.65, stays: 0.982 },
} as const
const after: Record<Regime, readonly [Regime, Regime]> = {
  bull: ['sideways', 'bear'],
  bear: ['sideways', 'bull'],
  sideways: ['bull', 'bear'],
}

const marketVolatility = 0.023
/** GARCH(1,1) of the squared scale, in units of its long-run mean: omega + alpha z^2 h + beta h (Bollerslev 1986). */
const garch = { omega: 0.05, alpha: 0.11, beta: 0.84, most: 9 }
/** How strongly a day draws the log price back to its anchor: keeps centuries of walking near familiar prices. */
const pull = { usual: 0.003, pegged: 0.5 }
const lastDay = 36_500

type MarketDays = { regime: Regime[]; ret: number[]; sigma: number[]; scale: number }
type TokenDays = { close: number[]; sigma: number[]; scale: number }

/** The day level: log closes, chained from the epoch. Grows as far as it was asked, 16 bytes a token and day. */
export function createChain(seed: number) {
  const market: MarketDays = { regime: [], ret: [], sigma: [], scale: 1 }
  const perToken: TokenDays[] = tokens.map(() => ({ close: [], sigma: [], scale: 1 }))

  function growMarket(day: number): void {
    if (!(day >= 0 && day <= lastDay))
      throw new Failure('invalid', `the simulated market has days 0 to ${lastDay}, not ${day}`)
    for (let d = market.ret.length; d <= day; d++) {
      const chance = chanceOf(seed, purpose.market, d)
      const before = market.regime[d - 1] ?? 'sideways'
      const [near, far] = after[before]
      const regime = chance.uniform() < regimes[before].stays ? before : chance.uniform() < 0.6 ? near : far
      const { drift, volatility } = regimes[regime]
      const sigma = marketVolatility * volatility * Math.sqrt(market.scale)
      const z = chance.normal()
      const jump = chance.uniform() < 0.012 ? 2.6 * chance.normal() : 0
      market.regime.push(regime)
      market.sigma.push(sigma)
      market.ret.push(drift + sigma * (z + jump))
      market.scale = nextScale(market.scale, z)
    }
  }

  function growToken(index: number, day: number): TokenDays {
    growMarket(day)
    const { beta, ownVolatility, anchorUsd } = tokens[index]!
    const days = perToken[index]!
    const anchor = Math.log(anchorUsd)
    const back = beta === 0 ? pull.pegged : pull.usual
    for (let d = days.close.length; d <= day; d++) {
      const chance = chanceOf(seed, purpose.token, index, d)
      const sigma = ownVolatility * Math.sqrt(days.scale)
      const z = chance.normal()
      const jump = chance.uniform() < 0.015 ? 3 * chance.normal() : 0
      const open = days.close[d - 1] ?? anchor
      days.sigma.push(sigma)
      days.close.push(open + beta * market.ret[d]! + sigma * (z + jump) - back * (open - anchor))
      days.scale = nextScale(days.scale, z)
    }
    return days
  }

  return {
    regime(day: number): Regime {
      growMarket(day)
      return market.regime[day]!
    },
    /** Log price at the day's open and close, and the daily volatilities (natural log) that made it. */
    day(index: number, day: number) {
      const days = growToken(index, day)
      const open = days.close[day - 1] ?? Math.log(tokens[index]!.anchorUsd)
      return { open, close: days.close[day]!, marketSigma: market.sigma[day]!, ownSigma: days.sigma[day]! }
    },
  }
}
export type Chain = ReturnType<typeof createChain>

const nextScale = (scale: number, z: number): number =>
  Math.min(garch.most, garch.omega + garch.alpha * z * z * scale + garch.beta * scale)
