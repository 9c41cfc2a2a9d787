import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Kernel } from '../indicators/kernel.ts'
import { type Candles, slice } from '../words/candles.ts'
import { candleShapes, sampleCandles } from './sample-candles.ts'

/** A kernel's outputs over candles, in columns of just their length. */
export function run(kernel: Kernel, candles: Candles): Float64Array[] {
  const out = kernel.outputs.map(() => new Float64Array(candles.length))
  kernel.batch(candles, out)
  return out
}

export type KernelPromise = {
  /** How each output follows when all prices are multiplied: with them, or not at all. */
  readonly scales: readonly ('price' | 'free')[]
  /** So many bars decide a value; absent where all of the past does. */
  readonly memory?: number
  /** The first value may come later than `warmup`: it waits for something in the market. */
  readonly waits?: true
}

const cases = fc.record({
  seed: fc.nat(),
  length: fc.integer({ min: 0, max: 400 }),
  shape: fc.constantFrom(...candleShapes),
})
const runs = { numRuns: 40 }

/** What every kernel owes; call it inside a test file, once a kernel. */
export function testKernel(kernel: Kernel, promise: KernelPromise): void {
  describe(kernel.id, () => {
    owesTheSameBits(kernel)
    owesCleanColumns(kernel, promise)
    owesScale(kernel, promise)
    if (promise.memory !== undefined) owesForgetting(kernel, promise, promise.memory)
  })
}

function owesTheSameBits(kernel: Kernel): void {
  it('gives the same bits in a batch and as a stream that sees one bar at a time', () => {
    fc.assert(
      fc.property(cases, ({ seed, length, shape }) => {
        const candles = sampleCandles(seed, length, shape)
        expectSame(streamOver(kernel, candles), run(kernel, candles))
      }),
      runs,
    )
  })

  it('does not change what it said when the candles are cut', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), ({ seed, length, shape }, share) => {
        const candles = sampleCandles(seed, length, shape)
        const cut = { ...candles, length: Math.floor(length * share) }
        expectSame(
          run(kernel, cut),
          run(kernel, candles).map((column) => column.subarray(0, cut.length)),
        )
      }),
      runs,
    )
  })
}

function owesCleanColumns(kernel: Kernel, promise: KernelPromise): void {
  it('is NaN while warming up and never after', () => {
    const columns = run(kernel, sampleCandles(7, 2_000))
    const leading = columns.map((column) => column.findIndex((value) => !Number.isNaN(value)))
    if (promise.waits) expect(Math.max(...leading)).toBeGreaterThanOrEqual(kernel.warmup)
    else expect(Math.max(...leading)).toBe(kernel.warmup)
    columns.forEach((column, k) => expect(column.subarray(leading[k]).every(Number.isFinite)).toBe(true))
  })

  it('is finite on every shape of market and leaves the rest of a longer buffer alone', () => {
    for (const shape of candleShapes) {
      const candles = { ...sampleCandles(11, 600, shape), length: 500 }
      const out = kernel.outputs.map(() => new Float64Array(600).fill(-7))
      kernel.batch(candles, out)
      for (const column of out) {
        expect(column.subarray(0, 500).every((value) => !Math.abs(value) || Math.abs(value) < 1e12)).toBe(true)
        expect(column.subarray(500).every((value) => value === -7)).toBe(true)
      }
    }
  })

  it('takes no more memory for more candles', () => {
    expect(doublesTaken(() => run(kernel, sampleCandles(3, 4_000)), 4_000)).toBe(
      doublesTaken(() => run(kernel, sampleCandles(3, 400)), 400),
    )
  })
}

function owesScale(kernel: Kernel, promise: KernelPromise): void {
  it('follows the scale of the prices from 1e-12 to 1e6, or ignores it', () => {
    for (const scale of [1e-12, 1e-5, 1e6]) {
      const candles = sampleCandles(5, 500)
      const scaled = run(kernel, scaledBy(candles, scale))
      run(kernel, candles).forEach((column, k) => {
        const factor = promise.scales[k] === 'price' ? scale : 1
        expectNear(
          scaled[k]!,
          column.map((value) => value * factor),
          100 * factor,
        )
      })
    }
  })
}

function owesForgetting(kernel: Kernel, promise: KernelPromise, memory: number): void {
  it('forgets: after a fall by 1e8 it equals a fresh window', () => {
    for (const shape of ['collapse', 'decline', 'halting'] as const) {
      const candles = sampleCandles(13, 3_000, shape)
      const whole = run(kernel, candles)
      for (let end = 1_001; end <= 3_000; end += 97) {
        const fresh = run(kernel, slice(candles, end - memory, end))
        fresh.forEach((column, k) => {
          const unit = promise.scales[k] === 'price' ? candles.close[end - 1]! : 100
          expectNear(whole[k]!.subarray(end - 1, end), column.subarray(-1), unit)
        })
      }
    }
  })
}

/** Every bar is handed over in the same one-row columns: a stream that looked at a neighbour would be found out. */
function streamOver(kernel: Kernel, candles: Candles): Float64Array[] {
  const out = kernel.outputs.map(() => new Float64Array(candles.length))
  const stream = kernel.stream()
  const row = new Float64Array(kernel.outputs.length)
  const bar = { ...slice(sampleCandles(0, 1), 0, 1), length: 1 }
  for (let i = 0; i < candles.length; i++) {
    for (const name of ['openAt', 'open', 'high', 'low', 'close', 'volume'] as const) bar[name][0] = candles[name][i]!
    stream.next(bar, 0, row)
    row.forEach((value, k) => {
      out[k]![i] = value
    })
  }
  return out
}

function expectSame(got: readonly Float64Array[], wanted: readonly Float64Array[]): void {
  expect(got.length).toBe(wanted.length)
  got.forEach((column, k) => {
    const at = column.findIndex((value, i) => !Object.is(value, wanted[k]![i]))
    if (at >= 0 || column.length !== wanted[k]!.length)
      expect({ output: k, at, value: column[at] }).toEqual({ output: k, at, value: wanted[k]![at] })
  })
}

/** Within 1e-9 of the larger of the value and the unit. */
function expectNear(got: Float64Array, wanted: Float64Array, unit: number): void {
  const at = got.findIndex((value, i) => {
    const other = wanted[i]!
    return (
      Number.isNaN(value) !== Number.isNaN(other) || Math.abs(value - other) > 1e-9 * Math.max(Math.abs(other), unit)
    )
  })
  if (at >= 0) expect({ at, value: got[at] }).toEqual({ at, value: wanted[at] })
}

function scaledBy(candles: Candles, scale: number): Candles {
  const scaled = (column: Float64Array) => column.map((price) => price * scale)
  return {
    ...candles,
    open: scaled(candles.open),
    high: scaled(candles.high),
    low: scaled(candles.low),
    close: scaled(candles.close),
  }
}

/** Doubles in arrays made meanwhile, without those as long as the candles (the columns the caller made). */
function doublesTaken(work: () => void, length: number): number {
  const Real = globalThis.Float64Array
  let taken = 0
  globalThis.Float64Array = new Proxy(Real, {
    construct(target, args: [number]) {
      if (args[0] !== length) taken += args[0]
      return new target(...args)
    },
  })
  try {
    work()
  } finally {
    globalThis.Float64Array = Real
  }
  return taken
}
