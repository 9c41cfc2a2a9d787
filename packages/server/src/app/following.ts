import { createCandleStore } from '../evidence/candles.ts'
import { createFillCandles } from '../evidence/candles-fill.ts'
import { createSecondVenue } from '../evidence/second-venue.ts'
import type { CandleStream } from '../evidence/stream.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Ask } from '../network/ask.ts'
import { createPlayDueBaselines } from '../performance/baselines-job.ts'
import { createCalibrateLive } from '../performance/calibrate-live.ts'
import { createFitStore } from '../performance/fit-store.ts'
import { createFollowingStore } from '../performance/following.ts'
import { performanceJobs } from '../performance/jobs.ts'
import { createLiveTrials } from '../performance/live-trials.ts'
import { createCountCalls } from '../performance/outcomes-counted.ts'
import { createOutcomes } from '../performance/outcomes.ts'
import { createPerformanceRoutes } from '../performance/routes.ts'
import { createSettle, type Settle } from '../performance/settle.ts'
import { createTrackerState } from '../performance/state.ts'
import type { Tell } from '../performance/tell.ts'
import { createTracker } from '../performance/track.ts'
import type { Recommendations } from '../recommendations/store.ts'
import type { Base } from './base.ts'
import type { Outside } from './given.ts'

type Given = Pick<Outside, 'db' | 'clock' | 'log'>

type Needs = Pick<Base, 'sources' | 'counts' | 'startedAt' | 'pause'> & {
  ask: Ask
  ledger: Ledger
  tell: Tell
  stream: CandleStream | null
  holder: string
}

/** Calls are followed to their outcomes, over closed candles. */
export function openFollowing({ db, clock, log }: Given, needs: Needs) {
  const { sources, counts, startedAt, pause, ask, ledger, tell, stream, holder } = needs
  const outcomes = createOutcomes({ db })
  const followings = createFollowingStore({ db, pause })
  const candles = createCandleStore({ db })
  const settle = createSettle({ ledger, outcomes, clock, tell })
  return {
    outcomes,
    trackerState: createTrackerState({ db, clock, startedAt, followings, outcomes }),
    tracker: createTracker({
      db,
      fill: createFillCandles({ sources, ask, candles, clock }),
      candles,
      followings,
      outcomes,
      settle: counted(settle, counts),
      tell,
      second: createSecondVenue({ sources, ask, clock }),
      stream,
      clock,
      pause,
      log,
      holder,
    }),
  }
}

const counted =
  (settle: Settle, counts: Pick<Base['counts'], 'outcome'>): Settle =>
  async (...ending) => {
    const sealed = await settle(...ending)
    counts.outcome(sealed.outcome.status, sealed.version)
    return sealed
  }

type Counting = { recommendations: Pick<Recommendations, 'inputs'>; pause: Base['pause'] }

/** What followed calls come to: counted, set beside baselines, and what confidence is measured by. */
export function openPerformance(
  { db, reads, clock, log, version }: Given & Pick<Outside, 'reads' | 'version'>,
  { recommendations, pause }: Counting,
) {
  const fits = createFitStore({ db })
  const liveTrials = createLiveTrials({ db, pause })
  const countCalls = createCountCalls({ db: reads.db, pause })
  return {
    fits,
    countCalls,
    jobs: performanceJobs({
      playDueBaselines: createPlayDueBaselines({ db, inputs: recommendations.inputs, clock, log }),
      calibrateLive: createCalibrateLive({ liveTrials, fits, clock, engineVersion: version }),
    }),
    routes: createPerformanceRoutes({ outcomes: createOutcomes({ db: reads.db }), countCalls, pause, clock }),
  }
}
