import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candlesOf, type Bar } from '../words/candles.ts'
import { hours } from '../words/time.ts'
import { alertHorizonBars, alertRecord, judgeAlert, type AlertVerdict, type JudgedAlert } from './alert-record.ts'

const startAt = Date.UTC(2026, 2, 1)
/** Twenty quiet bars of range 2 around 100, then what is given: [open, high, low, close]. */
const series = (after: readonly (readonly [number, number, number, number])[]) => {
  const quiet = Array.from({ length: 20 }, () => [100, 101, 99, 100] as const)
  const bars = [...quiet, ...after].map(([open, high, low, close], i): Bar => ({
    openAt: startAt + hours(i),
    open,
    high,
    low,
    close,
    volume: 1,
  }))
  return candlesOf('test', hours(1), bars)
}
/** Just behind the open of the last quiet bar: that one is not closed yet, and the entry is the next one's open. */
const at = startAt + hours(19) + 1
const later = startAt + hours(200)
const judged = (side: 'long' | 'short', after: Parameters<typeof series>[0], asOf = later) =>
  judgeAlert({ side, at }, series(after), asOf)

describe('an alert', () => {
  it('hits when one average range in its direction is touched first', () => {
    const rises = [[100, 101, 99.5, 100.5] as const, [100.5, 102, 100, 101.9] as const]
    expect(judged('long', rises)).toEqual({ result: 'hit', entry: 100, range: 2, at: startAt + hours(21) })
    expect(judged('short', rises)).toEqual({ result: 'miss', entry: 100, range: 2, at: startAt + hours(21) })
  })

  it('misses when one bar touches both sides, or opens beyond the wrong one', () => {
    expect(judged('long', [[100, 103, 97, 100]]).result).toBe('miss')
    expect(judged('short', [[100, 103, 97, 100]]).result).toBe('miss')
    const falls = [[100, 100, 99, 99] as const, [97, 105, 96, 104] as const]
    expect(judged('long', falls).result).toBe('miss')
    expect(judged('short', falls).result).toBe('hit')
  })

  it('is undecided when neither comes in 24 bars, and waits until they are over', () => {
    const still = Array.from({ length: alertHorizonBars + 5 }, () => [100, 101.9, 98.1, 100] as const)
    expect(judged('long', still).result).toBe('undecided')
    expect(judged('long', still.slice(0, 10), startAt + hours(30)).result).toBe('waiting')
    const late = [...still.slice(0, alertHorizonBars), [100, 110, 100, 110] as const]
    expect(judged('long', late).result).toBe('undecided')
  })

  it('is not known when too little is known before it, when nothing moved, or when nobody traded after it', () => {
    const candles = series([[100, 105, 100, 105]])
    expect(judgeAlert({ side: 'long', at: startAt + hours(10) }, candles, later)).toMatchObject({ result: 'unknown' })
    const flat = candlesOf(
      'flat',
      hours(1),
      Array.from({ length: 30 }, (_, i) => ({
        openAt: startAt + hours(i),
        open: 1,
        high: 1,
        low: 1,
        close: 1,
        volume: 0,
      })),
    )
    expect(judgeAlert({ side: 'long', at }, flat, later).result).toBe('unknown')
    expect(judgeAlert({ side: 'long', at: later - hours(20) }, candles, later).result).toBe('unknown')
    expect(judgeAlert({ side: 'long', at: later }, candles, later).result).toBe('waiting')
  })

  const anyBars = fc.array(
    fc.record({ open: fc.integer({ min: 50, max: 150 }), up: fc.nat(8), down: fc.nat(8), move: fc.nat(16) }),
    { minLength: 20, maxLength: 70 },
  )
  const candlesFrom = (steps: readonly { open: number; up: number; down: number; move: number }[]) =>
    candlesOf(
      'any',
      hours(1),
      steps.map(({ open, up, down, move }, i) => ({
        openAt: startAt + hours(i),
        open,
        high: open + up,
        low: open - down,
        close: open - down + (move % (up + down + 1)),
        volume: 1,
      })),
    )

  it('never hits on both sides, and never is anything but turned round where one bar does not touch both', () => {
    fc.assert(
      fc.property(anyBars, fc.integer({ min: 15, max: 19 }), (steps, bar) => {
        const candles = candlesFrom(steps)
        const said = (side: 'long' | 'short') => judgeAlert({ side, at: startAt + hours(bar) }, candles, later).result
        const [long, short] = [said('long'), said('short')]
        expect([long, short]).not.toEqual(['hit', 'hit'])
        if (long === 'hit') expect(short).toBe('miss')
        if (long === 'undecided') expect(short).toBe('undecided')
      }),
    )
  })

  it('once decided stays so, whatever comes later, and says nothing of what was not known', () => {
    fc.assert(
      fc.property(anyBars, fc.integer({ min: 15, max: 19 }), (steps, bar) => {
        const whole = candlesFrom(steps)
        const alert = { side: 'long', at: startAt + hours(bar) } as const
        let decided: AlertVerdict | null = null
        for (let length = bar; length <= whole.length; length++) {
          const asOf = startAt + hours(length)
          const verdict = judgeAlert(alert, { ...whole, length }, asOf)
          if (decided) expect(verdict).toEqual(decided)
          else if (verdict.result !== 'waiting') decided = verdict
        }
      }),
    )
  })
})

describe('a record of alerts', () => {
  const one = (given: Partial<JudgedAlert>): JudgedAlert => ({
    token: 'a:b',
    at: startAt,
    windowMs: hours(24),
    result: 'hit',
    ...given,
  })

  it('tells no rate of fewer than thirty decided ones', () => {
    const few = Array.from({ length: 29 }, (_, i) => one({ at: startAt + hours(24 * i) }))
    expect(alertRecord(few)).toMatchObject({ judged: 29, apart: 29, hits: 29, hitRatio: null, interval: null })
    const more = [...few, one({ at: startAt + hours(24 * 29), result: 'miss' })]
    const record = alertRecord(more)
    expect(record.hitRatio).toBeCloseTo(29 / 30, 12)
    expect(record.interval!.low).toBeCloseTo(0.8333, 3)
  })

  it('counts an alert that is repeated within its window once, in whatever order they come', () => {
    const again = [0, 3, 23, 24].map((hour) => one({ at: startAt + hours(hour) }))
    expect(alertRecord(again)).toMatchObject({ judged: 4, apart: 2, hits: 2 })
    expect(alertRecord(again.toReversed())).toEqual(alertRecord(again))
    expect(alertRecord([...again, one({ token: 'c:d', result: 'undecided' })])).toMatchObject({
      apart: 3,
      undecided: 1,
    })
  })
})
