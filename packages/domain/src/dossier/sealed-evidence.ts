import { z } from 'zod'
import { barAt, candlesOf } from '../words/candles.ts'
import { Figure, Hazard } from '../words/observation.ts'
import { Price, priceOf, toNumber } from '../words/price.ts'
import { Gap, Quote } from '../words/reading.ts'
import { Crowd, Story } from '../words/story.ts'
import { Timeframe } from '../words/time.ts'
import { Token } from '../words/token.ts'
import { SeenPump, type Evidence, type GatheredEvidence } from './dossier.ts'
import { Coverage } from './view.ts'

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
  gathered: z
    .object({
      figures: z.array(Figure),
      earlier: z.array(Figure),
      hazards: z.array(Hazard),
      stories: z.array(Story).nullable(),
      crowd: Crowd.nullable(),
      pump: SeenPump.nullable(),
    })
    .nullable(),
  coverage: Coverage,
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
    gathered: evidence.gathered && sealGathered(evidence.gathered),
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

const sealGathered = ({
  figures,
  earlier,
  hazards,
  stories,
  crowd,
  pump,
}: GatheredEvidence): SealedEvidence['gathered'] => ({
  figures: [...figures],
  earlier: [...earlier],
  hazards: [...hazards],
  stories: stories && [...stories],
  crowd,
  pump,
})

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
