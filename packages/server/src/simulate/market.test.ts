import { days, fromIso, hours, minutes } from '@pumpiq/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Listing } from './book.ts'
import { createMarket, everyMonth, everyMs, everyWeek, type Market } from './market.ts'
import { epochAt, places, venues, type Place } from './universe.ts'

const seed = 42
const market = createMarket({ seed })
const now = fromIso('2026-11-22T12:44:30.000Z')

const tokenOf = (from: Market, key: string) => from.tokens.find((token) => token.key === key)!
const listing = (place: Place, key: string, from = market): Listing => from.listing(place, tokenOf(from, key))!
const all = { limit: Infinity, fill: 'never' } as const
const candles = (of: Listing, lengthMs: number, from: number, to: number, at = now) =>
  market.candles({ listing: of, frame: everyMs(lengthMs), from, to: to - 1, now: at, ...all })
/** Bars without what the aggregate cannot know: when they open and whether they are closed. */
type Bar = { open: number; high: number; low: number; close: number; volume: number; count: number }
const sum = (bars: readonly Bar[]): Bar => ({
  open: bars[0]!.open,
  high: Math.max(...bars.map(({ high }) => high)),
  low: Math.min(...bars.map(({ low }) => low)),
  close: bars.at(-1)!.close,
  volume: bars.reduce((total, { volume }) => total + volume, 0),
  count: bars.reduce((total, { count }) => total + count, 0),
})
const bare = ({ open, high, low, close, volume, count }: Bar): Bar => ({ open, high, low, close, volume, count })

const everyListing = market.tokens.flatMap((token) => places.flatMap((place) => market.listing(place, token) ?? []))
const someListing = fc.constantFrom(...everyListing)
const someDay = fc.integer({ min: 0, max: 2_500 }).map((day) => epochAt + days(day))

describe('one seed, one market', () => {
  it('says the same to two askers, whatever each asked before', () => {
    const ask = (of: Market, order: readonly string[]) =>
      Object.fromEntries(
        order.map((key) => [
          key,
          of.candles({
            listing: listing('composite', key, of),
            frame: everyMs(hours(1)),
            now,
            limit: 48,
            fill: 'never',
          }),
        ]),
      )
    const keys = ['solana', 'bitcoin', 'rocket-mule', 'quiet-harbor', 'gigapup']
    const other = createMarket({ seed })
    ask(other, ['aave', 'bitcoin'])
    other.last(listing('okx', 'ethereum', other), fromIso('2031-01-01T00:00:00.000Z'))
    expect(ask(other, keys.toReversed())).toEqual(ask(market, keys))
  })

  it('is another market with another seed', () => {
    const other = createMarket({ seed: seed + 1 })
    expect(other.last(listing('composite', 'bitcoin', other), now)).not.toEqual(
      market.last(listing('composite', 'bitcoin'), now),
    )
  })

  it('keeps what it said when later time is asked for', () => {
    const day = epochAt + days(1000)
    const before = candles(listing('binance', 'solana'), hours(1), day, day + days(1))
    market.last(listing('binance', 'solana'), fromIso('2030-05-05T00:00:00.000Z'))
    expect(candles(listing('binance', 'solana'), hours(1), day, day + days(1))).toEqual(before)
  })

  it('has a literal price, so that a change of the arithmetic is seen', () => {
    const last = market.last(listing('binance', 'bitcoin'), fromIso('2026-01-01T00:00:00.000Z'))
    expect(last).toMatchObject({ close: 8_377_654 })
  })
})

