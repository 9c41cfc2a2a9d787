import {
  fitsKnownAt,
  isEnough,
  knownBefore,
  makeFit,
  monthsOf,
  monthStart,
  timeframes,
  weightsOf,
  type Fit,
  type KnownFits,
} from '@pumpiq/domain'
import { seededRandom } from '../../platform/random.ts'
import { shippedInputs } from './candidates.ts'
import { collectTrials, type CollectSettings } from './collect-trials.ts'

export type FitsWithin = { readonly fits: readonly Fit[]; knownAt(at: number): KnownFits }

type Asked = { readonly settings: CollectSettings & { readonly seed: number }; readonly version: string }

/**
 * Fits made within a recorded run, one a month, each of nothing but calls whose whole window was over a horizon before its month: what a
 * decision of the month may use. The files are decided once on the prior to learn from.
 */
export async function fitsWithin({ settings, version }: Asked, abort: AbortSignal): Promise<FitsWithin> {
  const { timeframe, seed } = settings
  const { horizonMs } = timeframes[timeframe]
  const weights = weightsOf('technical-only')
  const { trials } = await collectTrials(settings, { abort })
  const byMonth = new Map<number, Fit>()
  for (const month of monthsOf(trials)) {
    const rows = knownBefore(trials, month - horizonMs)
    if (!isEnough(trials, rows, horizonMs)) continue
    const made = makeFit(trials, {
      method: 'backtest',
      below: 'prior',
      timeframe,
      weights,
      kinds: ['technical'],
      ids: shippedInputs,
      rows,
      random: seededRandom(seed),
      skill: null,
      provenance: { engine: version, rows: rows.length, seed, command: 'backtest --calibrated' },
    })
    byMonth.set(month, made)
  }
  return {
    fits: [...byMonth.values()],
    knownAt(at) {
      const fit = byMonth.get(monthStart(at))
      return fitsKnownAt(fit ? [fit] : [], { timeframe, weights, present: ['technical'], at })
    },
  }
}
