import { z } from 'zod'
import { decodeCursor, encodeCursor, type HandlersOf } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import type { Outcomes } from './outcomes.ts'
import { baselinesBeside } from './baselines.ts'
import { breakDown } from './breakdown.ts'
import { recordOfToken } from './by-token.ts'
import { equityOf } from './equity.ts'
import type { CountCalls, Pause } from './outcomes-counted.ts'
import { calibrate } from './summary-calibration.ts'
import { endedFrom, summarise } from './summary.ts'

const Position = z.object({ r: z.number().nullable(), id: z.uuid() })

type Needs = { outcomes: Outcomes; countCalls: CountCalls; pause: Pause; clock: Pick<Clock, 'now'> }

export function createPerformanceRoutes({ outcomes, countCalls, pause, clock }: Needs): HandlersOf<'performance'> {
  const asked = () => ({ countCalls, now: clock.now() })
  return {
    summary: ({ query: { period, timeframe, ...filters } }) => summarise({ ...asked(), period, timeframe, filters }),
    breakdown: ({ query: { by, period, timeframe, ...filters } }) =>
      breakDown({ ...asked(), by, period, timeframe, filters, pause }),
    baselines: ({ query }) => baselinesBeside({ ...asked(), ...query }),
    equity: ({ query }) => equityOf({ ...asked(), ...query }),
    calibration: ({ query }) => calibrate({ ...asked(), ...query }),
    token: ({ params: { id: token }, query: { period } }) => recordOfToken({ ...asked(), token, period }),
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
