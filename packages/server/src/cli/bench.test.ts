import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { collecting } from '../backtest/testing.ts'
import { bench } from './bench.ts'

async function printedBy(...args: string[]): Promise<string> {
  const { outside, printed } = collecting()
  expect(await bench.run(args, outside)).toBe(0)
  return printed()
}

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-'))
  const days = ['2020-01-01,100', '2020-01-02,101', '2020-01-03,103', '2020-01-04,102']
  const cell = {
    asset: 'ABC',
    regime: 'made up',
    start: '2020-01-02',
    end: '2020-01-04',
    strategy: 'buy_and_hold',
    params: {},
  }
  await writeFile(join(dir, 'opens_abc.csv'), ['date,open', ...days, ''].join('\n'))
  await writeFile(join(dir, 'results.json'), JSON.stringify([cell]))
  return dir
}

describe('pumpiq bench cryptotrade', () => {
  it('prints one JSON list of rows with the keys of the public results, then where each stands', async () => {
    const rows = JSON.parse(await printedBy('cryptotrade', '--data', await folder(), '--json')) as Record<
      string,
      unknown
    >[]
    expect(rows.map(({ strategy }) => strategy)).toEqual([
      'buy_and_hold',
      'MACD_textbook',
      'sell_all_on_day_1',
      'pumpiq',
      'pumpiq_every_day',
    ])
    const keys =
      'asset regime start end strategy params total_return_pct daily_mean_pct daily_std_pct sharpe n_trades ' +
      'max_drawdown_pct rank average_rank average_drawdown_pct'
    expect(Object.keys(rows[0]!).join(' ')).toBe(keys)
  })

  it('prints a table for people without --json', async () =>
    expect(await printedBy('cryptotrade', '--data', await folder())).toMatch(
      /ABC made up 2020-01-02 2020-01-04[^]+Average rank among 5 [^]+Chosen on \d+ overlapping windows/,
    ))

  it('refuses a bench it does not have and a folder that is not there', async () => {
    const { outside } = collecting()
    await expect(bench.run(['chess', '--data', '.'], outside)).rejects.toThrow(
      /unknown bench "chess": allowed is cryptotrade/,
    )
    await expect(bench.run(['cryptotrade', '--data', '/nowhere'], outside)).rejects.toThrow(
      /--data \/nowhere: no such folder/,
    )
    await expect(bench.run(['cryptotrade'], outside)).rejects.toThrow(/--data is missing/)
  })
})
