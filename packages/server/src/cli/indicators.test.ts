import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { kernelFor } from '@pumpiq/domain'
import { sampleCandles } from '@pumpiq/domain/testing'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readConfig } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import { indicators } from './indicators.ts'

const Column = z.array(z.number().nullable())
const Answer = z.object({
  ts: z.array(z.number()),
  series: z.record(z.string(), z.union([Column, z.record(z.string(), Column)])),
})

const candles = sampleCandles(3, 90)
const rows = Array.from(
  candles.openAt,
  (ts, i) => `${ts},${candles.open[i]},${candles.high[i]},${candles.low[i]},${candles.close[i]},${candles.volume[i]}`,
)

async function file(lines: readonly string[], name = 'SAMPLE_1h.csv'): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'indicators-')), name)
  const text = ['ts,open,high,low,close,volume', ...lines].join('\n')
  await writeFile(path, name.endsWith('.gz') ? gzipSync(text) : text)
  return path
}

async function run(...args: string[]): Promise<string> {
  let out = ''
  const code = await indicators.run(args, {
    stdout: (text) => void (out += text),
    stderr: () => {},
    version: '0',
    config: readConfig({}),
    clock: systemClock,
    abort: new AbortController().signal,
  })
  expect(code).toBe(0)
  return out
}

const answer = async (...args: string[]) => Answer.parse(JSON.parse(await run(...args, '--json')))

describe('the indicators command', () => {
  it('answers one JSON document: the bars, and a column or named columns an indicator, null while warming up', async () => {
    const path = await file(rows, 'SAMPLE_1h.csv.gz')
    const { ts, series } = await answer('--candles', path, '--indicator', 'rsi:14', '--indicator', 'macd:12:26:9')
    expect(ts).toEqual([...candles.openAt])
    expect(Object.keys(series)).toEqual(['rsi:14', 'macd:12:26:9'])
    const out = [new Float64Array(90)]
    kernelFor('rsi:14').batch(candles, out)
    expect(series['rsi:14']).toEqual(Array.from(out[0]!, (value) => (Number.isNaN(value) ? null : value)))
    expect(Object.keys(series['macd:12:26:9']!)).toEqual(['macd', 'signal', 'histogram'])
  })

  it('draws the lagging line where a chart has it', async () => {
    const { series } = await answer('--candles', await file(rows), '--indicator', 'ichimoku:9:26:52')
    const { lagging } = z.object({ lagging: Column }).parse(series['ichimoku:9:26:52'])
    expect(lagging).toEqual([...candles.close.subarray(26), ...Array.from({ length: 26 }, () => null)])
  })

  it('shows the last rows in a table without exponents', async () => {
    const tiny = Array.from(
      { length: 30 },
      (_, i) => `${candles.openAt[i]},0.000000001234,0.00000000125,0.0000000012,0.000000001234,5`,
    )
    const shown = await run(
      '--candles',
      await file(tiny, 'TINY.csv'),
      '--indicator',
      'sma:3',
      '--indicator',
      'bbands:20:2',
      '--rows',
      '4',
    )
    const lines = shown.trimEnd().split('\n')
    expect(lines[0]).toBe('file:TINY, 30 bars')
    expect(lines).toHaveLength(6)
    expect(lines[5]).toMatch(/^2023-11-16T03:13:20.000Z +0.000000001234( +0.000000001234){4}$/)
    expect(shown).not.toMatch(/\de[+-]/)
    expect(await run('--candles', await file(tiny, 'TINY.csv'), '--indicator', 'sma:3', '--json')).not.toMatch(
      /\de[+-]/,
    )
  })

  it('names a bad indicator, a bad bar and a missing option', async () => {
    const good = await file(rows)
    await expect(run('--candles', good, '--indicator', 'rsi:0')).rejects.toThrow(
      'rsi: period must be a whole number from 2 to 10000, not 0',
    )
    await expect(run('--candles', good)).rejects.toThrow('--indicator is missing')
    await expect(run('--indicator', 'rsi:14')).rejects.toThrow('--candles is missing')
    const twice = await file([...rows.slice(0, 5), rows[4]!, ...rows.slice(5)])
    await expect(run('--candles', twice, '--indicator', 'rsi:14')).rejects.toThrow(/line 7, ts: \d+ is there twice/)
    const unordered = await file([rows[1]!, rows[0]!, ...rows.slice(2)])
    await expect(run('--candles', unordered, '--indicator', 'rsi:14')).rejects.toThrow(/line 3, ts: \d+ comes after/)
    const broken = await file([...rows.slice(0, 3), rows[3]!.replace(/,[^,]+$/, ',NaN'), ...rows.slice(4)])
    await expect(run('--candles', broken, '--indicator', 'rsi:14')).rejects.toThrow(
      'line 5, volume: "NaN" is not a number',
    )
  })
})
