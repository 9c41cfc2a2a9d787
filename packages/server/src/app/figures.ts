import { readerDisagreements } from '../evidence/read-by-model.ts'
import { lastSealed } from '../ledger/last-sealed.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Ask } from '../network/ask.ts'
import type { CountCalls } from '../performance/outcomes-counted.ts'
import type { createTrackerState } from '../performance/state.ts'
import { calibrate } from '../performance/summary-calibration.ts'
import { summarise } from '../performance/summary.ts'
import type { House } from '../recommendations/house.ts'
import { createFigures } from '../system/metrics.ts'
import type { Base } from './base.ts'
import type { Outside } from './given.ts'
import type { Lines } from './lines.ts'
import type { Jobs } from './running.ts'
import type { OpenedSystem } from './system.ts'

type Given = Pick<Outside, 'db' | 'clock' | 'guard' | 'log' | 'metrics' | 'roles' | 'version' | 'houseProfile'>

type Needs = Pick<Base, 'simulated' | 'models'> & {
  lines: Pick<Lines, 'states'>
  store: OpenedSystem['store']
  ask: Pick<Ask, 'health'>
  jobs: Pick<Jobs, 'health'>
  trackerState: Pick<ReturnType<typeof createTrackerState>, 'health'>
  house: Pick<House, 'progress'>
  ledger: Ledger
  countCalls: CountCalls
}

/** What is told of a running process and of its record, to whoever may read it. */
export function openFigures(given: Given, needs: Needs) {
  const { db, clock, guard, log, metrics, roles, version, houseProfile } = given
  const { simulated, models, ledger, countCalls } = needs
  const recordOf = () => ({
    countCalls,
    period: '30d' as const,
    timeframe: houseProfile.timeframe,
    now: clock.now(),
  })
  return createFigures({
    metrics,
    roles,
    version,
    simulated,
    clock,
    guard,
    log,
    lines: needs.lines.states,
    store: needs.store,
    asked: needs.ask.health,
    jobs: needs.jobs.health,
    tracker: needs.trackerState.health,
    house: needs.house.progress,
    sealing: () => lastSealed(ledger),
    record: async () => ({ summary: await summarise(recordOf()), calibration: await calibrate(recordOf()) }),
    models: models && (async () => ({ analyst: await models.analyst.health(), reader: await models.reader.health() })),
    disagreements: () => readerDisagreements(db),
  })
}
