import { describe, expect, it } from 'vitest'
import { createTechnical } from '../dossier/technical.ts'
import { sampleCandles } from '../testing/sample-candles.ts'
import { testSignal } from '../testing/test-signal.ts'
import { signals } from './index.ts'

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
