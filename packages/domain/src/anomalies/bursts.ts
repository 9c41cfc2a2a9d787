import type { Bar } from '../words/candles.ts'
import { createRankedWindow } from './ranked-window.ts'

/** A burst is measured over so many intervals, the bar's own the last of them. */
const span = 3
/** Traded bars that say what is usual. */
const usualBars = 500
/** Fewer say nothing: the first bars of a listing are wild by themselves. */
const atLeastBars = 100
/** One traded bar in a hundred is busier than what is called busy. */
const busyShare = 0.99

/** One tick of a coarse price is many percent and no move. Halves keep clear of the rounding of doubles. */
const atLeastTicks = 1.5

/** What the last three intervals did, against what was usual before. */
export type Burst = {
  /** Logarithm of the bar's high over the last close before the span, 0 where it is not two ticks above. */
  readonly rise: number
  /** Logarithm of the last close before the span over the bar's close: a wick down that was bought back is no fall. */
  readonly fall: number
  /** Quote volume of the span over what the busiest hundredth of single bars traded. */
  readonly load: number
}

type Seen = { readonly openAt: number; readonly close: number; readonly quote: number }

/** Bar after bar with trades, how much of a burst it is; null while too few are known. */
export function createBursts(intervalMs: number) {
  const usual = createRankedWindow(usualBars)
  /** The bars of the span and the last one before it, oldest first. */
  const behind: Seen[] = []
  /** The smallest step of the price so far: inside a bar, or from close to close. */
  let tick = Number.POSITIVE_INFINITY

  function learnTick(step: number): void {
    if (step > 0 && step < tick) tick = step
  }

  /** Logarithm of one price over another below it; 0 where less than two ticks are between them. */
  const move = (above: number, below: number): number =>
    above - below >= atLeastTicks * tick ? Math.log(above / below) : 0

  function burstOf({ openAt, high, close }: Bar, quote: number): Burst | null {
    const from = openAt - (span - 1) * intervalMs
    while (behind.length > 1 && behind[1]!.openAt < from) behind.shift()
    if (usual.count() < atLeastBars) return null
    const reference = behind[0]!.close
    let traded = quote
    for (const bar of behind) if (bar.openAt >= from) traded += bar.quote
    return {
      rise: move(high, reference),
      fall: move(reference, close),
      load: traded / usual.quantile(busyShare),
    }
  }

  return {
    next(bar: Bar): Burst | null {
      learnTick(bar.high - bar.close)
      learnTick(bar.close - bar.low)
      learnTick(Math.abs(bar.close - (behind.at(-1)?.close ?? bar.close)))
      const quote = bar.volume * bar.close
      const burst = burstOf(bar, quote)
      behind.push({ openAt: bar.openAt, close: bar.close, quote })
      usual.push(quote)
      return burst
    },
  }
}
