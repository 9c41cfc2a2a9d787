import { join } from 'node:path'
import { suspicion } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { areaUnderCurve, readEvaluationRows } from '../testing/evaluation-rows.ts'

const folder = process.env['EVALUATION_DIR']

/**
 * Left out, for they depend on how long the pool was watched, and it was watched until the pull where there was one: counts and mean
 * periods of mints, swaps and burns, their ratios, the swap rate, the average and spread of providers' shares. And the number of tokens of
 * one creator, which counts later ones too.
 */
const left = ['swap_rate', 'swap_mean_period', 'mint_ratio', 'mint_count_per_week', 'lp_avg'] as const

describe.skipIf(!folder)('suspicion over pools of Uniswap in 2021 (needs EVALUATION_DIR)', () => {
  it('tells rug pulls from others by who holds the pool and the supply, without what leaks', async () => {
    const rows = await readEvaluationRows(join(folder!, 'data/onchain/uniswap_rugpull_features/tokens.csv.gz'))
    const scored = rows.map((row) => ({
      isBad: row['is_rugpull'] === '1',
      score: suspicion({
        lpCreatorRatio: Number(row['lp_creator_holding_ratio']),
        lpLockedRatio: Number(row['lp_lock_ratio']),
        developerRatio: Number(row['token_creator_holding_ratio']),
        top10Ratio: null,
        mintable: null,
      })!,
    }))
    const areaOf = (name: string) =>
      areaUnderCurve(rows.map((row, i) => ({ score: Number(row[name]), isBad: scored[i]!.isBad })))
    const area = areaUnderCurve(scored)
    const bad = scored.filter(({ isBad }) => isBad)
    const good = scored.filter(({ isBad }) => !isBad)
    const above = (of: typeof scored, level: number) => of.filter(({ score }) => score > level).length / of.length
    process.stdout.write(
      [
        `suspicion over ${rows.length} pools, ${bad.length} of them pulled: AUC ${area.toFixed(3)}`,
        `  the best single feature (what the creator holds of the pool): ${areaOf('lp_creator_holding_ratio').toFixed(3)}`,
        ...[0.3, 0.5, 0.7].map(
          (level) =>
            `  above ${level}: ${(above(bad, level) * 100).toFixed(1)} % of the pulled, ${(above(good, level) * 100).toFixed(1)} % of the others`,
        ),
        `  left out for leaking: ${left.map((name) => `${name} ${areaOf(name).toFixed(3)}`).join(', ')}`,
        '',
      ].join('\n'),
    )
    expect(rows).toHaveLength(12_780)
    expect(area).toBeGreaterThanOrEqual(0.905)
    expect(area).toBeGreaterThan(areaOf('lp_creator_holding_ratio'))
  })
})
