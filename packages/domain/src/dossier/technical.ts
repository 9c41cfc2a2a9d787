import type { Kernel } from '../indicators/kernel.ts'
import { atr } from '../indicators/atr.ts'
import { zones } from '../indicators/zones.ts'
import { signals } from '../signals/index.ts'
import type { Evidence } from '../signals/signal.ts'
import type { Candles } from '../words/candles.ts'
import { clamp, round } from '../words/numbers.ts'
import type { Reading } from '../words/reading.ts'
import { createMeasures } from './measures.ts'
import type { Facts } from './facts.ts'

export type Technical = { readonly readings: Reading[]; readonly facts: Facts | null }

const range = atr(14)

/**
 * Technical evidence over one unbroken run of candles. Columns are computed once, on first use; `at(bars)` reads them as they stood when
 * so many candles were known. A kernel's value at i depends on candles 0..i only, so reading a column is reading the past.
 */
export function createTechnical(candles: Candles) {
  const columns = new Map<string, Float64Array[]>()
  const measures = createMeasures(candles)

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

  function at(bars: number): Technical {
    const last = bars - 1
    const unit = bars > 0 ? column(range, 0)[last]! : Number.NaN
    let found: ReturnType<Evidence['zones']> | undefined
    const evidence: Evidence = {
      candles: bars === candles.length ? candles : { ...candles, length: bars },
      indicator: (kernel, output = 0, barsAgo = 0) =>
        last - barsAgo < 0 ? Number.NaN : column(kernel, output)[last - barsAgo]!,
      zones: () => (found ??= around(candles, last, unit)),
    }
    const readings = signals.flatMap((signal): Reading[] => {
      const said = bars > 0 ? signal.read(evidence) : null
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
    return { readings, facts: Number.isNaN(unit) ? null : measures.at(bars, unit, evidence.zones()) }
  }

  return { at }
}

/** Zones are half an ATR wide and bear on the price only from outside: their near edge counts, the nearest three on either side. */
function around(candles: Candles, last: number, unit: number): ReturnType<Evidence['zones']> {
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
