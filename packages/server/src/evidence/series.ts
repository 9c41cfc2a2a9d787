import type { SealedEvidence } from '@pumpiq/domain'
import type { Series } from '@pumpiq/api'

const mostPoints = 240

/** The newest closes of the sealed candles, as many as a small picture can show. */
export function seriesOf({ candles }: SealedEvidence): Series[] {
  if (!candles) return []
  const rows = candles.rows.slice(-mostPoints)
  return [
    {
      id: candles.id,
      intervalMs: candles.intervalMs,
      openAt: rows.map(([openAt]) => openAt),
      close: rows.map(([, , , , close]) => close),
    },
  ]
}
