import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toIso, type Candles } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { readCandleFile } from '../backtest/candle-files.ts'
import { collecting, writeWithFuture } from '../backtest/testing.ts'
import { seededRandom } from '../platform/random.ts'
import { backtest } from './backtest.ts'

const data = process.env['EVALUATION_DIR']
const hour = 3_600_000
const wanted = 1_000

type Row = { type: string; abstained: string | null; outcome: unknown }

async function decisionsAt(path: string, at: number): Promise<Omit<Row, 'outcome'>[]> {
  const { outside, printed } = collecting()
  await backtest.run(['--candles', path, '--from', toIso(at), '--to', toIso(at), '--json'], outside)
  const { recommendations } = JSON.parse(printed()) as { recommendations: Row[] }
  return recommendations.map(({ outcome: _, ...decision }) => decision)
}

describe.skipIf(!data)('on recorded candles (skipped without EVALUATION_DIR)', () => {
  it('1,000 random decisions are the same when the file is cut at the instant and when all that follows is ten times as high', async () => {
    const source = join(data!, 'data/candles/binance_1h_2021_2023')
    const files = (await readdir(source)).filter((name) => name.endsWith('.csv.gz')).toSorted()
    const folder = await mkdtemp(join(tmpdir(), 'look-ahead-'))
    for (const future of ['whole', 'cut', 'tenfold']) await mkdir(join(folder, future))
    const random = seededRandom(20_230_930)
    const types: Record<string, number> = {}
    const at = async (name: string, candles: Candles, bar: number) => {
      // Only instants with a candle shortly before: elsewhere the market is halted and nothing is decided.
      const instant = Math.ceil((candles.openAt[bar]! + hour) / (4 * hour)) * 4 * hour
      const whole = await decisionsAt(join(folder, 'whole', name), instant)
      for (const future of ['cut', 'tenfold'] as const) {
        const path = join(folder, future, name)
        await writeWithFuture(path, candles, instant, future)
        expect(await decisionsAt(path, instant), `${name} ${future} at ${toIso(instant)}`).toEqual(whole)
      }
      return whole
    }
    let compared = 0
    for (const [i, packed] of files.entries()) {
      const candles = await readCandleFile(join(source, packed))
      const name = packed.replace('.gz', '')
      await writeWithFuture(join(folder, 'whole', name), candles, 0, 'whole')
      for (const share = Math.ceil(((i + 1) * wanted) / files.length); compared < share;) {
        for (const { type, abstained } of await at(name, candles, Math.floor(random() * candles.length))) {
          const kind = abstained === null ? type : 'abstained'
          types[kind] = (types[kind] ?? 0) + 1
          compared++
        }
      }
    }
    await rm(folder, { recursive: true })
    expect(compared).toBe(wanted)
    expect(types['BUY']).toBeGreaterThan(50)
    expect(types['SELL']).toBeGreaterThan(50)
    expect(types['HOLD']).toBeGreaterThan(200)
  }, 1_200_000)
})
