import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { shippedFits, type Timeframe } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { usualEveryMs } from './usual-every.ts'
import { fitOf, walkForward } from './walk-forward.ts'

const data = process.env['EVALUATION_DIR']

const filesIn = async (...folders: readonly string[]): Promise<string[]> => {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const path = join(data!, 'data', 'candles', folder)
      return (await readdir(path)).toSorted().map((name) => join(path, name))
    }),
  )
  return found.flat()
}

const settingsFor = (timeframe: Timeframe, paths: readonly string[]) =>
  ({
    paths,
    timeframe,
    risk: 'moderate',
    costs: { feePctPerSide: 0.1, slippageBpsPerSide: 5 },
    everyMs: usualEveryMs[timeframe],
    lagMs: 0,
    seed: 1,
    folds: 5,
    only: [],
  }) as const

const evaluated = async (timeframe: Timeframe, paths: readonly string[]) => {
  const settings = settingsFor(timeframe, paths)
  const found = await walkForward(settings, new AbortController().signal)
  const provenance = { engine: 'any', command: 'any' }
  return { report: found.report, made: fitOf(found, settings, provenance) }
}

describe.skipIf(!data)('the walk-forward on recorded markets (skipped without EVALUATION_DIR)', () => {
  it('makes the shipped fit of DAY_TRADE again from the same files, and its error is as shipped', async () => {
    const paths = await filesIn('binance_15m_2023_2024', 'binance_15m_launches')
    const { report, made } = await evaluated('DAY_TRADE', paths)
    const shipped = shippedFits.find(({ timeframe }) => timeframe === 'DAY_TRADE')!
    expect('fit' in made).toBe(true)
    if (!('fit' in made)) return
    const figures = ({ provenance: { seed, rows }, ...fit }: typeof shipped) => ({ ...fit, seed, rows })
    expect(figures(made.fit)).toEqual(figures(shipped))
    const { scores } = report.models.find(({ id }) => id === 'score')!
    expect(Math.max(scores.ece, scores.eceTenths)).toBeLessThanOrEqual(0.03)
    expect(report.verdict).toMatch(/no edge after costs is shown/)
  }, 600_000)

  it('says the same of a few pairs of hours each time, and too little of one that is too short', async () => {
    const all = await filesIn('binance_1h_2021_2023')
    const few = all.filter((path) => /\/(BTC|ETH|DOGE|PEPE)USDT_/.test(path))
    const [one, other] = [await evaluated('SWING', few), await evaluated('SWING', few)]
    expect(other).toEqual(one)
    expect(one.report.tested).toBeGreaterThan(3_000)
    const short = all.filter((path) => /\/(ARKM|CYBER)USDT_/.test(path))
    expect((await evaluated('SWING', short)).made).toEqual({ why: expect.stringMatching(/^too little history/) })
  }, 600_000)
})
