import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createDecider, toIso, type Candles, type Plan } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { aggregate } from '../backtest/aggregate.ts'
import { runBacktest } from '../backtest/run.ts'
import { candleText, collecting, madeUpCandles, writeWithFuture } from '../backtest/testing.ts'
import { seededRandom } from '../platform/random.ts'
import { backtest } from './backtest.ts'

const hour = 3_600_000
const startAt = Date.UTC(2023, 0, 1)
const folder = await mkdtemp(join(tmpdir(), 'backtest-'))

async function file(name: string, candles: Candles): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, name.endsWith('.gz') ? gzipSync(candleText(candles)) : candleText(candles))
  return path
}

type Row = {
  token: string
  type: string
  issuedAt: string
  abstained: string | null
  outcome: { status: string } | null
}
type Answer = { recommendations: Row[]; summary: Record<string, never>; baselines: { id: string; n: number }[] }

async function answer(...args: string[]): Promise<Answer> {
  const { outside, printed } = collecting()
  expect(await backtest.run([...args, '--json'], outside)).toBe(0)
  return JSON.parse(printed()) as Answer
}

const decisionsOf = ({ recommendations }: Answer) => recommendations.map(({ outcome: _, ...decision }) => decision)

describe('pumpiq backtest', () => {
  it('answers with every call in order, a summary and the baselines', async () => {
    const path = await file('AAA_1h.csv.gz', madeUpCandles({ seed: 1, length: 1_500 }))
    const { recommendations, summary, baselines } = await answer('--candles', path)
    expect(recommendations.length).toBe(1_500 / 4)
    expect(recommendations.map(({ issuedAt }) => issuedAt)).toEqual(
      recommendations.map((_, i) => toIso(startAt + (i + 1) * 4 * hour)),
    )
    expect(recommendations.every(({ token }) => token === 'file:AAA')).toBe(true)
    expect(new Set(recommendations.map(({ type }) => type))).toEqual(new Set(['BUY', 'HOLD', 'SELL']))
    expect(summary).toMatchObject({
      decisions: 375,
      bars: 1_500,
      labels: expect.arrayContaining(['hypothetical', 'single venue']),
    })
    const { byType, abstained } = summary as unknown as { byType: Record<string, number>; abstained: { n: number } }
    const made = Object.values(byType).reduce((sum, n) => sum + n, 0)
    expect(made + abstained.n).toBe(375)
    expect(recommendations.filter((row) => row.abstained !== null).length).toBe(abstained.n)
    expect(baselines.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['calls', 'buy-and-hold', 'coin-flip', 'always-buy']),
    )
  })

  it('prints prices as plain decimals whatever their size', async () => {
    const tiny = madeUpCandles({ seed: 2, length: 600 })
    const scaled = (column: Float64Array) => column.map((value) => Number((value * 1e-11).toFixed(16)))
    const path = await file('TINY_1h.csv', {
      ...tiny,
      open: scaled(tiny.open),
      high: scaled(tiny.high),
      low: scaled(tiny.low),
      close: scaled(tiny.close),
      volume: tiny.volume.map((value) => value * 1e11),
    })
    const { recommendations } = await answer('--candles', path)
    const prices = JSON.stringify(
      recommendations.map((row) => ({
        ...row,
        outcome: row.outcome && { fill: (row.outcome as { fillPrice?: string }).fillPrice },
      })),
    )
    expect(prices.match(/"\d+\.\d+"/g)!.length).toBeGreaterThan(300)
    expect(prices).not.toMatch(/"\d+(\.\d+)?e-/)
  })

  it('gives equal bytes for equal files, options and seed, but for the seconds', async () => {
    const path = await file('BBB_1h.csv', madeUpCandles({ seed: 3, length: 1_000 }))
    const text = async () => {
      const { seconds: _, ...summary } = (await answer('--candles', path)).summary
      return JSON.stringify(summary)
    }
    expect(await text()).toBe(await text())
  })

  it('decides on hours made from finer candles as on the hours themselves, and lets the finer settle what came first', async () => {
    const quarters = madeUpCandles({ seed: 4, length: 6_000, intervalMs: hour / 4 })
    const fine = await answer('--candles', await file('CCC_15m.csv', quarters))
    const hourly = await answer('--candles', await file('CCC_1h.csv', aggregate(quarters, hour)))
    expect(fine.recommendations.length).toBe(375)
    expect(decisionsOf(fine)).toEqual(decisionsOf(hourly))
    expect(fine.summary).toMatchObject({ directional: { ambiguousShare: 0 } })
  })

  it('counts a token that ends before the others as delisted, and leaves open what the record of all ends in', async () => {
    const long = await file('LONG_1h.csv', madeUpCandles({ seed: 5, length: 1_500 }))
    const short = await file('SHORT_1h.csv', madeUpCandles({ seed: 6, length: 900 }))
    const { recommendations } = await answer('--candles', long, '--candles', short)
    const statuses = (token: string) =>
      new Set(recommendations.filter((row) => row.token === token).map(({ outcome }) => outcome?.status))
    expect(statuses('file:SHORT')).toContain('DELISTED')
    expect(statuses('file:SHORT')).not.toContain('OPEN')
    expect(statuses('file:LONG')).toContain('OPEN')
    expect(statuses('file:LONG')).not.toContain('DELISTED')
  })

  it('prints a report for people that says what it is', async () => {
    const path = await file('DDD_1h.csv', madeUpCandles({ seed: 7, length: 1_200 }))
    const { outside, printed } = collecting()
    await backtest.run(['--candles', path], outside)
    expect(printed()).toMatch(/^backtest · hypothetical · recorded · single venue/)
    expect(printed()).toMatch(/buy and hold/i)
    expect(printed()).toContain('Decisions   300')
  })

  it('refuses what it cannot run before it prints anything', async () => {
    const good = await file('EEE_1h.csv', madeUpCandles({ seed: 8, length: 50 }))
    const daily = await file('FFF_1d.csv', madeUpCandles({ seed: 9, length: 50, intervalMs: 24 * hour }))
    const again = await file('EEE_1h.csv.gz', madeUpCandles({ seed: 8, length: 50 }))
    const refused = async (...args: string[]) => {
      const { outside, printed } = collecting()
      const thrown = await backtest.run([...args, '--json'], outside).catch((fault: Error) => fault.message)
      expect(printed()).toBe('')
      return thrown
    }
    expect(await refused()).toMatch(/--candles is missing/)
    expect(await refused('--candles', good, '--candles', daily)).toMatch(
      /FFF_1d.csv: candles of 1d; SWING is decided on 1h/,
    )
    expect(await refused('--candles', good, '--candles', again)).toMatch(/file:EEE was already given/)
    expect(await refused('--candles', good, '--from', '2023-02-01', '--to', '2023-01-01')).toMatch(
      /--from 2023-02-01T00:00:00.000Z lies behind --to/,
    )
    expect(await refused('--candles', good, '--as-of', '2023-01-02', '--to', '2023-01-03')).toMatch(
      /lies behind --as-of/,
    )
    expect(await refused('--candles', join(folder, 'NONE_1h.csv'))).toMatch(/no such file/)
  })
})

