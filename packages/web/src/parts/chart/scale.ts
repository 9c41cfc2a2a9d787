import { price, showPrice, toNumber } from '@pumpiq/domain'
import type { ChartBar } from './chart-words.ts'

/**
 * How prices are put on a scale: times 10 to the `lift`, rounded to so many `decimals`. A library that counts in smallest steps of a double
 * cannot tell 0.000000000001 from nothing; so tiny prices are lifted to near 1, and shown as what they are.
 */
export type PriceScale = { readonly lift: number; readonly decimals: number }

/** For prices of about so much. */
export function scaleOf(about: number): PriceScale {
  if (!(about > 0)) return { lift: 0, decimals: 2 }
  const size = Math.floor(Math.log10(about))
  return size < -3 ? { lift: -size, decimals: 4 } : { lift: 0, decimals: Math.max(2, 4 - size) }
}

export const lifted = (value: number, { lift }: PriceScale): number => value * 10 ** lift

/** A figure of the scale as people read it. */
export function shownOnScale(value: number, { lift, decimals }: PriceScale): string {
  const text = value.toFixed(decimals)
  if (lift > 0) return showPrice(price(`${text}e-${lift}`)).replace('-', '−')
  return Number(text)
    .toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .replace('-', '−')
}

/** Where an instant lies, counted in bars from the first; between two in proportion, and past the ends at the pace of the interval. */
export function placeOf(at: number, bars: readonly Pick<ChartBar, 'at'>[], intervalMs: number): number {
  const first = bars[0]
  const last = bars.at(-1)
  if (!first || !last) return 0
  if (at <= first.at) return (at - first.at) / intervalMs
  if (at >= last.at) return bars.length - 1 + (at - last.at) / intervalMs
  const after = firstAfter(at, bars)
  const before = bars[after - 1]!
  return after - 1 + (at - before.at) / (bars[after]!.at - before.at)
}

function firstAfter(at: number, bars: readonly { at: number }[]): number {
  let low = 0
  let high = bars.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (bars[middle]!.at <= at) low = middle + 1
    else high = middle
  }
  return low
}

export type Group<T> = { readonly x: number; readonly items: readonly T[] }

/** Those that would lie closer than `apart` pixels share a place: what is too small to be hit is no button. */
export function grouped<T>(items: readonly { readonly x: number; readonly item: T }[], apart: number): Group<T>[] {
  const groups: { x: number; items: T[] }[] = []
  for (const { x, item } of items.toSorted((a, b) => a.x - b.x)) {
    const last = groups.at(-1)
    if (last && x - last.x < apart) last.items.push(item)
    else groups.push({ x, items: [item] })
  }
  return groups
}

/** What most of the prices are about: that of the last candle. */
export const aboutOf = (bars: readonly ChartBar[]): number => (bars.length > 0 ? toNumber(bars.at(-1)!.close) : 0)
