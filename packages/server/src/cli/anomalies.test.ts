import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { minutes } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { candleText, collecting, madeUpCandles } from '../backtest/testing.ts'
import { anomalies } from './anomalies.ts'

const startAt = Date.UTC(2023, 0, 1)
const pumpAt = startAt + 400 * minutes(1)

/** Minutes of a made-up market, in one of which a tenth is gained on fifty times the volume. */
async function file(pumped: boolean): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'anomalies-')), 'MADE_1m.csv')
  const text = candleText(madeUpCandles({ seed: 5, length: 600, startAt, intervalMs: minutes(1) }), (row) => {
    const [ts = 0, open = 0, high = 0, low = 0, close = 0, volume = 0] = row
    return pumped && ts === pumpAt ? [ts, open, high * 1.1, low, close * 1.1, volume * 50] : row
  })
  await writeFile(path, text)
  return path
}

async function run(...args: string[]): Promise<string> {
  const { outside, printed } = collecting()
  expect(await anomalies.run(args, outside)).toBe(0)
  return printed()
}

describe('the anomalies command', () => {
  it('answers one JSON document: every event with its bar, kind and score', async () => {
    const found: unknown = JSON.parse(await run('--candles', await file(true), '--json'))
    expect(found).toEqual([{ ts: pumpAt, kind: 'pump', score: expect.any(Number) }])
    expect(JSON.parse(await run('--candles', await file(false), '--json'))).toEqual([])
  })

  it('shows a table to a person', async () => {
    const [head, columns, event] = (await run('--candles', await file(true))).split('\n')
    expect(head).toBe('file:MADE, 600 bars of 1m: 1 event')
    expect(columns).toMatch(/^bar opens +kind +score$/)
    expect(event).toMatch(/^2023-01-01T06:40:00\.000Z +pump +0\.\d\d$/)
    expect(await run('--candles', await file(false))).toBe('file:MADE, 600 bars of 1m: 0 events\n')
  })

  it('names a missing option and a file without candles', async () => {
    await expect(run()).rejects.toThrow('--candles is missing')
    const empty = join(await mkdtemp(join(tmpdir(), 'anomalies-')), 'NONE_1m.csv')
    await writeFile(empty, 'ts,open,high,low,close,volume\n')
    await expect(run('--candles', empty)).rejects.toThrow('NONE_1m.csv holds no candle')
  })
})
