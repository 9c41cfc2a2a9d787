import { price, toIso, type Price, type Quote } from '@pumpiq/domain'
import { z } from 'zod'
import type { Heard } from '../network/asked.ts'
import { DecimalText, firstMarketAt, skewMs } from './bars.ts'

/** A price as the vendor wrote it, in our one form: above 0, below 1e15, like the prices of candles. */
export const PriceText = DecimalText.refine(
  (text) => Number(text) > 0 && Number(text) < 1e15,
  'expected a price above 0 and below 1e15',
).transform((text) => price(text))

/** An instant as a vendor writes it (ISO 8601, any number of digits behind the second), as epoch ms. */
export const Instant = z.iso.datetime().transform((text) => Date.parse(text))

/** Why an instant the vendor gives with a price cannot be, or null. */
export function faultOfInstant(at: number, { serverAt, fetchedAt }: Heard): string | null {
  if (at < firstMarketAt) return `the price is from ${at}: another unit?`
  if (at > Math.max(serverAt ?? 0, fetchedAt) + skewMs) return `the price is from the future (${at}): another unit?`
  return null
}

/**
 * One venue's price. It was true when the vendor says it was traded or, where the vendor does not say, when it answered; never later than
 * we heard it.
 */
export function quoteOf(
  source: string,
  pair: string,
  value: Price,
  heard: Heard,
  tradedAt: number | null = null,
): Quote {
  const observedAt = Math.min(tradedAt ?? heard.serverAt ?? heard.fetchedAt, heard.fetchedAt)
  return { source, pair, price: value, observedAt: toIso(observedAt), fetchedAt: toIso(heard.fetchedAt) }
}
