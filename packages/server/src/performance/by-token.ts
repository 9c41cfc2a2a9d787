import { Timeframe, type TokenId } from '@pumpiq/domain'
import type { Period, TokenPerformance } from '@pumpiq/api'
import type { CountCalls } from './outcomes-counted.ts'
import { spanOf, summarise } from './summary.ts'

type Asked = { countCalls: CountCalls; token: TokenId; period: Period; now: number }

/** The record of one token, each timeframe for itself: those without any call are left out. */
export async function recordOfToken({ countCalls, token, period, now }: Asked): Promise<TokenPerformance> {
  const all = []
  for (const timeframe of Timeframe.options) {
    const { directional, hold, avoid, results, calls, closed, byType, byStatus } = await summarise({
      countCalls,
      period,
      timeframe,
      filters: { token },
      now,
    })
    if (calls > 0) all.push({ timeframe, calls, closed, byType, byStatus, directional, hold, avoid, results })
  }
  return {
    ...spanOf(period, now),
    token,
    calls: all.reduce((sum, { calls }) => sum + calls, 0),
    closed: all.reduce((sum, { closed }) => sum + closed, 0),
    timeframes: all,
    notes: ['House calls only, each timeframe for itself: what counts as independent is its horizon.'],
  }
}
