import {
  barAt,
  callOf,
  createAnomalyWatch,
  createTechnical,
  detectAnomalies,
  hours,
  houseProfile,
  minutes,
  segmentsOf,
  viewsOf,
  weightsOf,
  type Candles,
  type Facts,
  type Reading,
} from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { readRecordedPumps } from '../testing/recorded-pumps.ts'
import { aggregate } from './aggregate.ts'

const data = process.env['EVALUATION_DIR']
const scalp = {
  ...houseProfile,
  timeframe: 'SCALP',
  mode: 'technical-only',
  weights: weightsOf('technical-only'),
} as const

/** In dollars, and traded a thousand times as much: else the floor of liquidity forbids every call and the pump nothing. */
const made = (candles: Candles): Candles => {
  const dear = (column: Float64Array) => column.map((value) => value * 10_000)
  const { open, high, low, close } = candles
  const prices = { open: dear(open), high: dear(high), low: dear(low), close: dear(close) }
  return { ...candles, ...prices, volume: candles.volume.map((value) => value * 1_000) }
}

/** Whether each bar is inside a pump, as the watch says when it closes. */
function insidePump(candles: Candles): boolean[] {
  const watch = createAnomalyWatch(candles.intervalMs)
  return Array.from({ length: candles.length }, (_, i) => {
    watch.next(barAt(candles, i))
    return watch.current()?.kind === 'pump'
  })
}

/** Decisions at closes of five minutes: inside an episode of those candles, and within an hour of a pump that only the minutes show. */
type Buys = { inside: number; insideWithoutVeto: number; insideBought: number; near: number; nearBought: number }

describe.skipIf(!data)('decisions inside recorded pumps (skipped without EVALUATION_DIR)', () => {
  it('never buy: what would be bought without the veto is avoided', async () => {
    const buys: Buys = { inside: 0, insideWithoutVeto: 0, insideBought: 0, near: 0, nearBought: 0 }
    for (const { candles } of await readRecordedPumps(data!)) countBuys(candles, buys)
    process.stderr.write(`decisions on 5m candles: ${JSON.stringify(buys)}\n`)
    expect(buys.inside).toBeGreaterThan(1_000)
    expect(buys.insideWithoutVeto).toBeGreaterThan(100)
    expect(buys.insideBought).toBe(0)
  })
})

function countBuys(recorded: Candles, buys: Buys): void {
  const found = detectAnomalies(recorded)
  for (const { candles } of segmentsOf(made(aggregate(recorded, minutes(5))))) {
    const technical = createTechnical(candles)
    const inside = insidePump(candles)
    for (let i = 0; i < candles.length; i++) {
      const at = candles.openAt[i]! + candles.intervalMs
      const near = found.some(({ ts, kind }) => kind === 'pump' && at > ts && at <= ts + hours(1))
      if (!inside[i] && !near) continue
      const { readings, facts } = technical.at(i + 1)
      const buysOn = (known: Facts | null) => (isBuy({ at, facts: known, readings, price: candles.close[i]! }) ? 1 : 0)
      const bought = buysOn(facts)
      if (near) buys.near++
      if (near) buys.nearBought += bought
      if (!inside[i]) continue
      buys.inside++
      buys.insideBought += bought
      buys.insideWithoutVeto += buysOn(facts && withoutPump(facts))
    }
  }
}

type Decision = { at: number; price: number; facts: Facts | null; readings: readonly Reading[] }

const isBuy = ({ readings, ...known }: Decision): boolean =>
  callOf({ ...known, views: viewsOf(readings, 'native'), profile: scalp, previous: null, safety: null, unable: null })
    .type === 'BUY'

function withoutPump({ pump: _, ...facts }: Facts): Facts {
  return facts
}
