import {
  canonical,
  fitsKnownAt,
  LEAST_N,
  makeFit,
  shippedFits,
  timeframes,
  Timeframe,
  worthOf,
  type Fit,
  type InputId,
  type Kind,
  type Weights,
} from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import { sha256Hex } from '../platform/hash.ts'
import { seededRandom } from '../platform/random.ts'
import type { FitStore } from './fit-store.ts'
import type { createLiveTrials, LiveGroup } from './live-trials.ts'

type Needs = {
  liveTrials: ReturnType<typeof createLiveTrials>
  fits: FitStore
  clock: Pick<Clock, 'now'>
  engineVersion: string
}

/** The bootstrap draws the same way each time: the same record gives the same fit. */
const seed = 1

/** With fewer blocks of time only the level is moved: slopes would be guesses. */
const blocksForSlopes = 20

export type CalibrateLive = ReturnType<typeof createCalibrateLive>

/**
 * Fits the live level anew from the house calls whose windows are over, for each timeframe, set of weights and set of kinds present, and
 * keeps a fit where it differs from the last. Under thirty independent calls there is none.
 */
export function createCalibrateLive({ liveTrials, fits, clock, engineVersion }: Needs) {
  return async function calibrateLive(abort?: AbortSignal): Promise<void> {
    const at = clock.now()
    for (const timeframe of Timeframe.options) {
      const below = (weights: Weights, present: readonly Kind[]) =>
        fitsKnownAt(shippedFits, { timeframe, weights, present, at }).fits.length > 0 ? 'backtest' : 'prior'
      for (const group of await liveTrials(timeframe, at, below)) {
        abort?.throwIfAborted()
        const fit = fitOf(timeframe, group, below(group.weights, group.kinds), engineVersion)
        if (fit) await fits.keep(sha256Hex(canonical(fit)), fit, at)
      }
    }
  }
}

/** Null where there are too few independent calls. */
function fitOf(timeframe: Timeframe, group: LiveGroup, below: Fit['below'], engine: string): Fit | null {
  const { trials, weights, kinds } = group
  const { horizonMs } = timeframes[timeframe]
  const rows = Uint32Array.from({ length: trials.length }, (_, i) => i)
  if (worthOf(trials, rows, horizonMs) < LEAST_N) return null
  const make = (ids: readonly InputId[]) =>
    makeFit(trials, {
      method: 'live',
      below,
      timeframe,
      weights,
      kinds,
      ids,
      rows,
      random: seededRandom(seed),
      skill: null,
      provenance: { engine, rows: trials.length, seed, command: 'closed house calls of the ledger' },
    })
  const level = make(['shift'])
  return level.blocks < blocksForSlopes ? level : make(['shift', 'below', 'lean'])
}
