import { describe, expect, it } from 'vitest'
import { createTechnical, createTechnicalEvidence } from '../dossier/technical.ts'
import { sampleCandles } from '../testing/sample-candles.ts'
import { testSignal } from '../testing/test-signal.ts'
import { slice, type Candles } from '../words/candles.ts'
import { signals } from './index.ts'
import { mfi14 } from './mfi14.ts'
import { stochastic } from './stochastic.ts'

for (const signal of signals) testSignal(signal)

describe('the signals together', () => {
  it('bear an id each, and no two the same label', () => {
    expect(new Set(signals.map(({ id }) => id)).size).toBe(signals.length)
    expect(new Set(signals.map(({ label }) => label)).size).toBe(signals.length)
  })

  it('cite the candles they were read from', () => {
    const candles = sampleCandles(4, 500)
    const { readings } = createTechnical(candles).at(candles.length)
    expect(readings.map(({ id }) => id)).toEqual(signals.map(({ id }) => id))
    for (const { cites } of readings) expect(cites).toEqual([candles.id])
  })
})

describe('an oscillator does not take nothing for an extreme', () => {
  const moving = sampleCandles(1, 400)
  const lastOf = (candles: Candles) => createTechnicalEvidence(candles)(candles.length)

  it('money flow is silent where the volume is not told', () => {
    expect(mfi14.read(lastOf(moving))).not.toBeNull()
    expect(mfi14.read(lastOf({ ...moving, volume: new Float64Array(400) }))).toBeNull()
  })

  it('money flow and stochastic are silent while the price stands still', () => {
    const still = sampleCandles(1, 400)
    for (const column of [still.open, still.high, still.low, still.close]) column.fill(still.close[369]!, 370)
    for (const signal of [mfi14, stochastic]) {
      expect(signal.read(lastOf(slice(still, 0, 380)))).not.toBeNull()
      expect(signal.read(lastOf(still))).toBeNull()
    }
  })
})
