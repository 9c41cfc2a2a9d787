import type { Bar } from '@pumpiq/domain'
import type { Quarantined } from '../network/ask.ts'
import type { Socket } from '../network/socket.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Random } from '../platform/random.ts'
import type { Source } from '../sources/source.ts'
import type { Series } from './candles.ts'
import { createVendorStream, type StreamState, type VendorStream } from './stream-vendor.ts'

/** A token at a venue under the venue's plain ticker. */
export type StreamedSeries = Series & { readonly symbol: string }

/** A closed 1-minute candle that a venue told by itself; `receivedAt` (epoch ms, ours) is never before the minute's end. */
export type StreamedCandle = StreamedSeries & { readonly bar: Bar; readonly receivedAt: number }

export type CandleStream = {
  /** What is wanted from now on, all of it: the difference to before is asked for and left. Sources without a stream are passed over. */
  watch(series: readonly StreamedSeries[]): void
  /** Calls for every closed candle of what is watched, also twice or out of order: who receives decides. Ends with what it returns. */
  onCandle(listener: (candle: StreamedCandle) => void): () => void
  /**
   * The open, epoch ms, of the first minute from which on every traded minute of the series is told, without a break up to now; null while
   * the series is not told. A cut moves it on. Who knows everything up to there needs to ask nothing but corrections.
   */
  liveSince(series: StreamedSeries): number | null
  /** Of every source that tells by itself. */
  states(): StreamState[]
  /** The newest messages of a source that could not be true. */
  quarantine(source: string): readonly Quarantined[]
  close(): void
}

type Needs = {
  sources: readonly Source[]
  socket: Socket
  clock: Clock
  random: Random
  log: Log
}

type Vendor = { stream: VendorStream; bySymbol: Map<string, StreamedSeries[]> }

/** The closed 1-minute candles of the venues that tell by themselves. What they do not tell is asked for by whoever needs it. */
export function createCandleStream({ sources, socket, clock, random, log }: Needs): CandleStream {
  const vendors = new Map<string, Vendor>()
  const listeners = new Set<(candle: StreamedCandle) => void>()

  for (const { id, streams } of sources) {
    if (!streams?.candles) continue
    const bySymbol: Vendor['bySymbol'] = new Map()
    const tell = (symbol: string, bar: Bar) => {
      const receivedAt = clock.now()
      for (const series of bySymbol.get(symbol) ?? []) spread({ ...series, bar, receivedAt })
    }
    const stream = createVendorStream({ source: id, plan: streams.candles, socket, clock, random, log, tell })
    vendors.set(id, { stream, bySymbol })
  }

  function spread(candle: StreamedCandle): void {
    for (const listener of listeners) {
      try {
        listener(candle)
      } catch (cause) {
        // A listener that fails is no reason to lose the line, or to leave the others untold.
        log.error('a candle could not be taken', { source: candle.source, symbol: candle.symbol, cause })
      }
    }
  }

  return {
    watch(wanted) {
      for (const [id, { stream, bySymbol }] of vendors) {
        bySymbol.clear()
        for (const { token, source, symbol } of wanted) {
          if (source !== id) continue
          bySymbol.set(symbol, [...(bySymbol.get(symbol) ?? []), { token, source, symbol }])
        }
        stream.want(new Set(bySymbol.keys()))
      }
    },
    onCandle(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    liveSince: ({ source, symbol }) => vendors.get(source)?.stream.liveSince(symbol) ?? null,
    states: () => [...vendors.values()].map(({ stream }) => stream.state()),
    quarantine: (source) => vendors.get(source)?.stream.quarantine() ?? [],
    close() {
      listeners.clear()
      for (const { stream } of vendors.values()) stream.close()
    },
  }
}
