import type { RecommendationSummary } from '@pumpiq/api'
import { compare, type Price } from '@pumpiq/domain'
import { tokenTexts as text } from '../../words/texts/token.ts'
import type { ChartLevel, ChartTone, ChartZone } from '../chart/chart-words.ts'

type Call = Pick<
  RecommendationSummary,
  | 'id'
  | 'type'
  | 'entry'
  | 'targets'
  | 'stopLoss'
  | 'band'
  | 'issuedAt'
  | 'expiresAt'
  | 'outcome'
  | 'abstained'
  | 'house'
>

/** The newest house call that is still followed; null where the last one has ended or none was made. */
export function currentOf<C extends Call>(calls: readonly C[], now: number): C | null {
  const newest = calls.find(({ house, abstained }) => house && abstained === null)
  return newest && newest.outcome === null && Date.parse(newest.expiresAt) > now ? newest : null
}

/** Prices with their names: where to get in, where to get out with what was hoped for and where without. */
export function levelsOf({ entry, targets, stopLoss, band }: Call): ChartLevel[] {
  const level = (id: string, label: string, tone: ChartTone, price: Price, dashed = false) => ({
    id,
    label,
    tone,
    price,
    dashed,
  })
  return [
    ...(entry
      ? [
          level('low', text.entryLow, 'accent', entry.low, true),
          level('high', text.entryHigh, 'accent', entry.high, true),
        ]
      : []),
    ...targets.map(({ price }, i) => level(`target ${i + 1}`, text.target(i + 1), 'buy', price)),
    ...(stopLoss === null ? [] : [level('stop', text.stop, 'sell', stopLoss)]),
    ...(band
      ? [level('from', text.bandLow, 'hold', band.low, true), level('to', text.bandHigh, 'hold', band.high, true)]
      : []),
  ]
}

/** When the next house call was made, of calls newest first: an earlier one is followed on, but what stands now is the newer one. */
export const supersededAt = (calls: readonly Call[], index: number): number | null => {
  const next = calls.slice(0, index).findLast(({ house, abstained }) => house && abstained === null)
  return next ? Date.parse(next.issuedAt) : null
}

/**
 * One call as areas: its entry, the way to its last target, the way to its stop; a HOLD as its band. From its issue to its end, or to where a
 * newer one took its place on the chart.
 */
export function zonesOf(call: Call, superseded: number | null): ChartZone[] {
  const { id, type, entry, targets, stopLoss, band, issuedAt, expiresAt, outcome } = call
  const end = Date.parse(outcome?.at ?? expiresAt)
  const span = { from: Date.parse(issuedAt), to: Math.min(end, superseded ?? end) }
  const zone = (part: string, tone: ChartTone, a: Price, b: Price, label?: string): ChartZone => ({
    id: `${id} ${part}`,
    tone,
    ...(compare(a, b) < 0 ? { low: a, high: b } : { low: b, high: a }),
    ...span,
    ...(label !== undefined && { label }),
  })
  if (band) return [zone('band', 'hold', band.low, band.high, text.band)]
  const last = targets.at(-1)?.price
  if (!entry || last === undefined || stopLoss === null) return []
  const isUp = compare(last, entry.high) > 0
  return [
    zone('target', 'buy', isUp ? entry.high : entry.low, last),
    zone('entry', 'accent', entry.low, entry.high, text.entryZone(type)),
    zone('stop', 'sell', isUp ? entry.low : entry.high, stopLoss),
  ]
}
