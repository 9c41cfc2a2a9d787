import type { Recommendation } from '@pumpiq/domain'
import { instant } from './show.ts'

type Open = Pick<Recommendation, 'type' | 'abstained' | 'validUntil' | 'expiresAt' | 'band' | 'entry'>

/** What decides an open call, and until when. `now` is epoch ms; nothing is said of prices that nobody has read yet. */
export function awaited({ type, abstained, validUntil, expiresAt }: Open, now: number): string {
  if (abstained !== null) return 'No call was made, so there is nothing to follow.'
  const end = instant(expiresAt)
  if (now >= Date.parse(expiresAt))
    return `The horizon ended on ${end}. The ending is told once every candle up to then has been read.`
  if (type === 'HOLD') return `Awaited until ${end}: a trade outside the band ends it as wrong; none, and it was right.`
  if (type === 'AVOID') return `Awaited until ${end}: then it is scored against what the market did.`
  const entry = instant(validUntil)
  return now < Date.parse(validUntil)
    ? `Awaited: a trade inside the entry zone until ${entry}, else it counts as not filled. After a fill, the targets or the stop until ${end}.`
    : `The entry was valid until ${entry}. If it was filled, the targets or the stop are awaited until ${end}.`
}
