import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../platform/random.ts'
import { actOn, createEngine, directionsOf, everyDay, type Policy } from './cryptotrade-engine.ts'
import { frozen } from './cryptotrade-frozen.ts'
import { cryptotradeTable } from './cryptotrade-table.ts'
import { runCryptotrade } from './cryptotrade.ts'
import { figures, maxDrawdownPct, play, type Action } from './cryptotrade-rules.ts'

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
    const rows = await runCryptotrade(dir)
    expect(rows.map(({ strategy }) => strategy)).toEqual(
      expect.arrayContaining([
        'buy_and_hold',
        'hold_initial_50_50',
        'MACD_textbook',
        'sell_all_on_day_1',
        'pumpiq',
        'pumpiq_every_day',
      ]),
    )
    expect(rows.every((row) => row.start === window.start && row.end === window.end)).toBe(true)
    expect(rows[0]!.total_return_pct).toBeLessThan(0)
    expect(rows[1]).toMatchObject({ asset: 'ABC', n_trades: 0, total_return_pct: expect.closeTo(-0.5, 9) })
  })

  it('knows the next open only in the bound, which it does not rank', async () => {
    const rows = await runCryptotrade(await withCells({ strategy: 'optimal_lookahead' }, { strategy: 'buy_and_hold' }))
    expect(rows[0]).toMatchObject({ rank: null, average_rank: null, n_trades: 2 })
    const table = cryptotradeTable(rows)
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

describe('the standing of a row', () => {
  const held = [{ strategy: 'buy_and_hold' }, { strategy: 'hold_initial_50_50' }]
  const twoWindows = async () =>
    runCryptotrade(
      await withCells(...held, ...held.map((cell) => ({ ...cell, start: '2020-01-01', end: '2020-01-03' }))),
    )
  const named = (rows: Awaited<ReturnType<typeof twoWindows>>, name: string) =>
    rows.filter(({ strategy }) => strategy === name)

  it('ranks by return within a window and averages over the windows', async () => {
    const rows = await twoWindows()
    const hold = named(rows, 'buy_and_hold')
    expect(hold.map(({ rank }) => rank)).toEqual([5, 1])
    expect(hold.map(({ average_rank }) => average_rank)).toEqual([3, 3])
    const falls = hold.map(({ max_drawdown_pct }) => max_drawdown_pct)
    expect(falls[0]).toBeGreaterThan(9)
    expect(hold[0]!.average_drawdown_pct).toBeCloseTo((falls[0]! + falls[1]!) / 2, 12)
  })

  it('says on our row, and under the table, what the parameters were chosen on and that a window is not later', async () => {
    const rows = await twoWindows()
    expect(named(rows, 'pumpiq')[0]).toMatchObject({
      params: frozen.policy,
      chosen: { windows: frozen.windows, sets: frozen.sets, before: frozen.before, window_is_later: false },
    })
    expect(named(rows, 'buy_and_hold')[0]).not.toHaveProperty('chosen')
    expect(cryptotradeTable(rows)).toMatch(
      /Chosen on \d+ overlapping windows out of \d+ sets[^]+ 0 of 2 begin after that; on the others the row is not out of sample/,
    )
  })
})

describe('our policy in the game', () => {
  const policy: Policy = { risk: 'moderate', smoothingDays: 1, buyExposure: 0.75, sellExposure: 0.25, band: 0.1 }
  const open = (length: number) => new Float64Array(length).fill(100)
  const half = { cash: 500, held: 5 }

  it('goes to the exposure of a direction once and then stays, and does nothing on HOLD', () => {
    const prices = open(8)
    const { worth, trades } = play(
      prices,
      0,
      7,
      actOn(prices, ['HOLD', 'BUY', 'BUY', 'BUY', 'HOLD', 'SELL', 'SELL', 'HOLD'], policy),
    )
    expect(trades).toBe(2)
    expect([...worth.keys()].filter((day) => day > 0 && worth[day] !== worth[day - 1])).toEqual([2, 6])
  })

  it('leaves an exposure alone that is off by no more than the band, and mends one that is off by more', () => {
    const buyAt = (cash: number, held: number) => actOn(open(1), ['BUY'], policy)(0, { cash, held })
    expect(buyAt(350, 6.5)).toBe(0)
    expect(buyAt(360, 6.4)).toBeCloseTo(110 / 360, 12)
    expect(buyAt(100, 9)).toBeCloseTo(-0.15 / 0.9, 12)
  })

  it('never spends cash that is not there: all in leaves none, fee and gas paid', () => {
    const allIn = actOn(open(1), ['BUY'], { ...policy, buyExposure: 1 })(0, half)
    const spent = allIn * half.cash
    expect(half.cash - spent * 1.004 - 0.147).toBeCloseTo(0, 9)
    expect(actOn(open(1), ['BUY'], { ...policy, buyExposure: 1, band: 0 })(0, { cash: 0.1, held: 10 })).toBe(0)
  })

  it('sells all where SELL wants nothing held', () =>
    expect(actOn(open(1), ['SELL'], { ...policy, sellExposure: 0 })(0, half)).toBe(-1))

  it('takes directions by threshold and hysteresis, and later where scores are smoothed', () => {
    const scores = Float64Array.of(0, 0.3, 0.16, 0.1, -0.3)
    expect(directionsOf(scores, policy)).toEqual(['HOLD', 'BUY', 'BUY', 'HOLD', 'SELL'])
    expect(directionsOf(scores, { ...policy, risk: 'conservative' })).toEqual(['HOLD', 'HOLD', 'HOLD', 'HOLD', 'HOLD'])
    expect(directionsOf(scores, { ...policy, smoothingDays: 5 })[4]).toBe('HOLD')
  })
})

describe('our engine in the game', () => {
  const walk = (seed: number, length: number) => {
    const random = seededRandom(seed)
    let value = 100
    return Float64Array.from({ length }, () => (value *= Math.exp((random() - 0.5) * 0.08)))
  }
  const engines = { pumpiq: createEngine(frozen.policy), pumpiq_every_day: everyDay }
  const rise = Float64Array.from({ length: 200 }, (_, day) => 100 * 1.01 ** day * (1 + 0.01 * Math.sin(day)))
  const fall = rise.map((value) => 1 / value)

  it.each(Object.entries(engines))('%s does at each open what it would do if the opens ended there', (_, engine) => {
    const whole = walk(7, 240)
    const upTo = (day: number, act: Action) =>
      Array.from({ length: day + 1 }, (__, i) => act(i, { cash: 500, held: 500 / whole[i]! }))
    const known = engine(whole)
    expect(new Set(upTo(239, known)).size).toBeGreaterThan(2)
    for (const day of [100, 120, 140, 160, 180, 200, 220]) {
      const after = (factor: number) => whole.map((value, i) => (i > day ? value * factor : value))
      const wanted = upTo(day, known)
      for (const open of [whole.slice(0, day + 1), after(10), after(0.1)])
        expect(upTo(day, engine(open))).toEqual(wanted)
    }
  })

  it('holds much in a long rise, little in a long fall, and pays for few trades', () => {
    const up = play(rise, 100, 199, engines.pumpiq(rise))
    const down = play(fall, 100, 199, engines.pumpiq(fall))
    const often = play(fall, 100, 199, engines.pumpiq_every_day(fall))
    const half = (open: Float64Array) => play(open, 100, 199, () => 0).worth.at(-1)!
    expect(up.worth.at(-1)!).toBeGreaterThan(half(rise))
    expect(down.worth.at(-1)!).toBeGreaterThan(half(fall))
    expect(down.trades).toBeLessThan(often.trades)
  })

  it('acting on every day, sells half on the days of a long fall and buys half on those of a long rise', () => {
    expect(everyDay(rise)(199, { cash: 1, held: 1 })).toBe(0.5)
    expect(everyDay(fall)(199, { cash: 1, held: 1 })).toBe(-0.5)
  })
})
