import { z } from 'zod'
import { barAt, candlesOf } from '../words/candles.ts'
import { Price, priceOf, toNumber } from '../words/price.ts'
import { Gap, Quote } from '../words/reading.ts'
import { Timeframe } from '../words/time.ts'
import { Token } from '../words/token.ts'
import type { Evidence } from './dossier.ts'

/** `Evidence` as it is stored: candles as rows of epoch ms and decimal strings, read back to the same doubles. */
export const SealedEvidence = z.object({
  token: Token,
  timeframe: Timeframe,
  candles: z
    .object({
      id: z.string(),
      intervalMs: z.number().int().positive(),
      /** ts, open, high, low, close, volume. */
      rows: z.array(z.tuple([z.number().int(), Price, Price, Price, Price, Price])),
    })
    .nullable(),
  quotes: z.array(Quote),
  gaps: z.array(Gap),
  labels: z.array(z.string()),
  recorded: z.boolean(),
  lagMs: z.number().nonnegative(),
})
export type SealedEvidence = z.output<typeof SealedEvidence>

export function sealEvidence(evidence: Evidence): SealedEvidence {
  const { candles } = evidence
  return {
    ...evidence,
    quotes: [...evidence.quotes],
    gaps: [...evidence.gaps],
    labels: [...evidence.labels],
    candles: candles && {
      id: candles.id,
      intervalMs: candles.intervalMs,
      rows: Array.from({ length: candles.length }, (_, i) => {
        const { openAt, open, high, low, close, volume } = barAt(candles, i)
        return [openAt, priceOf(open), priceOf(high), priceOf(low), priceOf(close), priceOf(volume)]
      }),
    },
  }
}

export function unsealEvidence(sealed: SealedEvidence): Evidence {
  const { candles } = sealed
  const bars = candles?.rows.map(([openAt, open, high, low, close, volume]) => ({
    openAt,
    open: toNumber(open),
    high: toNumber(high),
    low: toNumber(low),
    close: toNumber(close),
    volume: toNumber(volume),
  }))
  return { ...sealed, candles: candles && candlesOf(candles.id, candles.intervalMs, bars ?? []) }
}
