import { candlesOf, houseProfile, type Call, type Candles, type Decider } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { backtest, type Run } from './backtest.ts'

const start = Date.UTC(2023, 0, 1)
const hour = 3_600_000
const bars = (...openHours: number[]) =>
  candlesOf(
    'file:X',
    hour,
    openHours.map((h) => ({ openAt: start + h * hour, open: 10, high: 10, low: 10, close: 10, volume: 1 })),
  )
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
const run = (over: Partial<Run> = {}): Run => ({
  profile: houseProfile,
  everyMs: 4 * hour,
  from: start,
  to: start + 1_000 * hour,
  lagMs: 0,
  ...over,
})

type Asked = { firstOpenAt: number; bars: number; at: number; previous: Call | null }

/** A decider that says nothing and remembers what it was asked. */
function listening() {
  const asked: Asked[] = []
  const createDecider = (candles: Candles): Decider => ({
    callAt(known, at, previous) {
      asked.push({ firstOpenAt: (candles.openAt[0]! - start) / hour, bars: known, at: (at - start) / hour, previous })
      return {
        type: 'HOLD',
        abstained: 'silent',
        issuedAt: at,
        score: 0,
        completeness: 0,
        price: null,
        plan: null,
        levels: null,
        confidence: null,
        breakEven: null,
        expectedR: null,
        riskReward: null,
        warnings: [],
      }
    },
  })
  return { asked, createDecider }
}

function asked(candles: Candles, over: Partial<Run> = {}): Asked[] {
  const { asked: list, createDecider } = listening()
  const judge = () => {
    throw new Error('an abstained call is not judged')
  }
  const decided = [...backtest({ candles, finer: null }, run(over), { createDecider, judge })]
  expect(decided.map(({ call }) => (call.issuedAt - start) / hour)).toEqual(list.map(({ at }) => at))
  expect(decided.every(({ ending }) => ending === null)).toBe(true)
  return list
}

describe('a backtest', () => {
  it('decides on the grid of the epoch and counts only candles that were closed', () => {
    expect(asked(bars(...range(1, 14)), { to: start + 14 * hour }).map(({ at, bars: known }) => [at, known])).toEqual([
      [4, 3],
      [8, 7],
      [12, 11],
    ])
  })

  it('waits for a candle to arrive', () => {
    const late = asked(bars(...range(0, 9)), { lagMs: hour, to: start + 9 * hour })
    expect(late.map(({ at, bars: known }) => [at, known])).toEqual([
      [4, 3],
      [8, 7],
    ])
  })

  it('decides from the first to the last instant asked for, both included', () =>
    expect(asked(bars(...range(0, 30)), { from: start + 8 * hour, to: start + 12 * hour }).map(({ at }) => at)).toEqual(
      [8, 12],
    ))

  it('goes on for a day behind the last candle, as it must where the file could go on, and not longer', () =>
    expect(asked(bars(0, 1, 2, 3)).map(({ at }) => at)).toEqual([4, 8, 12, 16, 20, 24]))

  it('is silent while the market is halted and begins anew behind it', () => {
    const list = asked(bars(...range(0, 8), ...range(60, 70)), { to: start + 70 * hour })
    expect(list.map(({ at, firstOpenAt, bars: known }) => [at, firstOpenAt, known])).toEqual([
      [4, 0, 4],
      [8, 0, 8],
      [12, 0, 8],
      [16, 0, 8],
      [20, 0, 8],
      [24, 0, 8],
      [28, 0, 8],
      [64, 60, 4],
      [68, 60, 8],
    ])
    expect(list.map(({ previous }) => previous !== null)).toEqual([
      false,
      true,
      true,
      true,
      true,
      true,
      true,
      false,
      true,
    ])
  })

  it('skips a stretch too short to be decided in', () =>
    expect(
      asked(bars(0, 1, 2, 3, 29, 80, 81, 82, 83), { everyMs: 24 * hour, to: start + 96 * hour }).map(
        ({ at, firstOpenAt }) => [at, firstOpenAt],
      ),
    ).toEqual([
      [24, 0],
      [48, 29],
      [96, 80],
    ]))

  it('has nothing to say about an empty file', () => expect(asked(bars())).toEqual([]))
})
