import { createTechnical } from '../dossier/technical.ts'
import { viewsOf } from '../dossier/view.ts'
import type { Candles } from '../words/candles.ts'
import type { Profile } from '../words/profile.ts'
import { callOf, type Decider } from './call.ts'

/**
 * Decides on one unbroken run of recorded candles, in numbers: what `rules` does with a dossier, without the documents. The last known
 * close is the price.
 */
export function createDecider(candles: Candles, profile: Profile): Decider {
  const technical = createTechnical(candles)
  return {
    callAt(bars, at, previous) {
      const { readings, facts } = technical.at(bars)
      return callOf({
        at,
        price: bars > 0 ? candles.close[bars - 1]! : null,
        facts,
        views: viewsOf(readings, 'native'),
        profile,
        previous: previous?.type ?? null,
        safety: null,
        unable: null,
      })
    },
  }
}
