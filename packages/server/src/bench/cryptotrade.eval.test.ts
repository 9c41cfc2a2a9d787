import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readCandleFile } from '../backtest/candle-files.ts'
import { readCells } from './cryptotrade-cells.ts'
import { choose, dailyOpens, grid, playGrid, playRules, ranksAmong, rollingSpans } from './cryptotrade-fit.ts'
import { frozen } from './cryptotrade-frozen.ts'
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
    const rows = await runCryptotrade(dir)
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

  it('the frozen parameters are those that the choice comes to, on opens before every window', async () => {
    const cells = await readCells(join(folder!, 'data/reference/cryptotrade_baselines/results.json'))
    const history = await Promise.all(
      ['BTC', 'ETH'].map(async (asset) => {
        const path = join(folder!, `data/candles/binance_4h/${asset}USDT_4h.csv.gz`)
        return dailyOpens(asset, await readCandleFile(path), frozen.before)
      }),
    )
    const spans = rollingSpans(history, cells)
    const rules = playRules(cells, spans)
    const ranks = playGrid(spans).map((own) => ranksAmong(own, rules))
    const { set, meanRank } = choose(
      ranks,
      spans.map((_, i) => i),
    )
    expect(grid[set]).toEqual(frozen.policy)
    expect(meanRank).toBeCloseTo(frozen.meanRank, 3)
    expect(frozen).toMatchObject({ windows: spans.length, sets: grid.length, from: history[0]!.dates[0] })
    expect(frozen.criterion).toContain(`among the ${rules.length} rules`)
    expect(cells.every(({ start }) => start >= frozen.before)).toBe(true)
    expect(history.every(({ dates }) => dates.at(-1)! < frozen.before)).toBe(true)
  }, 120_000)
})
