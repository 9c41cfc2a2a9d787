import type { KnownFits } from '../confidence/fit.ts'
import { createTechnical } from '../dossier/technical.ts'
import { viewsOf } from '../dossier/view.ts'
import type { Candles } from '../words/candles.ts'
import type { Facts } from '../dossier/facts.ts'
import type { Profile } from '../words/profile.ts'
import type { Views } from '../dossier/view.ts'
import { callOf, type Call, type Decider } from './call.ts'

/** What a call was made from, for who learns from calls. */
export type Seen = { readonly call: Call; readonly facts: Facts | null; readonly views: Views }

type Also = {
  /** Fits that were known at an instant; absent: the prior stands. */
  fitsKnownAt?(at: number): KnownFits
  saw?(seen: Seen): void
}

/**
 * Decides on one unbroken run of recorded candles, in numbers: what `rules` does with a dossier, without the documents. The last known
 * close is the price.
 */
export function createDecider(candles: Candles, profile: Profile, also: Also = {}): Decider {
  const technical = createTechnical(candles)
  return {
    callAt(bars, at, previous) {
      const { readings, facts } = technical.at(bars)
      const views = viewsOf(readings, 'native')
      const call = callOf({
        at,
        price: bars > 0 ? candles.close[bars - 1]! : null,
        facts,
        views,
        profile,
        previous: previous?.type ?? null,
        safety: null,
        unable: null,
        calibration: also.fitsKnownAt?.(at) ?? null,
      })
      also.saw?.({ call, facts, views })
      return call
    },
  }
}
