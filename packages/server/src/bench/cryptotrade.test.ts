import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../platform/random.ts'
import { engineStrategy } from './cryptotrade-engine.ts'
import { cryptotradeTable, runCryptotrade } from './cryptotrade.ts'
import { figures, maxDrawdownPct, play } from './cryptotrade-rules.ts'

const window = { asset: 'ABC', regime: 'made up', start: '2020-01-02', end: '2020-01-04' }
const opens = 'date,open\n2020-01-01,100\n2020-01-02,100\n2020-01-03,110\n2020-01-04,99\n'

async function folder(files: Record<string, string>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'cryptotrade-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text)
  return dir
}

const cells = (...strategies: object[]) =>
  JSON.stringify(strategies.map((strategy) => ({ ...window, params: {}, ...strategy })))
const run = async (files: Record<string, string>) => runCryptotrade(await folder(files))
const withCells = (...strategies: object[]) => folder({ 'opens_abc.csv': opens, 'results.json': cells(...strategies) })

describe('the daily game of CryptoTrade', () => {
  it('pays 0.4 % and 0.00147 coins a trade and is valued at the next open', () => {
    const open = Float64Array.of(100, 110, 99)
    const { worth, trades } = play(open, 0, 2, (day) => (day === 0 ? 0.5 : 0))
    const held = 5_000 + 2_500
    const cash = 500_000 - 250_000 - 1_000 - 0.147
    expect([...worth]).toEqual([1_000_000, expect.closeTo(cash + held * 110, 6), expect.closeTo(cash + held * 99, 6)])
    expect(trades).toBe(1)
  })

  it('buys no more once the fees have made the cash negative', () => {
    expect(play(Float64Array.of(100, 100, 100, 100), 0, 3, () => 1).trades).toBe(1)
  })

  it('counts the first day with a return of 0 and takes the deviation of the population', () => {
    const { total_return_pct, daily_mean_pct, daily_std_pct, sharpe } = figures(Float64Array.of(1_000_000, 1_030_000))
    expect(total_return_pct).toBeCloseTo(3, 12)
    expect(daily_mean_pct).toBeCloseTo(1.5, 12)
    expect(daily_std_pct).toBeCloseTo(1.5, 12)
    expect(sharpe).toBeCloseTo(1, 12)
  })

  it('has no Sharpe where nothing moved', () =>
    expect(figures(Float64Array.of(1_000_000, 1_000_000)).sharpe).toBeNull())

  it('measures the deepest fall from a high before it', () =>
    expect(maxDrawdownPct(Float64Array.of(100, 80, 120, 60, 130))).toBeCloseTo(50, 12))
})

describe('the benchmark', () => {
  it('runs the cells the folder names, whatever figures stand beside them, and adds ours on the same windows', async () => {
    const dir = await withCells({ strategy: 'buy_and_hold', total_return_pct: 999 }, { strategy: 'hold_initial_50_50' })
    const rows = (await runCryptotrade(dir)).map(({ row }) => row)
    expect(rows.map(({ strategy }) => strategy)).toEqual(
      expect.arrayContaining(['buy_and_hold', 'hold_initial_50_50', 'MACD_textbook', 'sell_all_on_day_1', 'pumpiq']),
    )
    expect(rows.every((row) => row.start === window.start && row.end === window.end)).toBe(true)
    expect(rows[0]!.total_return_pct).toBeLessThan(0)
    expect(rows[1]).toMatchObject({ asset: 'ABC', n_trades: 0, total_return_pct: expect.closeTo(-0.5, 9) })
  })

  it('knows the next open only in the bound, which it does not rank', async () => {
    const runs = await runCryptotrade(await withCells({ strategy: 'optimal_lookahead' }, { strategy: 'buy_and_hold' }))
    expect(runs[0]).toMatchObject({ bound: true, row: { n_trades: 2 } })
    const table = cryptotradeTable(runs)
    expect(table).toMatch(/optimal_lookahead .* bound\n/)
    expect(table.slice(table.indexOf('Average rank'))).not.toContain('optimal_lookahead')
  })

  it.each([
    [
      'a strategy it does not know',
      { strategy: 'oracle' },
      /ABC made up .* oracle: unknown strategy; known are buy_and_hold/,
    ],
    [
      'a period that is none',
      { strategy: 'SMA', params: { period: 0 } },
      /params.period is 0; allowed is a whole number/,
    ],
    [
      'a window the opens do not cover',
      { strategy: 'SMA', params: { period: 2 }, end: '2021-01-01' },
      /opens run from 2020-01-01 to 2020-01-04/,
    ],
    ['an asset without opens', { strategy: 'buy_and_hold', asset: 'XYZ' }, /no cell for ABC/],
    ['a date that is none', { strategy: 'buy_and_hold', start: 'soon' }, /0.start/],
  ])('refuses %s', async (_, cell, message) => {
    await expect(runCryptotrade(await withCells(cell))).rejects.toThrow(message)
  })

  it('refuses a folder without opens, without cells, and opens that cannot be', async () => {
    await expect(run({})).rejects.toThrow(/no opens_<asset>.csv/)
    await expect(run({ 'opens_abc.csv': opens })).rejects.toThrow(/results.json: no such file/)
    await expect(run({ 'opens_abc.csv': opens, 'results.json': '[' })).rejects.toThrow(/results.json: not JSON/)
    await expect(run({ 'opens_abc.csv': 'date,open\n2020-01-01,0\n' })).rejects.toThrow(
      /opens_abc.csv, line 2: open is a price/,
    )
    await expect(run({ 'opens_abc.csv': 'date,open\n2020-01-02,1\n2020-01-02,1\n' })).rejects.toThrow(
      /line 3: dates ascend/,
    )
  })
})

describe('our engine in the game', () => {
  const walk = (seed: number, length: number) => {
    const random = seededRandom(seed)
    let value = 100
    return Float64Array.from({ length }, () => (value *= Math.exp((random() - 0.5) * 0.08)))
  }
  const actionsOf = (open: Float64Array, days: number) => {
    const act = engineStrategy(open)
    return Array.from({ length: days }, (_, day) => act(day, { cash: 1, held: 1 }))
  }

  it('does at each open what it would do if the opens ended there', () => {
    const open = walk(7, 240)
    const altered = open.map((value, day) => (day > 200 ? value * 10 : value))
    const actions = actionsOf(open, 201)
    expect(actionsOf(open.slice(0, 201), 201)).toEqual(actions)
    expect(actionsOf(altered, 201)).toEqual(actions)
  })

  it('sells half on the days of a long fall and buys half on those of a long rise', () => {
    const rise = Float64Array.from({ length: 200 }, (_, day) => 100 * 1.01 ** day * (1 + 0.01 * Math.sin(day)))
    expect(engineStrategy(rise)(199, { cash: 1, held: 1 })).toBe(0.5)
    expect(engineStrategy(rise.map((value) => 1 / value))(199, { cash: 1, held: 1 })).toBe(-0.5)
  })
})
