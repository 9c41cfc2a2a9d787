import { kinds, type Kind } from '@pumpiq/domain'
import type { ServiceHealth, SourceHealth, StoreHealth, TrackerHealth } from '@pumpiq/api'
import type { JobsHealth as Worked } from '../jobs/runner.ts'
import type { ModelHealth } from '../llm/model.ts'

type Found = {
  readonly store: StoreHealth
  /** Undefined: there is none; null: it answers; else why it does not. */
  readonly redis: string | null | undefined
  readonly work: Worked
  /** Null where the rules alone decide. */
  readonly model: ModelHealth | null
  readonly tracker: TrackerHealth
  readonly states: readonly SourceHealth[]
}

/** What the installation is made of, each part for itself. Who is told of it was answered by the database. */
export const servicesOf = ({ store, redis, work, model, tracker, states }: Found): ServiceHealth[] => [
  {
    name: 'database',
    state: store.replica === 'away' ? 'degraded' : 'up',
    detail: `${store.engine}${store.replica === 'away' ? ', its replica cannot be read' : ''}`,
  },
  redisOf(redis),
  {
    name: 'queue',
    state: work.backend.answers ? 'up' : 'down',
    detail: work.backend.answers ? work.backend.kind : `${work.backend.kind} does not answer`,
  },
  engineOf(model),
  trackerOf(tracker),
  ...kinds.map((kind) => collectorOf(kind, states)),
]

function redisOf(problem: Found['redis']): ServiceHealth {
  if (problem === undefined) return { name: 'redis', state: 'off', detail: 'one process needs none' }
  return { name: 'redis', state: problem === null ? 'up' : 'down', detail: problem ?? 'answers' }
}

function engineOf(model: ModelHealth | null): ServiceHealth {
  if (model === null)
    return { name: 'engine', state: 'up', detail: 'the rules decide and write the reasons; no model is configured' }
  const { model: id, leftAlone } = model
  if (leftAlone === null) return { name: 'engine', state: 'up', detail: `the rules, with ${id}` }
  const detail = `the rules alone: ${id} is left alone until ${leftAlone.until}, ${leftAlone.why}`
  return { name: 'engine', state: 'degraded', detail }
}

function trackerOf({ state, open }: TrackerHealth): ServiceHealth {
  const detail = `${open} calls are followed, ${state.replace('_', ' ')}`
  return { name: 'tracker', state: state === 'stale' ? 'degraded' : 'up', detail }
}

/** A kind is down when nobody of those that were asked answers. */
function collectorOf(kind: Kind, states: readonly SourceHealth[]): ServiceHealth {
  const own = states.filter(({ kinds: of, off }) => of.includes(kind) && off === null)
  const count = (state: SourceHealth['state']) => own.filter((source) => source.state === state).length
  const [up, down, unknown] = [count('up'), count('down'), count('unknown')]
  const state =
    own.length === 0 ? 'off' : up + down === 0 ? 'unknown' : down === 0 ? 'up' : up === 0 ? 'down' : 'degraded'
  return { name: `collector:${kind}`, state, detail: `${up} up, ${down} down, ${unknown} not asked yet` }
}
