import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toIso } from '@pumpiq/domain'
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
    let compared = 0
    for (let i = 0; compared < wanted; i++) {
      const name = files[i % files.length]!
      const candles = await readCandleFile(join(source, name))
      // Only instants with a candle of the hour before: elsewhere the market is halted and nothing is decided.
      const bar = Math.floor(random() * candles.length)
      const at = Math.ceil((candles.openAt[bar]! + hour) / (4 * hour)) * 4 * hour
      const decided = []
      for (const future of ['whole', 'cut', 'tenfold'] as const) {
        const path = join(folder, future, name.replace('.gz', ''))
        await writeWithFuture(path, candles, at, future)
        decided.push(await decisionsAt(path, at))
      }
      const [whole, cut, tenfold] = decided
      expect(cut, `${name} cut at ${toIso(at)}`).toEqual(whole)
      expect(tenfold, `${name} tenfold from ${toIso(at)}`).toEqual(whole)
      for (const { type, abstained } of whole!) {
        const kind = abstained === null ? type : 'abstained'
        types[kind] = (types[kind] ?? 0) + 1
      }
      compared += whole!.length
    }
    await rm(folder, { recursive: true })
    expect(compared).toBe(wanted)
    expect(types['BUY']! > 50 && types['SELL']! > 50 && types['HOLD']! > 200, JSON.stringify(types)).toBe(true)
  })
})
