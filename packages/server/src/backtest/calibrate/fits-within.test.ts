import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { minutes } from '@pumpiq/domain'
import { expect, it } from 'vitest'
import { backtest as command } from '../../cli/backtest.ts'
import { collecting, madeUpCandles, writeWithFuture } from '../testing.ts'

const startAt = Date.UTC(2023, 0, 1)
const candles = madeUpCandles({ seed: 5, length: 9_600, intervalMs: minutes(15), startAt })
const folder = await mkdtemp(join(tmpdir(), 'calibrated-'))

type Row = { issuedAt: string; type: string; confidence: { method: string; measured: number; below?: object } | null }
type Answer = {
  recommendations: Row[]
  summary: { calibration: { n: number }; measured?: { fits: number; n: number; statedR: number; madeR: number } }
}

async function answer(name: string, future: 'whole' | 'tenfold', at: number, ...args: string[]): Promise<Answer> {
  const path = join(folder, name)
  await writeWithFuture(path, candles, at, future)
  const { outside, printed } = collecting()
  const asked = ['--candles', path, '--timeframe', 'DAY_TRADE', '--every', '1h', '--json', ...args]
  expect(await command.run(asked, outside)).toBe(0)
  return JSON.parse(printed()) as Answer
}

const isSide = ({ type }: Row) => type === 'BUY' || type === 'SELL'
const cut = Date.UTC(2023, 2, 20)

it('a backtest keeps to the prior unless it is asked for fits, which are of months before and change no call', async () => {
  const plain = await answer('AAA_15m.csv', 'whole', 0)
  const made = await answer('AAA_15m.csv', 'whole', 0, '--calibrated')
  expect(plain.recommendations.every(({ confidence }) => !confidence || confidence.method === 'prior')).toBe(true)
  expect(plain.summary.measured).toBeUndefined()
  const without = ({
    confidence: _,
    ...row
  }: Row & { breakEven?: number; expectedR?: number; warnings?: string[] }) => ({
    ...row,
    breakEven: 0,
    expectedR: 0,
    warnings: [],
  })
  expect(made.recommendations.map(without)).toEqual(plain.recommendations.map(without))
  const methodsIn = (month: string) =>
    new Set(
      made.recommendations
        .filter((row) => isSide(row) && row.issuedAt.startsWith(month))
        .map((row) => row.confidence!.method),
    )
  expect(methodsIn('2023-01')).toEqual(new Set(['prior']))
  expect(methodsIn('2023-03')).toContain('backtest')
  const { measured, calibration } = made.summary
  expect(measured!.fits).toBeGreaterThan(0)
  expect(measured!.n).toBe(calibration.n)
  expect(Math.abs(measured!.statedR)).toBeLessThan(1)
})

it('a fit within a run knows nothing of what comes after', async () => {
  const whole = await answer('BBB_15m.csv', 'whole', cut, '--calibrated')
  const altered = await answer('BBB_15m.csv', 'tenfold', cut, '--calibrated')
  const before = ({ recommendations }: Answer) =>
    recommendations
      .filter(({ issuedAt }) => Date.parse(issuedAt) <= cut)
      .map(({ issuedAt, type, confidence }) => ({ issuedAt, type, confidence }))
  expect(before(altered)).toEqual(before(whole))
  expect(before(whole).some(({ confidence }) => confidence?.method === 'backtest')).toBe(true)
})
