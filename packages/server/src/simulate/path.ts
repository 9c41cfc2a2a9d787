import { days, hours } from '@pumpiq/domain'
import { bridgeOf, emptyPath, extreme, inside, mix, shocks, unset, type Path, type Shocks } from './bridge.ts'
import type { Calendar } from './calendar.ts'
import type { Chain } from './chain.ts'
import { chanceOf, purpose, type Chance } from './chance.ts'
import { createRecent } from './recent.ts'
import { epochAt, tokens } from './universe.ts'

/** A day's hours: `sigma` is the hour's standard deviation of log return, `usd` the turnover of all venues. */
export type HourPath = Path & { sigma: number[]; usd: number[] }
/** An hour's minutes: `share[i]` is the part of the hour's turnover before minute i; an idle minute has none and stands still. */
export type MinutePath = Path & { idle: number[]; share: number[] }

/** Volatility by the hour, UTC: quiet before dawn in Europe, busy while America trades. */
const ofTheDay = Array.from({ length: 24 }, (_, hour) => 1 + 0.35 * Math.sin(((hour - 9) / 24) * 2 * Math.PI))

/**
 * The path below the day level. A day's hours are a bridge from the day's open to its close; an hour's minutes are a bridge inside
 * the hour's own open, high, low and close, so they aggregate to it exactly. Bars get their extremes from the law of the maximum of
 * a Brownian bridge (Karatzas and Shreve 1991, 2.8). The market's shocks are shared, so tokens move together at every level.
 */
export function createPath({ seed, chain, calendar }: { seed: number; chain: Chain; calendar: Calendar }) {
  const recentHours = createRecent<HourPath>(1536)
  const recentMinutes = createRecent<MinutePath>(1024)
  const recentMarketHours = createRecent<Shocks>(1024)
  const recentMarketMinutes = createRecent<Shocks>(1024)

  const marketHours = (day: number) =>
    recentMarketHours(day, () => shocks(chanceOf(seed, purpose.marketHours, day), 24, 0.3))
  const marketMinutes = (hour: number) =>
    recentMarketMinutes(hour, () => shocks(chanceOf(seed, purpose.marketMinutes, hour), 60, 0.25))

  /** Tokens that follow another's price share its path, with their own turnover. */
  const leader = tokens.map(({ tracks }, i) => (tracks === null ? i : tokens.findIndex(({ key }) => key === tracks)))

  function makeHours(index: number, day: number): HourPath {
    const token = tokens[index]!
    const { open, close, marketSigma, ownSigma } = chain.day(index, day)
    const chance = chanceOf(seed, purpose.tokenHours, index, day)
    const own = shocks(chance, 24, 0.3)
    const market = marketHours(day)
    const common = token.beta * marketSigma
    const sigma = Math.hypot(common, ownSigma)
    const mixed = mix(market, own, common / sigma)
    const at = mixed.weight.map((weight, hour) => weight * ofTheDay[hour]!)
    const bridge = bridgeOf({ open, close, sigma, z: mixed.z, weight: at, jumpAt: Math.floor(chance.uniform() * 24) })
    const dayAt = epochAt + days(day)
    const point = bridge.point.map((log, hour) => log + calendar.moved(token, dayAt + hours(hour)))
    const path = { ...emptyPath(24), sigma: unset(24), usd: unset(24) }
    for (let hour = 0; hour < 24; hour++) {
      const [a, b] = [point[hour]!, point[hour + 1]!]
      const busy = calendar.turnover(token, dayAt + hours(hour))
      const step = bridge.step[hour]! * Math.min(4, Math.sqrt(busy))
      path.open[hour] = Math.exp(a)
      path.close[hour] = Math.exp(b)
      path.high[hour] = Math.exp(extreme(a, b, step, chance.uniform()))
      path.low[hour] = Math.exp(-extreme(-a, -b, step, chance.uniform()))
      path.sigma[hour] = step
      const liveliness = (Math.abs(b - a) / step + Math.log(path.high[hour]! / path.low[hour]!) / step) / 2
      path.usd[hour] = (token.dailyUsd / 24) * busy * Math.exp(0.45 * chance.normal() - 0.1) * (0.4 + 0.45 * liveliness)
    }
    return path
  }

  function makeMinutes(index: number, hour: number): MinutePath {
    const token = tokens[index]!
    const day = Math.floor(hour / 24)
    const parent = hoursOf(index, day)
    const i = hour % 24
    const { marketSigma, ownSigma } = chain.day(index, day)
    const common = token.beta * marketSigma
    const chance = chanceOf(seed, purpose.tokenMinutes, index, hour)
    const own = shocks(chance, 60, 0.25)
    const mixed = mix(marketMinutes(hour), own, common / Math.hypot(common, ownSigma))
    const idle = idleMinutes(chance, token.activity)
    const active = (minute: number) => (idle[minute] ? 0 : 1)
    const jumpAt = firstActive(idle, Math.floor(chance.uniform() * 60))
    const weight = mixed.weight.map((value, minute) => value * active(minute))
    const [open, high, low, close] = [parent.open[i]!, parent.high[i]!, parent.low[i]!, parent.close[i]!]
    const sigma = parent.sigma[i]!
    const bridge = bridgeOf({ open: Math.log(open), close: Math.log(close), sigma, z: mixed.z, weight, jumpAt })
    const path = inside({ open, high, low, close }, bridge, () => chance.uniform())
    const share = unset(61)
    share[0] = 0
    for (let minute = 0; minute < 60; minute++) {
      const move = Math.abs(Math.log(path.close[minute]! / path.open[minute]!)) / (sigma / 8)
      share[minute + 1] = share[minute]! + active(minute) * Math.exp(0.6 * chance.normal()) * (0.5 + move)
    }
    return { ...path, idle, share: share.map((sum) => sum / share[60]!) }
  }

  /** The hours of a day, counted from the epoch. */
  function hoursOf(index: number, day: number): HourPath {
    return recentHours(index * 65_536 + day, () => makeHours(index, day))
  }

  return {
    /** USD at the end of a day. */
    dayClose(index: number, day: number): number {
      const led = leader[index]!
      return Math.exp(chain.day(led, day).close + calendar.moved(tokens[led]!, epochAt + days(day + 1)))
    },
    hours(index: number, day: number): HourPath {
      const led = leader[index]!
      const own = hoursOf(index, day)
      return led === index ? own : { ...hoursOf(led, day), usd: own.usd }
    },
    /** The minutes of an hour, counted from the epoch. */
    minutes(index: number, hour: number): MinutePath {
      const led = leader[index]!
      return recentMinutes(led * 2_097_152 + hour, () => makeMinutes(led, hour))
    },
  }
}
export type Paths = ReturnType<typeof createPath>

export const hourOf = (at: number): number => Math.floor((at - epochAt) / hours(1))
export const hourAt = (hour: number): number => epochAt + hours(hour)

/** Which minutes pass without a trade; one at least has some. */
function idleMinutes(chance: Chance, activity: number): number[] {
  const idle = Array<number>(60).fill(0)
  if (activity >= 1) return idle
  for (let minute = 0; minute < 60; minute++) idle[minute] = chance.uniform() < activity ? 0 : 1
  if (!idle.includes(0)) idle[Math.floor(chance.uniform() * 60)] = 0
  return idle
}

const firstActive = (idle: number[], from: number): number => {
  for (let i = 0; i < 60; i++) if (!idle[(from + i) % 60]) return (from + i) % 60
  return 59
}
