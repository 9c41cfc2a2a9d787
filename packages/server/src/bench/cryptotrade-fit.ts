import { days, Failure, mean, type Candles } from '@pumpiq/domain'
import { daysOf, labelOf, rulesOf, strategyOf, windowsOf, type Cell } from './cryptotrade-cells.ts'
import { createEngine, everyDay, type Policy } from './cryptotrade-engine.ts'
import { maxDrawdownPct, play, type Action, type Strategy } from './cryptotrade-rules.ts'
import type { Opens } from './opens.ts'

/** Days of opens before the first window: about what the shortest of the published files has before its windows. */
const warmupDays = 100
/** Between the beginnings of two windows. */
const stepDays = 7

/** All that is tried: what BUY and SELL hold, the band, whose threshold, and whether scores are smoothed. */
export const grid: readonly Policy[] = (['conservative', 'moderate', 'aggressive'] as const).flatMap((risk) =>
  [1, 5].flatMap((smoothingDays) =>
    [0.5, 0.75, 1].flatMap((buyExposure) =>
      [0, 0.25, 0.5]
        .filter((sellExposure) => sellExposure < buyExposure)
        .flatMap((sellExposure) =>
          [0.1, 0.2].map((band) => ({ risk, smoothingDays, buyExposure, sellExposure, band })),
        ),
    ),
  ),
)

/** The first open of every UTC day before `before` (yyyy-mm-dd); what comes later is not looked at. */
export function dailyOpens(asset: string, { openAt, open, length }: Candles, before: string): Opens {
  const byDay = new Map<number, number>()
  for (let i = 0; i < length && openAt[i]! < Date.parse(before); i++) {
    const day = Math.floor(openAt[i]! / days(1))
    if (!byDay.has(day)) byDay.set(day, open[i]!)
  }
  const dates = Array.from(byDay.keys(), (day) => new Date(day * days(1)).toISOString().slice(0, 10))
  const gap = [...byDay.keys()].findIndex((day, i, all) => i > 0 && day !== all[i - 1]! + 1)
  if (gap > 0) throw new Failure('invalid', `${asset}: no candle between ${dates[gap - 1]} and ${dates[gap]}`)
  return { asset, dates, open: Float64Array.from(byDay.values()) }
}

/** Rows `first` to `last` of one asset's opens. */
export type Span = { readonly opens: Opens; readonly first: number; readonly last: number }

/** For every window of the benchmark, spans of the same asset and length, the latest first, back to the warm-up. */
export function rollingSpans(history: readonly Opens[], cells: readonly Cell[]): Span[] {
  const lengths = new Map(windowsOf(cells).map((window) => [`${window.asset} ${daysOf(window)}`, window]))
  return [...lengths.values()].flatMap((window) => {
    const opens = history.find(({ asset }) => asset === window.asset)
    if (!opens) throw new Failure('invalid', `${window.asset}: there is no history to choose on`)
    return spansIn(opens, daysOf(window))
  })
}

export function spansIn(opens: Opens, length: number): Span[] {
  const spans: Span[] = []
  for (let last = opens.open.length - 1; last - length + 1 >= warmupDays; last -= stepDays)
    spans.push({ opens, first: last - length + 1, last })
  return spans
}

/** One row's figures by span. */
export type Played = { readonly name: string; readonly returnPct: Float64Array; readonly drawdownPct: Float64Array }

function playAll(name: string, strategy: Strategy, spans: readonly Span[]): Played {
  const returnPct = new Float64Array(spans.length)
  const drawdownPct = new Float64Array(spans.length)
  const actions = new Map<Opens, Action>()
  spans.forEach(({ opens, first, last }, i) => {
    const act = actions.get(opens) ?? strategy(opens.open)
    actions.set(opens, act)
    const { worth } = play(opens.open, first, last, act)
    returnPct[i] = (worth.at(-1)! / worth[0]! - 1) * 100
    drawdownPct[i] = maxDrawdownPct(worth)
  })
  return { name, returnPct, drawdownPct }
}

/** The same rules, with the same costs, as on the benchmark's windows. */
export const playRules = (cells: readonly Cell[], spans: readonly Span[]): Played[] =>
  rulesOf(cells).map((rule) => playAll(labelOf(rule), strategyOf(rule, labelOf(rule)), spans))

export const playEveryDay = (spans: readonly Span[]): Played => playAll('pumpiq_every_day', everyDay, spans)

/** Every set of the grid on every span, in the grid's order. */
export const playGrid = (spans: readonly Span[]): Played[] =>
  grid.map((policy) => playAll('pumpiq', createEngine(policy), spans))

/** By span, 1 is best; a tie counts as the place behind. */
export const ranksAmong = (own: Played, others: readonly Played[]): Float64Array =>
  own.returnPct.map((value, i) => 1 + others.filter((other) => other !== own && other.returnPct[i]! >= value).length)

/** The set with the least mean rank among the rules over these spans (numbers of spans); of equals, the first of the grid. */
export function choose(ranks: readonly Float64Array[], spans: readonly number[]): { set: number; meanRank: number } {
  const means = ranks.map((own) => mean(spans.map((i) => own[i]!)))
  const meanRank = Math.min(...means)
  return { set: means.indexOf(meanRank), meanRank }
}