describe('a decision does not see the future', () => {
  const candles = madeUpCandles({ seed: 11, length: 900 })
  const random = seededRandom(5)
  const instants = Array.from({ length: 25 }, () => startAt + Math.floor((270 + random() * 600) / 4) * 4 * hour)

  it('is the same when the file is cut at the instant and when all that follows is ten times as high', async () => {
    const kinds = new Set<string>()
    for (const [i, at] of instants.entries()) {
      const [whole, ...others] = await Promise.all(
        (['whole', 'cut', 'tenfold'] as const).map(async (future) => {
          const path = join(folder, `G${i}${future}_1h.csv`)
          await writeWithFuture(path, candles, at, future)
          return answer('--candles', path, '--from', toIso(at - 24 * hour), '--to', toIso(at))
        }),
      )
      const own = decisionsOf(whole!).map((decision) => ({ ...decision, token: '' }))
      expect(own.length).toBe(7)
      own.forEach(({ type }) => kinds.add(type))
      for (const other of others)
        expect(decisionsOf(other).map((decision) => ({ ...decision, token: '' }))).toEqual(own)
    }
    expect(kinds).toEqual(new Set(['BUY', 'HOLD', 'SELL']))
  })

  it('and one that does is caught by the same comparison', async () => {
    const at = instants[0]!
    const stops = async (future: 'whole' | 'tenfold') => {
      const path = join(folder, `P${future}_1h.csv`)
      await writeWithFuture(path, candles, at, future)
      const found: (Plan | null)[] = []
      await runBacktest(
        {
          paths: [path],
          timeframe: 'SWING',
          risk: 'moderate',
          costs: { feePctPerSide: 0.1, slippageBpsPerSide: 5 },
          everyMs: 4 * hour,
          lagMs: 0,
          from: at,
          to: at,
          asOf: undefined,
          seed: 1,
        },
        {
          ...collecting().outside,
          rows: null,
          createDecider: (all, profile) => ({
            callAt(bars, instant, previous) {
              const call = createDecider(all, profile).callAt(bars + 1, instant, previous)
              found.push(call.plan)
              return call
            },
          }),
        },
      )
      return found
    }
    expect(await stops('tenfold')).not.toEqual(await stops('whole'))
  })
})
