import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { days, detectAnomalies, hours, minutes, showInterval, type Anomaly, type Candles } from '@pumpiq/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCandleFile } from '../backtest/candle-files.ts'
import { systemClock } from '../platform/clock.ts'
import { readRecordedPumps, type RecordedPump } from '../testing/recorded-pumps.ts'

const data = process.env['EVALUATION_DIR']
const lines: string[] = []

type Recorded = RecordedPump & { readonly found: readonly Anomaly[] }
let events: Recorded[] = []
let spentMs = 0

/** Timed apart from reading the file. */
function detected(recorded: RecordedPump): Recorded {
  const startedAt = systemClock.monotonic()
  const found = detectAnomalies(recorded.candles)
  spentMs += systemClock.monotonic() - startedAt
  return { ...recorded, found }
}

const daysOf = ({ candles }: Recorded): number => (candles.openAt[candles.length - 1]! - candles.openAt[0]!) / days(1)
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const pumps = ({ found }: Recorded): Anomaly[] => found.filter(({ kind }) => kind === 'pump')

/** Does a pump's bar open so many minutes from the announced one? */
const isFound = (event: Recorded, from: number, to: number): boolean =>
  pumps(event).some(({ ts }) => ts >= event.at + minutes(from) && ts <= event.at + minutes(to))

/** Announced minutes of a coin that are less than ten apart are one event. */
const isFirst = (event: Recorded, among: readonly Recorded[]): boolean =>
  !among.some(({ coin, at }) => coin === event.coin && at < event.at && event.at - at < minutes(10))

/** Alarms outside two minutes before to six hours after every known event of the coin. */
const falseAlarms = ({ coin, found }: Recorded): Anomaly[] => {
  const known = events.filter((event) => event.coin === coin)
  return found.filter(({ ts }) => !known.some(({ at }) => ts >= at - minutes(2) && ts <= at + hours(6)))
}

function figuresOf(name: string, chosen: readonly Recorded[]) {
  const coinDays = sum(chosen.map(daysOf))
  const countOf = (test: (event: Recorded) => boolean) => chosen.filter(test).length
  const distinct = chosen.filter((event) => isFirst(event, chosen))
  const alarms = chosen.flatMap(falseAlarms)
  const figures = {
    events: chosen.length,
    found: countOf((event) => isFound(event, -2, 2)),
    strict: countOf((event) => isFound(event, -1, 2)),
    known: countOf((event) => isFound(event, -2, 1)),
    perDay: alarms.filter(({ kind }) => kind === 'pump').length / coinDays,
    allPerDay: alarms.length / coinDays,
  }
  lines.push(
    `${name}: ${chosen.length} events (${distinct.length} distinct), ${coinDays.toFixed(0)} coin-days`,
    `  bar opens -2..+2 min of the announced minute   ${figures.found} (${distinct.filter((event) => isFound(event, -2, 2)).length} distinct)`,
    `  bar opens -1..+2 min                           ${figures.strict}`,
    `  bar closes at most 2 min after                 ${figures.known}`,
    `  false alarms per coin-day                      ${figures.perDay.toFixed(3)} pumps, ${figures.allPerDay.toFixed(3)} of all kinds`,
  )
  return figures
}

describe.skipIf(!data)('on recorded pumps (skipped without EVALUATION_DIR)', () => {
  beforeAll(async () => {
    events = (await readRecordedPumps(data!)).map(detected)
  })
  afterAll(() => process.stderr.write(`${lines.join('\n')}\n`))

  it('finds at least 100 of 116 within two minutes, with at most 0.15 false alarms a coin-day, in both halves of the coins alike', () => {
    const all = figuresOf('all coins', events)
    expect(all.events).toBe(116)
    expect(all.found).toBeGreaterThanOrEqual(100)
    expect(all.strict).toBeGreaterThanOrEqual(100)
    expect(all.allPerDay).toBeLessThanOrEqual(0.15)
    const coins = [...new Set(events.map(({ coin }) => coin))].toSorted()
    for (const half of [0, 1]) {
      const own = figuresOf(
        half === 0 ? 'every second coin' : 'the other coins',
        events.filter(({ coin }) => coins.indexOf(coin) % 2 === half),
      )
      expect(own.found / own.events).toBeGreaterThanOrEqual(100 / 116)
      expect(own.allPerDay).toBeLessThanOrEqual(0.15)
    }
  })

  it('reads a million bars within five seconds', () => {
    const bars = sum(events.map(({ candles }) => candles.length))
    lines.push(`speed: ${((spentMs / bars) * 1e6).toFixed(0)} ms a million bars (${bars.toLocaleString('en-US')} bars)`)
    expect((spentMs / bars) * 1e6).toBeLessThan(5_000)
  })

  it.each([
    'freqtrade_testdata',
    'lean_minute_samples',
    'binance_15m_2023_2024',
    'binance_15m_launches',
    'binance_1h_2021_2023',
  ])('tells fewer than 0.05 pumps a coin-day in the ordinary markets of %s', async (set) => {
    const folder = join(data!, 'data/candles', set)
    const files = (await readdir(folder)).filter((name) => /_\d+[mh]\.csv\.gz$/.test(name))
    const byInterval = new Map<number, Ordinary>()
    for (const name of files) count(await readCandleFile(join(folder, name)), byInterval)
    for (const [intervalMs, one] of byInterval)
      lines.push(
        `${set} ${showInterval(intervalMs)}: ${one.pumps} pumps, ${one.others} others in ${one.coinDays.toFixed(0)} coin-days, ${(one.pumps / one.coinDays).toFixed(4)} pumps a day`,
      )
    const all = [...byInterval.values()]
    const rate = sum(all.map((one) => one.pumps)) / sum(all.map(({ coinDays }) => coinDays))
    expect(rate).toBeLessThan(0.05)
  })
})

type Ordinary = { coinDays: number; pumps: number; others: number }

function count(candles: Candles, byInterval: Map<number, Ordinary>): void {
  const counts = byInterval.get(candles.intervalMs) ?? { coinDays: 0, pumps: 0, others: 0 }
  counts.coinDays += (candles.length * candles.intervalMs) / days(1)
  for (const { kind } of detectAnomalies(candles)) counts[kind === 'pump' ? 'pumps' : 'others']++
  byInterval.set(candles.intervalMs, counts)
}
