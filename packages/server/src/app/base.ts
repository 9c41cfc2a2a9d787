import type { Source } from '../sources/source.ts'
import { adminCardsOf, switchedSources } from '../sources/switched.ts'
import { createCounts } from '../system/metrics-counts.ts'
import { createCountedModel } from '../system/metrics-model.ts'
import type { Outside } from './given.ts'

type Given = Pick<
  Outside,
  'clock' | 'guard' | 'metrics' | 'trace' | 'homeDir' | 'label' | 'models' | 'sources' | 'sourceKeys' | 'sourceChoice'
>

export type Base = ReturnType<typeof createBase>

/** What follows from the outside alone: which sources are on, what is counted, what this process is. */
export function createBase(given: Given) {
  const { clock, guard, metrics, trace, models, sourceKeys } = given
  const { on, off } = switchedSources(given.sources, sourceKeys, given.sourceChoice)
  const sources: readonly Source[] = on
  const simulated = given.label === 'simulated'
  const startedAt = clock.now()
  const counts = createCounts(metrics)
  const counted = createCountedModel(metrics, trace)
  return {
    /** Those that are switched on. */
    sources,
    off,
    cards: adminCardsOf(given.sources, off, sourceKeys),
    simulated,
    labels: simulated ? ['SIMULATED'] : [],
    embedded: given.homeDir !== null,
    startedAt,
    counts,
    models: models && { analyst: counted(models.analyst), reader: counted(models.reader) },
    /** Long work lets the event loop go with it, in real time. */
    pause: () => guard.sleep(0),
  }
}
