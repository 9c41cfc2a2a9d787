import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candlesOf, type Candles } from '../words/candles.ts'
import { days, hours, minutes } from '../words/time.ts'
import { callsIn, laterReturn, type SaidPost } from './called.ts'
import { influences, loudness, type AuthorsCall } from './influence.ts'

const start = Date.UTC(2026, 2, 1)
let last = 0
const post = (author: string | null, more: Partial<SaidPost> = {}): SaidPost => {
  const id = `p${String(last++).padStart(6, '0')}`
  const knownAt = more.knownAt ?? start
  const plain = { createdAt: null, writtenAt: knownAt - minutes(2), sentiment: 0.6, flags: [], tokens: 1 }
  return { id, author, knownAt, storyId: id, ...plain, ...more }
}

describe('a call', () => {
  it('is a clear word of a known author about few tokens, told in time, unsuspected and his own', () => {
    const made = post('x:ann', { sentiment: -0.5 })
    expect(callsIn([made])).toEqual([{ post: made.id, author: 'x:ann', at: start, direction: -1, share: 1 }])
    const none = [
      post(null),
      post('x:ann', { sentiment: 0.3 }),
      post('x:ann', { flags: ['promo'] }),
      post('x:ann', { flags: ['pump_call'] }),
      post('x:ann', { storyId: 'elsewhere' }),
      post('x:ann', { tokens: 4 }),
      post('x:ann', { writtenAt: start - hours(7) }),
      post('x:ann', { createdAt: start - days(29) }),
    ]
    expect(callsIn(none)).toEqual([])
  })

  it('is shared by those who say the same within a day, the later the less; who says the opposite shares nothing', () => {
    const said = ['a', 'b', 'a', 'c', 'd'].map((author, i) => post(author, { knownAt: start + hours(i) }))
    const against = post('e', { knownAt: start + hours(4), sentiment: -0.6 })
    const muchLater = post('f', { knownAt: start + hours(60) })
    expect(callsIn([muchLater, against, ...said]).map(({ author, share }) => [author, share])).toEqual([
      ['a', 1],
      ['b', 1 / 2],
      ['a', 1 / 2],
      ['c', 1 / 3],
      ['d', 1 / 4],
      ['e', 1],
      ['f', 1],
    ])
  })
})

/** Bars of an hour from `start` on at these closes; each opens at the close before. */
const bars = (closes: readonly number[], from = start): Candles =>
  candlesOf(
    'venue',
    hours(1),
    closes.map((close, i) => {
      const open = closes[i - 1] ?? close
      return {
        openAt: from + hours(i),
        open,
        high: Math.max(open, close),
        low: Math.min(open, close),
        close,
        volume: 1,
      }
    }),
  )
const flat = (n: number) => Array.from({ length: n }, () => 100)
const upAt = (hour: number, n = 60) => flat(n).map((close, i) => (i >= hour ? close * 1.1 : close))

describe('what came of a call', () => {
  it('is the return of the day that follows, less the market’s', () => {
    const [token, market] = [bars(upAt(10)), bars(upAt(12).map((close) => (close === 100 ? 50 : 52)))]
    const later = laterReturn(start + minutes(30), token, market, start + days(3))
    expect(later).toEqual({ result: 'known', ratio: expect.closeTo(0.1 - 0.04, 9) })
    expect(laterReturn(start + minutes(30), token, null, start + days(3))).toMatchObject({ ratio: expect.closeTo(0.1) })
  })

  it('is not what the price had done when the call was known', () => {
    const [rose, still] = [bars(upAt(10)), bars(flat(60))]
    expect(laterReturn(start + hours(10) + 1, rose, still, start + days(3))).toEqual({ result: 'known', ratio: 0 })
  })

  it('waits until the day is over, and reads no bar that has not closed', () => {
    const [token, still] = [bars(upAt(10)), bars(flat(60))]
    const at = start + minutes(1)
    expect(laterReturn(at, token, still, start + hours(25) - 1)).toEqual({ result: 'waiting' })
    fc.assert(
      fc.property(fc.integer({ min: 25, max: 59 }), fc.double({ min: 1, max: 1_000, noNaN: true }), (from, price) => {
        const altered = bars(upAt(10).map((close, i) => (i >= from ? price : close)))
        const asOf = start + hours(25)
        expect(laterReturn(at, altered, still, asOf)).toEqual(laterReturn(at, token, still, asOf))
      }),
      { numRuns: 50 },
    )
  })

  it('is unknown where the bars of that day are not known, the token’s or the market’s', () => {
    const [short, still] = [bars(flat(12)), bars(flat(60))]
    const late = bars(flat(60), start + hours(4))
    for (const [token, market] of [
      [short, still],
      [late, still],
      [still, short],
    ] as const)
      expect(laterReturn(start, token, market, start + days(3))).toMatchObject({ result: 'unknown' })
  })
})

