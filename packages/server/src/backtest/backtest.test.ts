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
        clamps: [],
      }
    },
  })
  return { asked, createDecider }
}

function decided(candles: Candles, over: Partial<Run> = {}) {
  const { asked: list, createDecider } = listening()
  const judge = () => {
    throw new Error('an abstained call is not judged')
  }
  const calls = [...backtest({ candles, finer: null }, run(over), { createDecider, judge })].map(({ call }) => call)
  return {
    asked: list,
    calls: calls.map((call) => ({ at: (call.issuedAt - start) / hour, abstained: call.abstained })),
  }
}

const asked = (candles: Candles, over: Partial<Run> = {}): Asked[] => decided(candles, over).asked
const stale = 'the newest candle is too old to decide on'

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

  it('abstains on an old candle for a day behind the last, as it must where the file could go on, and then is silent', () =>
    expect(decided(bars(0, 1, 2, 3)).calls).toEqual([
      { at: 4, abstained: 'silent' },
      ...[8, 12, 16, 20, 24].map((at) => ({ at, abstained: stale })),
    ]))

  it('is silent while the market is halted and begins anew behind it', () => {
    const { asked: list, calls } = decided(bars(...range(0, 8), ...range(60, 70)), { to: start + 70 * hour })
    expect(calls.map(({ at }) => at)).toEqual([4, 8, 12, 16, 20, 24, 28, 64, 68])
    expect(
      list.map(({ at, firstOpenAt, bars: known, previous }) => [at, firstOpenAt, known, previous !== null]),
    ).toEqual([
      [4, 0, 4, false],
      [8, 0, 8, true],
      [64, 60, 4, false],
      [68, 60, 8, true],
    ])
  })

  it('skips a stretch too short to be decided in', () =>
    expect(
      asked(bars(20, 21, 22, 23, 50, 92, 93, 94, 95), { everyMs: 24 * hour, to: start + 96 * hour }).map(
        ({ at, firstOpenAt }) => [at, firstOpenAt],
      ),
    ).toEqual([
      [24, 20],
      [96, 92],
    ]))

  it('has nothing to say about an empty file', () => expect(asked(bars())).toEqual([]))
})
