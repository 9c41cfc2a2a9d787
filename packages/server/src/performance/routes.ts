import { z } from 'zod'
import { decodeCursor, encodeCursor, type HandlersOf } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import type { Outcomes } from './outcomes.ts'
import { endedFrom, summarise } from './summary.ts'

const Position = z.object({ r: z.number().nullable(), id: z.uuid() })

type Needs = { outcomes: Outcomes; clock: Pick<Clock, 'now'> }

export function createPerformanceRoutes({ outcomes, clock }: Needs): HandlersOf<'performance'> {
  return {
    summary: ({ query: { period, timeframe } }) => summarise({ outcomes, period, timeframe, now: clock.now() }),
    async recommendations({ query: { period, timeframe, type, cursor, limit } }) {
      const rows = await outcomes.closed({
        endedFrom: endedFrom(period, clock.now()),
        timeframe: timeframe ?? null,
        type: type ?? null,
        after: cursor === undefined ? null : decodeCursor(Position, cursor),
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      const last = rows.length > limit ? page.at(-1) : undefined
      return { items: page.map(({ item }) => item), next: last ? encodeCursor(last.position) : null }
    },
  }
}
