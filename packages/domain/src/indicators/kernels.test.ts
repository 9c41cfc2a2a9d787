import { describe, expect, it } from 'vitest'
import { sampleCandles } from '../testing/sample-candles.ts'
import { type KernelPromise, run, testKernel } from '../testing/test-kernel.ts'
import { indicatorForms, kernelFor } from './index.ts'

const price = (count: number, more: Omit<KernelPromise, 'scales'> = {}): KernelPromise => ({
  scales: Array.from({ length: count }, () => 'price' as const),
  ...more,
})
const free = (count: number, more: Omit<KernelPromise, 'scales'> = {}): KernelPromise => ({
  scales: Array.from({ length: count }, () => 'free' as const),
  ...more,
})

const promises: Record<string, KernelPromise> = {
  'sma:1': price(1, { memory: 1 }),
  'sma:20': price(1, { memory: 20 }),
  'ema:20': price(1),
  'wma:14': price(1, { memory: 14 }),
  'rsi:14': free(1),
  'macd:12:26:9': price(3),
  'bbands:20:2': price(3, { memory: 20 }),
  'bbands:2:2.5': price(3, { memory: 2 }),
  'atr:14': price(1),
  'atr:1': price(1, { memory: 2 }),
  'adx:14': free(3),
  'stoch:14:3:3': free(2, { memory: 18 }),
  'stoch:5:1:1': free(2, { memory: 5 }),
  'stoch:8:4:5': free(2, { memory: 15 }),
  'stochrsi:14:14:3:3': free(2),
  'mfi:14': free(1, { memory: 15 }),
  obv: free(1),
  vwap: price(1),
  'vwap:session': price(1),
  'vwap:2023-11-20T00:00:00.000Z': price(1, { waits: true }),
  'cci:20': free(1, { memory: 20 }),
  'willr:14': free(1, { memory: 14 }),
  'supertrend:10:3': { scales: ['price', 'free'] },
  'ichimoku:9:26:52': price(5, { memory: 78 }),
  'keltner:20:2:10': price(3),
  'donchian:20': price(3, { memory: 20 }),
  'aroon:25': free(3, { memory: 26 }),
  'psar:0.02:0.2': price(1),
  'roc:14': free(1, { memory: 15 }),
  'rvol:20': free(1, { memory: 21 }),
  'er:10': free(1, { memory: 11 }),
  'swings:3': { scales: ['price', 'price', 'free', 'free'], waits: true },
}

for (const [text, promise] of Object.entries(promises)) testKernel(kernelFor(text), promise)

describe('the registry', () => {
  it('holds every kernel to the contract', () => {
    const tested = new Set(Object.keys(promises).map((text) => text.split(':')[0]))
    expect(indicatorForms.map((form) => form.split(':')[0]).filter((name) => !tested.has(name))).toEqual([])
  })

  it('gives kernels the id they were asked by, so that a text and a constructor share a column', () => {
    for (const text of Object.keys(promises)) expect(kernelFor(text).id).toBe(text)
  })

  it('names what is wrong with a text and what is allowed', () => {
    const said = (text: string) => {
      try {
        return kernelFor(text).id
      } catch (thrown) {
        return String(thrown)
      }
    }
    expect(said('rsi:0')).toContain('rsi: period must be a whole number from 2 to 10000, not 0')
    expect(said('rsi:14.5')).toContain('rsi: period must be a whole number from 2 to 10000, not 14.5')
    expect(said('rsi:x')).toContain('rsi: period must be a plain number such as 14 or 0.02, not "x"')
    expect(said('rsi:-3')).toContain('not "-3"')
    expect(said('rsi')).toContain('indicator "rsi" has 0 parameters; it is written rsi:period')
    expect(said('obv:1')).toContain('it is written obv')
    expect(said('macd:12:26')).toContain('it is written macd:fast:slow:signal')
    expect(said('macd:26:12:9')).toContain('macd: fast period must be below the slow period of 12, not 26')
    expect(said('bbands:20:0')).toContain('bbands: width must be a number above 0, up to 100, not 0')
    expect(said('psar:0.5:0.2')).toContain('psar: step must be at most the maximum of 0.2, not 0.5')
    expect(said('vwap:tomorrow')).toContain('vwap: anchor (or the word session) must be an ISO 8601 instant')
    expect(said('toString:14')).toContain('indicator "toString:14" is unknown; known are sma:period')
  })
})

