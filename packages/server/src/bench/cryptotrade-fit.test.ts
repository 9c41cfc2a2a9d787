import { describe, expect, it } from 'vitest'
import { days, hours, type Candles } from '@pumpiq/domain'
import { seededRandom } from '../platform/random.ts'
import type { Cell } from './cryptotrade-cells.ts'
import {
  choose,
  dailyOpens,
  grid,
  playGrid,
  playRules,
  ranksAmong,
  rollingSpans,
  spansIn,
  type Played,
} from './cryptotrade-fit.ts'
import type { Opens } from './opens.ts'

const start = Date.UTC(2019, 0, 1)

function candles(openAt: readonly number[], open: readonly number[]): Candles {
  const prices = Float64Array.from(open)
  const volume = prices.map(() => 1)
  return {
    id: 'file:ABC',
    intervalMs: hours(4),
    length: open.length,
    openAt: Float64Array.from(openAt),
    open: prices,
    high: prices,
    low: prices,
    close: prices,
    volume,
  }
}

function made(length: number, asset = 'ABC'): Opens {
  const random = seededRandom(3)
  let value = 100
  return {
    asset,
    dates: Array.from({ length }, (_, day) => new Date(start + day * days(1)).toISOString().slice(0, 10)),
    open: Float64Array.from({ length }, () => (value *= Math.exp((random() - 0.5) * 0.1))),
  }
}

const cell = (strategy: string, end = '2023-05-30'): Cell => ({
  asset: 'ABC',
  regime: 'made up',
  start: '2023-05-01',
  end,
  strategy,
  params: {},
})
const cells = ['buy_and_hold', 'hold_initial_50_50', 'optimal_lookahead'].map((strategy) => cell(strategy))
const played = (name: string, ...returns: number[]): Played => ({
  name,
  returnPct: Float64Array.from(returns),
  drawdownPct: new Float64Array(returns.length),
})

describe('the history that parameters are chosen on', () => {
  it('is the first open of every day, and nothing from the frozen day on', () => {
    const openAt = [0, 4, 28, 44, 48, 72].map((hour) => start + hours(hour))
    const { dates, open } = dailyOpens('ABC', candles(openAt, [1, 2, 3, 4, 5, 6]), '2019-01-04')
    expect(dates).toEqual(['2019-01-01', '2019-01-02', '2019-01-03'])
    expect([...open]).toEqual([1, 3, 5])
  })

  it('refuses a day without a candle', () =>
    expect(() => dailyOpens('ABC', candles([start, start + days(2)], [1, 2]), '2020-01-01')).toThrow(
      /ABC: no candle between 2019-01-01 and 2019-01-03/,
    ))

  it('is cut into spans of the asset and length of each window, weekly, the warm-up before them', () => {
    const history = made(150)
    const spans = rollingSpans([history], [...cells, cell('buy_and_hold', '2023-06-09')])
    expect(spans.map(({ first, last }) => [first, last])).toEqual([
      [120, 149],
      [113, 142],
      [106, 135],
      [110, 149],
      [103, 142],
    ])
    expect(() => rollingSpans([made(150, 'XYZ')], cells)).toThrow(/ABC: there is no history/)
  })
})

describe('the choice', () => {
  it('ranks a set among the rules, a tie as the place behind', () => {
    const rules = [played('a', 3, 1, 1), played('b', 2, 1, 0)]
    expect([...ranksAmong(played('own', 4, 1, 0.5), rules)]).toEqual([1, 3, 2])
  })

  it('takes the least mean rank over the spans that are asked for, the first of equals', () => {
    const ranks = [Float64Array.of(3, 1, 3), Float64Array.of(1, 2, 3), Float64Array.of(2, 1, 3)]
    expect(choose(ranks, [0, 1])).toEqual({ set: 1, meanRank: 1.5 })
    expect(choose(ranks, [1, 2])).toEqual({ set: 0, meanRank: 2 })
  })

  it('plays every set of the grid beside the rules, without the one that knows the next open', () => {
    const spans = spansIn(made(150), 30)
    expect(playRules(cells, spans).map(({ name }) => name)).toEqual([
      'buy_and_hold',
      'hold_initial_50_50',
      'MACD_textbook',
      'sell_all_on_day_1',
    ])
    const sets = playGrid(spans)
    expect(sets.length).toBe(grid.length)
    expect(new Set(sets.map(({ returnPct }) => returnPct.join(' '))).size).toBeGreaterThan(10)
  })

  it('plays a span alike whatever comes after it', () => {
    const whole = made(180)
    const cut = { ...whole, dates: whole.dates.slice(0, 150), open: whole.open.slice(0, 150) }
    const span = { first: 120, last: 149 }
    expect(playGrid([{ opens: whole, ...span }])).toEqual(playGrid([{ opens: cut, ...span }]))
  })
})
