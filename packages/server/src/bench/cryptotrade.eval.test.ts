import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { runCryptotrade } from './cryptotrade.ts'

const folder = process.env['EVALUATION_DIR']
const Recorded = z.array(
  z.object({
    asset: z.string(),
    regime: z.string(),
    strategy: z.string(),
    params: z.record(z.string(), z.unknown()),
    total_return_pct: z.number(),
    daily_mean_pct: z.number(),
    daily_std_pct: z.number(),
    sharpe: z.number(),
    n_trades: z.number(),
  }),
)

describe.skipIf(!folder)('on the recorded results (skipped without EVALUATION_DIR)', () => {
  it('every row is reproduced within 1e-6', async () => {
    const dir = join(folder!, 'data/reference/cryptotrade_baselines')
    const recorded = Recorded.parse(JSON.parse(await readFile(join(dir, 'results.json'), 'utf8')))
    const rows = (await runCryptotrade(dir)).map(({ row }) => row)
    expect(recorded.length).toBe(120)
    recorded.forEach((wanted, i) => {
      const { asset, regime, strategy, params, n_trades } = wanted
      expect(rows[i]).toMatchObject({ asset, regime, strategy, params, n_trades })
      for (const figure of ['total_return_pct', 'daily_mean_pct', 'daily_std_pct', 'sharpe'] as const) {
        const away = Math.abs((rows[i]![figure] ?? Number.NaN) - wanted[figure])
        expect(away, `${asset} ${regime} ${strategy} ${JSON.stringify(params)} ${figure}`).toBeLessThan(1e-6)
      }
    })
  })
})
