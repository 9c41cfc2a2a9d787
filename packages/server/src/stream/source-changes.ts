import { seconds } from '@pumpiq/domain'
import type { SourceHealth, StreamEvent } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'

type SourceEvent = Extract<StreamEvent, { event: 'sources' }>
type State = Pick<SourceHealth, 'id' | 'state' | 'lastFailure'>

type Needs = {
  guard: Pick<Clock, 'every'>
  states(): readonly State[]
  isHeard(): boolean
  publish(event: SourceEvent): void
}

const lookEveryMs = seconds(2)

/** Tells which sources answer again or no longer, while somebody listens; the first look only remembers. */
export function createSourceChanges({ guard, states, isHeard, publish }: Needs) {
  let last: ReadonlyMap<string, State> | null = null

  function look(): void {
    if (!isHeard()) {
      last = null
      return
    }
    const now = new Map(states().map((one) => [one.id, one]))
    for (const { id, state, lastFailure } of last ? now.values() : []) {
      if (last!.get(id)?.state === state) continue
      publish({ event: 'sources', id, state, why: state === 'down' ? lastFailure : null })
    }
    last = now
  }

  return { look, start: () => guard.every(lookEveryMs, look) }
}
