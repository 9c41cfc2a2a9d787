import type { Kernel } from '../indicators/kernel.ts'
import { atr } from '../indicators/atr.ts'
import { zones } from '../indicators/zones.ts'
import { signals } from '../signals/index.ts'
import type { NearZones, TechnicalEvidence } from '../signals/signal.ts'
import type { Candles } from '../words/candles.ts'
import { clamp, round } from '../words/numbers.ts'
import type { Reading } from '../words/reading.ts'
import { createMeasures } from './measures.ts'
import type { Facts } from './facts.ts'

export type Technical = { readonly readings: Reading[]; readonly facts: Facts | null }

const range = atr(14)

/**
 * What signals read, over one unbroken run of candles, as it stood when so many of them were known (at least one). Columns are computed
 * once, on first use. A kernel's value at i depends on candles 0..i only, so reading a column is reading the past.
 */
export function createTechnicalEvidence(candles: Candles) {
  const columns = new Map<string, Float64Array[]>()

  function column(kernel: Kernel, output: number): Float64Array {
    const known = columns.get(kernel.id) ?? compute(kernel)
    return known[output]!
  }

  function compute(kernel: Kernel): Float64Array[] {
    const out = kernel.outputs.map(() => new Float64Array(candles.length))
    kernel.batch(candles, out)
    columns.set(kernel.id, out)
    return out
  }

  return (bars: number): TechnicalEvidence => {
    const last = bars - 1
    let near: NearZones | undefined
    const indicator = (kernel: Kernel, output = 0, barsAgo = 0) =>
      last - barsAgo < 0 ? Number.NaN : column(kernel, output)[last - barsAgo]!
    return {
      candles: bars === candles.length ? candles : { ...candles, length: bars },
      indicator,
      zones: () => (near ??= around(candles, last, indicator(range))),
    }
  }
}

/** The readings and facts of one unbroken run of candles; `at(bars)` is what was known of it after so many. */
export function createTechnical(candles: Candles) {
  const evidenceAt = createTechnicalEvidence(candles)
  const measures = createMeasures(candles)

  function at(bars: number): Technical {
    if (bars === 0) return { readings: [], facts: null }
    const evidence = evidenceAt(bars)
    const readings = signals.flatMap((signal): Reading[] => {
      const said = signal.read(evidence)
      if (!said || !Number.isFinite(said.value) || !Number.isFinite(said.lean)) return []
      return [
        {
          id: signal.id,
          kind: signal.kind,
          value: round(said.value, 6),
          unit: signal.unit,
          lean: round(clamp(said.lean, -1, 1), 6),
          cites: [candles.id],
        },
      ]
    })
    const unit = evidence.indicator(range)
    return { readings, facts: Number.isNaN(unit) ? null : measures.at(bars, unit, evidence.zones()) }
  }

  return { at }
}

/** Zones are half an ATR wide and bear on the price only from outside: their near edge counts, the nearest three on either side. */
function around(candles: Candles, last: number, unit: number): NearZones {
  if (!(unit > 0)) return { supports: [], resistances: [] }
  const close = candles.close[last]!
  const all = zones(candles, last, unit / 2)
  const below = all
    .filter(({ high }) => high < close)
    .map(({ high, strength }) => ({ price: high, strength: round(strength, 4) }))
  const above = all
    .filter(({ low }) => low > close)
    .map(({ low, strength }) => ({ price: low, strength: round(strength, 4) }))
  return { supports: below.toReversed().slice(0, 3), resistances: above.slice(0, 3) }
}
