import type { Chance } from './chance.ts'

/** Consecutive bars of the undisturbed price in USD; `close[i]` is `open[i + 1]`. */
export type Path = { open: number[]; high: number[]; low: number[]; close: number[] }
/** Normal shocks and, for each, the log of what multiplies its size. */
export type Shocks = { z: number[]; log: number[] }

/** Doubles to be set: plain arrays are made and collected several times faster than typed ones at these lengths. */
export function unset(length: number): number[] {
  const made: number[] = []
  for (let i = 0; i < length; i++) made.push(Number.NaN)
  return made
}

export const emptyPath = (length: number): Path => ({
  open: unset(length),
  high: unset(length),
  low: unset(length),
  close: unset(length),
})

/** Shocks whose volatility lingers: the log is an AR(1) with coefficient 0.85. */
export function shocks(chance: Chance, length: number, unrest: number): Shocks {
  const made: Shocks = { z: unset(length), log: unset(length) }
  let log = unrest * 1.9 * chance.normal()
  for (let i = 0; i < length; i++) {
    log = 0.85 * log + unrest * chance.normal()
    made.z[i] = chance.normal()
    made.log[i] = log
  }
  return made
}

/** A token's shocks: the market's to the degree of the correlation, its own for the rest. */
export function mix(market: Shocks, own: Shocks, correlation: number): { z: number[]; weight: number[] } {
  const rest = Math.sqrt(1 - correlation * correlation)
  return {
    z: own.z.map((z, i) => correlation * market.z[i]! + rest * z),
    weight: own.log.map((log, i) => Math.exp(correlation * market.log[i]! + rest * log)),
  }
}

type Bridge = { point: number[]; step: number[] }
type BridgeNeeds = { open: number; close: number; sigma: number; z: number[]; weight: number[]; jumpAt: number }

/** A bridge of logs with the given total deviation; a move beyond three deviations happens mostly in one step. */
export function bridgeOf({ open, close, sigma, z, weight, jumpAt }: BridgeNeeds): Bridge {
  const length = z.length
  let total = 0
  for (const value of weight) total += value * value
  const perWeight = sigma / Math.sqrt(total)
  const step = weight.map((value) => value * perWeight)
  let noise = 0
  for (let i = 0; i < length; i++) noise += step[i]! * z[i]!
  const jump = Math.abs(close - open) > 3 * sigma ? 0.75 * (close - open) : 0
  const point = unset(length + 1)
  point[0] = open
  let walked = 0
  let variance = 0
  for (let i = 0; i < length; i++) {
    walked += step[i]! * z[i]!
    variance += weight[i]! * weight[i]!
    const done = variance / total
    point[i + 1] = open + (close - open - jump) * done + walked - noise * done + (i >= jumpAt ? jump : 0)
  }
  point[length] = close
  return { point, step }
}

/** The maximum of a Brownian bridge from a to b with deviation `step`, by inversion of its law. */
export const extreme = (a: number, b: number, step: number, uniform: number): number =>
  (a + b + Math.sqrt((b - a) ** 2 - 2 * step * step * Math.log(1 - 0.999 * uniform))) / 2

/** Bars along a bridge, bent above and below so that they touch the parent's high and low and never leave them. */
export function inside(
  parent: { open: number; high: number; low: number; close: number },
  bridge: Bridge,
  uniform: () => number,
): Path {
  const { point, step } = bridge
  const path = emptyPath(step.length)
  const top = Math.max(point[0]!, point.at(-1)!)
  const bottom = Math.min(point[0]!, point.at(-1)!)
  let highest = step.findIndex((value) => value > 0)
  let lowest = highest
  for (let i = 0; i < step.length; i++) {
    const [a, b] = [point[i]!, point[i + 1]!]
    path.high[i] = extreme(a, b, step[i]!, uniform())
    path.low[i] = -extreme(-a, -b, step[i]!, uniform())
    if (step[i] === 0) continue
    if (path.high[i]! > path.high[highest]!) highest = i
    if (path.low[i]! < path.low[lowest]!) lowest = i
  }
  const up = (Math.log(parent.high) - top) / (path.high[highest]! - top || 1)
  const downward = (Math.log(parent.low) - bottom) / (path.low[lowest]! - bottom || 1)
  const bent = (log: number): number => {
    const moved = log > top ? top + (log - top) * up : log < bottom ? bottom + (log - bottom) * downward : log
    return Math.min(parent.high, Math.max(parent.low, Math.exp(moved)))
  }
  const last = step.findLastIndex((value) => value > 0)
  for (let i = 0; i < step.length; i++) {
    path.open[i] = i === 0 ? parent.open : path.close[i - 1]!
    path.close[i] = i === last ? parent.close : step[i]! > 0 ? bent(point[i + 1]!) : path.open[i]!
    const ends = [path.open[i]!, path.close[i]!] as const
    const stands = step[i] === 0
    path.high[i] = i === highest ? parent.high : Math.max(stands ? 0 : bent(path.high[i]!), ...ends)
    path.low[i] = i === lowest ? parent.low : Math.min(stands ? Infinity : bent(path.low[i]!), ...ends)
  }
  return path
}
