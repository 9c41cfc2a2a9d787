import type { Kernel, KernelStream } from '../kernel.ts'

/** A kernel whose batch is its stream, run over the columns: for definitions whose cost lies in the window, not in the call. */
export function streamed(what: Omit<Kernel, 'batch' | 'stream'>, stream: () => KernelStream): Kernel {
  const width = what.outputs.length
  return {
    ...what,
    stream,
    batch(candles, out) {
      const row = new Float64Array(width)
      const started = stream()
      for (let i = 0; i < candles.length; i++) {
        started.next(candles, i, row)
        for (let k = 0; k < width; k++) out[k]![i] = row[k]!
      }
    },
  }
}
