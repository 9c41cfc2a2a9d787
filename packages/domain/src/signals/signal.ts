import type { Kernel } from '../indicators/kernel.ts'
import type { Candles } from '../words/candles.ts'
import type { Kind } from '../words/kind.ts'

/**
 * All technical evidence of one token up to one instant: the last known bar is `candles.length - 1`. Whoever builds it cuts the columns,
 * so a signal cannot see further.
 */
export type TechnicalEvidence = {
  readonly candles: Candles
  /** The value of a kernel's output (the first unless named) so many bars before the last known one; NaN while warming up. */
  indicator(kernel: Kernel, output?: number, barsAgo?: number): number
  /** Support and resistance known at the last bar. */
  zones(): NearZones
}

/** The edge of a zone toward the price, in quote units, and its strength in [0, 1]. */
export type ZoneEdge = { readonly price: number; readonly strength: number }

/** Below and above the price, nearest first. */
export type NearZones = { readonly supports: readonly ZoneEdge[]; readonly resistances: readonly ZoneEdge[] }

/** What a signal says, or null where the evidence is too thin: silent, never zero. */
export type Said = { readonly value: number; readonly lean: number }

/** A named pure rule. `lean` is pressure in [-1, 1]. `weight` is its share of its kind's view before normalisation; 0 informs only. */
export type Signal = {
  readonly id: string
  readonly kind: Kind
  readonly unit: string
  readonly weight: number
  /** The source of the rule. */
  readonly see: string
  /** In a person's words, for reasons and screens: "RSI 14". */
  readonly label: string
  read(evidence: TechnicalEvidence): Said | null
}