/** A year of one event a day that goes its way or the other as `goesUp` says; who posts what on it. */
function recordsOf(
  events: number,
  goesUp: (event: number) => boolean,
  post_: (event: number, at: number) => SaidPost[],
) {
  const judged: AuthorsCall[] = []
  for (let event = 0; event < events; event++) {
    const at = start + days(event) + hours(3)
    for (const call of callsIn(post_(event, at)))
      judged.push({ ...call, laterReturnRatio: goesUp(event) ? 0.05 : -0.05 })
  }
  return influences(judged)
}
const said = (author: string, at: number, sentiment: number) => post(author, { knownAt: at, sentiment })

describe('nobody earns a louder voice', () => {
  it('by saying both', () => {
    const records = recordsOf(
      365,
      (event) => event % 3 > 0,
      (_, at) => [said('both', at, 0.8), said('both', at + 1, -0.8)],
    )
    const turned = recordsOf(
      365,
      (event) => event % 2 > 0,
      (_, at) => [said('both', at, 0.8), said('both', at + hours(5), -0.8)],
    )
    // Held to what was said first: the second word neither helps nor takes the first one back.
    expect(records('both')).toMatchObject({ calls: 365, hits: 243 })
    expect(turned('both')).toMatchObject({ calls: 365, hits: 182, weight: 0.05 })
  })

  it('by many small calls on one event', () => {
    const many = (_: number, at: number) =>
      Array.from({ length: 200 }, (_each, i) => said('many', at + i * minutes(5), 0.8))
    const records = recordsOf(1, () => true, many)
    expect(records('many').calls).toBe(1)
    expect(loudness(records('many'))).toBe(1)
  })

  it('by saying in other words what the best has said, with fifty accounts that take turns for a year', () => {
    const copy = (event: number, at: number) => [
      said('best', at, 0.8),
      ...Array.from({ length: 50 }, (_each, i) => said(`copy-${(event + i) % 50}`, at + minutes(10 + i), 0.8)),
    ]
    const records = recordsOf(365, (event) => event % 4 > 0, copy)
    expect(loudness(records('best'))).toBeGreaterThan(2)
    const copies = Array.from({ length: 50 }, (_, i) => loudness(records(`copy-${i}`)))
    expect(Math.max(...copies)).toBeLessThan(1.3)
  })

  it('by a burst of new accounts, or of old ones, on a sure thing', () => {
    const young = (_: number, at: number) =>
      Array.from({ length: 500 }, (_each, i) => post(`new-${i}`, { knownAt: at + i, createdAt: at - days(3) }))
    expect(recordsOf(30, () => true, young)('new-0').calls).toBe(0)
    const old = (_: number, at: number) => Array.from({ length: 500 }, (_each, i) => said(`old-${i}`, at + i, 0.8))
    const records = recordsOf(30, () => true, old)
    const loud = Array.from({ length: 500 }, (_, i) => loudness(records(`old-${i}`)))
    // The second has a half of it and the third a third: all of them together not what two have who said it alone.
    const gained = loud.reduce((sum, one) => sum + one - 1, 0)
    expect(gained).toBeLessThan(2 * (loud[0]! - 1))
    expect(loud.filter((one) => one > 1)).toHaveLength(3)
  })

  it('by chance: of a thousand who guess daily for two months hardly any is heard twice as loud', () => {
    const judged = Array.from({ length: 1_000 }, (_, author) =>
      Array.from({ length: 60 }, (_each, day): AuthorsCall => {
        const right = Math.sin(author * 127.1 + day * 311.7) * 43_758.5453
        return {
          author: `guess-${author}`,
          at: start + days(day),
          direction: 1,
          laterReturnRatio: right - Math.floor(right) < 0.5 ? 0.05 : -0.05,
          share: 1,
        }
      }),
    ).flat()
    const records = influences(judged)
    const loud = Array.from({ length: 1_000 }, (_, author) => loudness(records(`guess-${author}`)))
    expect(Math.max(...loud)).toBeLessThan(2)
    expect(loud.filter((one) => one > 1.1).length).toBeLessThan(60)
  })
})