describe('candles of all lengths', () => {
  it('makes an hour of its minutes exactly', () => {
    fc.assert(
      fc.property(someListing, someDay, fc.integer({ min: 0, max: 23 }), (of, day, hour) => {
        const from = day + hours(hour)
        const [whole] = candles(of, hours(1), from, from + hours(1))
        const parts = candles(of, minutes(1), from, from + hours(1))
        expect(parts.length > 0).toBe(whole !== undefined)
        if (whole) expect(bare(whole)).toEqual(sum(parts))
      }),
      { numRuns: 200 },
    )
  })

  it('makes a day, a week and a month of their hours exactly', () => {
    fc.assert(
      fc.property(someListing, someDay, fc.constantFrom(everyMs(days(1)), everyWeek, everyMonth), (of, day, frame) => {
        const openAt = frame.startOf(day)
        const [whole] = market.candles({ listing: of, frame, from: openAt, to: openAt, now, ...all })
        const parts = candles(of, hours(1), openAt, frame.next(openAt))
        expect(parts.length > 0).toBe(whole !== undefined)
        if (whole) expect(bare(whole)).toEqual(sum(parts))
        if (whole) expect(Number.isSafeInteger(whole.volume)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('has high and low around open and close, whole positive ticks and at least a trade', () => {
    for (const of of everyListing) {
      for (const bar of candles(of, minutes(1), now - hours(2), now)) {
        expect(bar.high).toBeGreaterThanOrEqual(Math.max(bar.open, bar.close))
        expect(bar.low).toBeLessThanOrEqual(Math.min(bar.open, bar.close))
        expect(Object.values(bare(bar)).every((value) => Number.isSafeInteger(value) && value > 0)).toBe(true)
      }
    }
  })

  it('opens where the minute before closed, to the tick, inside an hour', () => {
    const bars = candles(listing('composite', 'bitcoin'), minutes(1), now - hours(1), now)
    bars.slice(1).forEach((bar, i) => expect(bar.open).toBe(bars[i]!.close))
  })

  it('shows the candle that contains now as partial and none after it', () => {
    for (const lengthMs of [minutes(1), minutes(15), hours(1), days(1)]) {
      const rows = market.candles({
        listing: listing('binance', 'bitcoin'),
        frame: everyMs(lengthMs),
        now,
        limit: 3,
        fill: 'never',
      })
      expect(rows.map(({ closed }) => closed)).toEqual([true, true, false])
      expect(rows[2]!.openAt).toBeLessThanOrEqual(now)
      expect(rows[2]!.endAt).toBeGreaterThan(now)
    }
  })

  it('has a first trade in a candle that opens at this very instant', () => {
    const openAt = fromIso('2026-11-22T12:00:00.000Z')
    const [last] = market.candles({
      listing: listing('okx', 'ethereum'),
      frame: everyMs(hours(1)),
      now: openAt,
      limit: 1,
      fill: 'never',
    })
    expect(last).toMatchObject({ openAt, closed: false, count: 1 })
  })

  it('never takes back a high, a low or a trade while a candle grows', () => {
    const of = listing('binance', 'solana')
    const openAt = fromIso('2026-11-22T09:00:00.000Z')
    let before = { high: 0, low: Infinity, volume: 0, count: 0 }
    for (let at = openAt; at <= openAt + minutes(4); at += 1_700) {
      const [bar] = market.candles({ listing: of, frame: everyMs(hours(1)), now: at, limit: 1, fill: 'never' })
      expect(bar!.high).toBeGreaterThanOrEqual(before.high)
      expect(bar!.low).toBeLessThanOrEqual(before.low)
      expect(bar!.volume).toBeGreaterThanOrEqual(before.volume)
      expect(bar!.count).toBeGreaterThanOrEqual(before.count)
      before = bar!
    }
  })
})

describe('venues', () => {
  const closes = (place: Place, key: string, from: number, to: number) =>
    new Map(
      candles(listing(place, key), hours(1), from, to).map((bar) => [
        bar.openAt,
        bar.close / 10 ** listing(place, key).decimals,
      ]),
    )
  const deviations = (place: Place, key: string, from: number, to: number) => {
    const reference = closes('composite', key, from, to)
    return [...closes(place, key, from, to)].map(([openAt, close]) => ({
      openAt,
      by: Math.abs(close / reference.get(openAt)! - 1),
    }))
  }

  it('differ by at most a tenth of a percent', () => {
    for (const place of venues) {
      for (const key of ['bitcoin', 'ethereum', 'solana', 'litecoin', 'tether', 'orbit-protocol']) {
        if (!market.listing(place, tokenOf(market, key))) continue
        // A stopped hour closes early; what it says of the price is older, not different.
        const stopped = market
          .calendar(now - days(20), now)
          .filter((event) => 'venue' in event && event.venue === place)
        const running = deviations(place, key, now - days(20), now - hours(1)).filter(({ openAt }) =>
          stopped.every(({ from, to }) => openAt + hours(1) <= from || openAt >= to),
        )
        expect(Math.max(...running.map(({ by }) => by))).toBeLessThan(0.0012)
        expect(Math.max(...running.map(({ by }) => by))).toBeGreaterThan(0)
      }
    }
  })

  it('disagree by more than five percent on one token, on one venue, while its split lasts', () => {
    const split = market.calendar(now - days(40), now).find(({ event }) => event === 'split')
    const { from, to } = split!
    for (const { by } of deviations('okx', 'twinlake', from, to)) expect(by).toBeGreaterThan(0.05)
    for (const { by } of deviations('coinbase', 'twinlake', from, to)) expect(by).toBeLessThan(0.002)
    for (const { by } of deviations('okx', 'twinlake', from - hours(1), from)) expect(by).toBeLessThan(0.002)
  })
})

describe('special events', () => {
  const events = market.calendar(epochAt + days(2000), epochAt + days(2200))
  const of = <Kind extends (typeof events)[number]['event']>(kind: Kind) =>
    events.filter((event): event is Extract<(typeof events)[number], { event: Kind }> => event.event === kind)

  it('stop every token of a venue for hours in a halt, while the other venues go on', () => {
    for (const { venue, from, to } of of('halt')) {
      expect(to - from).toBeGreaterThanOrEqual(hours(3))
      const other = venues.find((name) => name !== venue)!
      expect(candles(listing(venue, 'bitcoin'), minutes(1), from, to)).toEqual([])
      expect(candles(listing(venue, 'ethereum'), minutes(1), from, to)).toEqual([])
      expect(candles(listing(other, 'bitcoin'), minutes(1), from, to).length).toBeGreaterThan(160)
      expect(market.haltAt(venue, from)).toEqual({ from, to })
      expect(market.haltAt(venue, to)).toBeNull()
    }
    expect(of('halt').length).toBeGreaterThan(10)
  })

  it('leave out some minutes in a gap', () => {
    for (const { venue, from, to } of of('gap').slice(0, 20)) {
      const around = candles(listing(venue, 'bitcoin'), minutes(1), from - minutes(30), to + minutes(30))
      expect(around.filter(({ openAt }) => openAt >= from && openAt < to)).toEqual([])
      expect(around.length).toBeGreaterThan(0)
    }
    expect(of('gap').length).toBeGreaterThan(25)
  })

  it('pump the small token to several times its price and dump it, with turnover far above the usual', () => {
    const pump = of('pump')[2]!
    const token = listing('composite', 'rocket-mule')
    const during = candles(token, hours(1), pump.from, pump.to)
    const before = candles(token, hours(1), pump.from - hours(24), pump.from)
    const peak = Math.max(...during.map(({ high }) => high))
    expect(peak / before.at(-1)!.close).toBeGreaterThan(2.5)
    expect(during.at(-1)!.close / peak).toBeLessThan(0.5)
    expect(sum(during).volume / during.length).toBeGreaterThan((5 * sum(before).volume) / before.length)
  })

  it('end a token: it falls for days, and then there is no candle more', () => {
    const token = listing('binance', 'fallen-star')
    const endAt = token.token.delistedAt!
    expect(market.calendar(endAt - days(4), endAt + days(1)).map(({ event }) => event)).toEqual(
      expect.arrayContaining(['collapse', 'delisting']),
    )
    const rows = market.candles({ listing: token, frame: everyMs(hours(1)), now, limit: 100, fill: 'never' })
    expect(rows.at(-1)!.openAt).toBeLessThan(endAt)
    expect(rows.at(-1)!.endAt).toBeGreaterThan(endAt - hours(2))
    expect(rows.at(-1)!.close / rows[0]!.open).toBeLessThan(0.15)
    expect(market.isTrading(token, endAt)).toBe(false)
  })

  it('begin a token: nothing before its listing', () => {
    const token = listing('binance', 'dawn-chorus')
    const { listedAt } = token.token
    const rows = market.candles({
      listing: token,
      frame: everyMs(hours(1)),
      now,
      from: listedAt - days(3),
      limit: 5,
      fill: 'always',
    })
    expect(rows[0]!.openAt).toBe(listedAt)
  })

  it('give two tokens one ticker', () => {
    expect(market.tokens.filter(({ symbol }) => symbol === 'ORB').map(({ key }) => key)).toEqual([
      'orbit-protocol',
      'orbit-inu',
    ])
  })

  it('leave an illiquid token without trades in most minutes, filled only when asked', () => {
    const token = listing('kraken', 'quiet-harbor')
    const ask = { listing: token, frame: everyMs(minutes(1)), now, from: now - hours(3), limit: 200 } as const
    const traded = market.candles({ ...ask, fill: 'never' })
    const filled = market.candles({ ...ask, fill: 'always' })
    expect(traded.length).toBeLessThan(100)
    expect(filled.length).toBe(180)
    const flat = filled.filter(({ count }) => count === 0)
    expect(flat.length).toBe(filled.length - traded.length)
    for (const bar of flat)
      expect([bar.high, bar.low, bar.close, bar.volume]).toEqual([bar.open, bar.open, bar.open, 0])
  })
})

describe('statistics', () => {
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length
  const correlation = (a: number[], b: number[]) => {
    const [x, y] = [mean(a), mean(b)]
    const cross = mean(a.map((value, i) => (value - x) * (b[i]! - y)))
    return cross / Math.sqrt(mean(a.map((value) => (value - x) ** 2)) * mean(b.map((value) => (value - y) ** 2)))
  }
  const returns = (key: string, lengthMs: number, count: number) => {
    const rows = market.candles({
      listing: listing('composite', key),
      frame: everyMs(lengthMs),
      now: epochAt + days(2500),
      limit: count,
      fill: 'never',
    })
    return rows.slice(1).map((row, i) => Math.log(row.close / rows[i]!.close))
  }

  it.each([
    ['days', days(1), 2400],
    ['hours', hours(1), 4000],
    ['minutes', minutes(1), 4000],
  ])('clusters volatility over %s while returns themselves do not follow each other', (_, lengthMs, count) => {
    const bitcoin = returns('bitcoin', lengthMs, count)
    const size = bitcoin.map(Math.abs)
    expect(correlation(size.slice(1), size.slice(0, -1))).toBeGreaterThan(0.1)
    expect(Math.abs(correlation(bitcoin.slice(1), bitcoin.slice(0, -1)))).toBeLessThan(0.08)
  })

  it('has fat tails', () => {
    const bitcoin = returns('bitcoin', days(1), 2400)
    const variance = mean(bitcoin.map((value) => value ** 2))
    expect(mean(bitcoin.map((value) => value ** 4)) / variance ** 2).toBeGreaterThan(4)
    expect(Math.sqrt(variance)).toBeGreaterThan(0.015)
    expect(Math.sqrt(variance)).toBeLessThan(0.045)
  })

  it('moves coins with bitcoin by their beta, and pegged ones not at all', () => {
    const bitcoin = returns('bitcoin', days(1), 2400)
    expect(correlation(bitcoin, returns('ethereum', days(1), 2400))).toBeGreaterThan(0.7)
    expect(correlation(bitcoin, returns('solana', days(1), 2400))).toBeGreaterThan(0.6)
    expect(correlation(bitcoin, returns('gigapup', days(1), 2400))).toBeGreaterThan(0.3)
    expect(Math.abs(correlation(bitcoin, returns('tether', days(1), 2400)))).toBeLessThan(0.1)
    expect(Math.abs(correlation(bitcoin, returns('wrapped-bitcoin', days(1), 2400)) - 1)).toBeLessThan(1e-6)
  })

  it('has regimes that last, in which days rise, fall or stand', () => {
    const bitcoin = returns('bitcoin', days(1), 2400)
    const firstDay = 2500 - bitcoin.length
    const by = { bull: [] as number[], bear: [] as number[], sideways: [] as number[] }
    bitcoin.forEach((value, i) => by[market.regimeAt(epochAt + days(firstDay + i))].push(value))
    expect(mean(by.bull)).toBeGreaterThan(0.001)
    expect(mean(by.bear)).toBeLessThan(-0.001)
    expect(Math.abs(mean(by.sideways))).toBeLessThan(0.001)
    const spells = market.calendar(epochAt, epochAt + days(2500)).filter(({ event }) => event === 'regime')
    expect(mean(spells.map(({ from, to }) => to - from))).toBeGreaterThan(days(20))
  })

  it('keeps prices in sight of their anchors for ten years', () => {
    for (const token of market.tokens.filter(({ role }) => role !== 'collapse')) {
      const at = epochAt + days(3650)
      const last = market.last(market.listing('composite', token)!, at)!
      const ratio = last.close / 10 ** (token.decimals + 2) / token.anchorUsd
      expect(ratio).toBeGreaterThan(1 / 50)
      expect(ratio).toBeLessThan(50)
    }
  })
})

it('serves 720 hourly and 720 daily candles of ten tokens at once when they were asked for before', () => {
  const ten = market.listingsOn('binance').slice(0, 10)
  const ask = () =>
    [hours(1), days(1)].flatMap((lengthMs) =>
      ten.map(
        (one) => market.candles({ listing: one, frame: everyMs(lengthMs), now, limit: 720, fill: 'quiet' }).length,
      ),
    )
  expect(ask()).toEqual(Array(20).fill(720))
  const startedAt = performance.now()
  expect(ask()).toEqual(Array(20).fill(720))
  expect(performance.now() - startedAt).toBeLessThan(1_000)
}, 60_000)
