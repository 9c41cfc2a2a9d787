import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Kernel } from '../indicators/kernel.ts'
import { type Candles, slice } from '../words/candles.ts'
import { hours } from '../words/time.ts'

export const candleShapes = ['walk', 'penny', 'collapse', 'decline', 'flat', 'halting'] as const
export type CandleShape = (typeof candleShapes)[number]

/** Numbers in [0, 1) that a seed reproduces: the mulberry32 step. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * Made-up hourly candles of one shape: a walk near 100, a token near 1e-9, a fall by 1e8 inside one bar (at a third), a decline by 1e8
 * over the whole, no movement at all, a walk with stretches of flat bars without volume.
 */
export function sampleCandles(seed: number, length: number, shape: CandleShape = 'walk'): Candles {
  const chance = seeded(seed)
  const column = () => new Float64Array(length)
  const candles = {
    id: 'sample',
    intervalMs: hours(1),
    length,
    openAt: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  }
  let price = shape === 'penny' ? 1.234e-9 : 100
  for (let i = 0; i < length; i++) {
    const still = shape === 'flat' || (shape === 'halting' && i % 40 > 22)
    if (shape === 'collapse' && i === Math.floor(length / 3)) price *= 1e-8
    if (shape === 'decline') price *= 1e-8 ** (1 / length)
    const open = price
    if (!still) price *= 1 + (chance() - 0.5) * 0.04
    candles.openAt[i] = 1_700_000_000_000 + i * hours(1)
    candles.open[i] = open
    candles.close[i] = price
    candles.high[i] = Math.max(open, price) * (still ? 1 : 1 + chance() * 0.01)
    candles.low[i] = Math.min(open, price) * (still ? 1 : 1 - chance() * 0.01)
    candles.volume[i] = still ? 0 : Math.round(chance() * 10_000) / 10
  }
  return candles
}

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