describe('definitions', () => {
  const last = (text: string, candles = sampleCandles(1, 300)) =>
    run(kernelFor(text), candles).map((column) => column.at(-1)!)

  it('stay inside their range, to the last digit', () => {
    for (let seed = 0; seed < 30; seed++) {
      const candles = sampleCandles(seed, 400, 'halting')
      for (const [text, low, high] of [
        ['rsi:2', 0, 100],
        ['stoch:3:3:3', 0, 100],
        ['stochrsi:3:3:1:1', 0, 100],
        ['mfi:2', 0, 100],
        ['willr:3', -100, 0],
        ['er:3', 0, 1],
        ['aroon:3', -100, 100],
      ] as const) {
        for (const column of run(kernelFor(text), candles))
          expect(column.every((value) => Number.isNaN(value) || (value >= low && value <= high))).toBe(true)
      }
    }
  })

  it('say 0 where nothing moves, as TA-Lib does, and bands close on the price', () => {
    const flat = sampleCandles(1, 300, 'flat')
    for (const text of [
      'rsi:14',
      'stoch:14:3:3',
      'mfi:14',
      'cci:20',
      'willr:14',
      'roc:14',
      'rvol:20',
      'er:10',
      'atr:14',
    ])
      expect(last(text, flat)[0]).toBe(0)
    expect(last('adx:14', flat)).toEqual([0, 0, 0])
    expect(last('bbands:20:2', flat)).toEqual([100, 100, 100])
  })

  it('start the session average anew at midnight UTC and the anchored one at its instant', () => {
    const candles = sampleCandles(1, 60)
    const midnight = candles.openAt.findIndex((openAt) => openAt >= Date.UTC(2023, 10, 15))
    const typical = (candles.high[midnight]! + candles.low[midnight]! + candles.close[midnight]!) / 3
    expect(run(kernelFor('vwap:session'), candles)[0]![midnight]).toBeCloseTo(typical, 12)
    const [anchored] = run(kernelFor('vwap:2023-11-15T00:00:00.000Z'), candles)
    expect(anchored![midnight - 1]).toBeNaN()
    expect(anchored![midnight]).toBeCloseTo(typical, 12)
  })

  it('have no average price before something was traded', () => {
    const candles = sampleCandles(1, 10)
    candles.volume.fill(0, 0, 4)
    expect([...run(kernelFor('vwap'), candles)[0]!].map(Number.isNaN)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ])
  })

  it('confirm a swing only when the bars after it have closed, and a plateau once', () => {
    const candles = sampleCandles(1, 9, 'flat')
    candles.high.set([101, 102, 105, 103, 102, 104, 104, 103, 101])
    candles.low.set([99, 98, 97, 96, 97, 98, 99, 99, 99])
    const [high, low, sinceHigh, sinceLow] = run(kernelFor('swings:2'), candles)
    expect([...high!]).toEqual([NaN, NaN, NaN, NaN, 105, 105, 105, 104, 104])
    expect([...sinceHigh!]).toEqual([NaN, NaN, NaN, NaN, 2, 3, 4, 2, 3])
    expect([...low!].slice(4)).toEqual([NaN, 96, 96, 96, 96])
    expect([...sinceLow!].slice(4)).toEqual([NaN, 2, 3, 4, 5])
  })

  it('mark the one line that charts draw in the past, and keep its column causal', () => {
    const kernel = kernelFor('ichimoku:9:26:52')
    const candles = sampleCandles(2, 100)
    expect(kernel.drawnBack).toEqual({ lagging: 26 })
    expect([...run(kernel, candles)[4]!]).toEqual([...candles.close])
  })
})
