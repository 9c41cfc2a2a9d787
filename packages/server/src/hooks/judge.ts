import {
  alertHorizonBars,
  alertRangeBars,
  Failure,
  intervalNames,
  intervals,
  isFailure,
  judgeAlert,
  tokenId,
  type AlertVerdict,
  type Candles,
  type Token,
  type TokenId,
} from '@pumpiq/domain'
import type { Ask } from '../network/ask.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { mostCandles, type Source } from '../sources/source.ts'
import { isListable, isPriceOf } from '../sources/ticker-identity.ts'
import type { KeptAlert, HookStore } from './store.ts'

type Needs = {
  readonly store: HookStore
  readonly byId: (id: TokenId) => Promise<Token | null>
  /** In order of preference. */
  readonly sources: readonly Source[]
  readonly ask: Ask
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
}

/** So many in one round; the rest waits for the next. */
const alertsARound = 50
/** Beyond the first bars of the range, for what is averaged before it settles; and behind the end, for the entry that comes late. */
const spareBars = 40

export type JudgeAlerts = (abort?: AbortSignal) => Promise<void>

/** Says what came of alerts whose time is over. What cannot be asked now is asked the next time, until it lies too far back. */
export function createJudgeAlerts({ store, byId, sources, ask, clock, log }: Needs): JudgeAlerts {
  const venues = sources.filter(({ feeds }) => feeds.candles)

  /** Candles from before the alert until now, of the first venue that lists the token; null when none does. */
  async function candlesOf(token: Token, { interval, at }: KeptAlert, abort?: AbortSignal): Promise<Candles | null> {
    const now = clock.now()
    const limit = Math.ceil((now - Date.parse(at)) / intervals[interval]) + alertRangeBars + spareBars
    if (limit > mostCandles || !isListable(token)) return null
    let failed: Failure | null = null
    for (const source of venues)
      try {
        const get = ask.from(source, { ...(abort && { abort }) })
        const candles = await source.feeds.candles!({ symbol: token.symbol, interval, limit, now, get, abort })
        if (isSame(token, candles)) return candles
      } catch (thrown) {
        if (!isFailure(thrown) || abort?.aborted) throw thrown
        if (thrown.code !== 'notFound') failed = thrown
      }
    if (failed) throw failed
    return null
  }

  async function verdictOf(alert: KeptAlert, abort?: AbortSignal): Promise<AlertVerdict> {
    const token = await byId(tokenId(alert.token))
    const candles = token && (await candlesOf(token, alert, abort))
    if (!candles) return { result: 'unknown', why: 'no venue tells candles of it that reach so far back' }
    const { side, at } = alert
    if (side === 'close') throw new Failure('broken', 'an alert to close is not judged')
    return judgeAlert({ side, at: Date.parse(at) }, candles, clock.now())
  }

  return async function judgeAlerts(abort) {
    for (const interval of intervalNames) {
      const over = clock.now() - (alertHorizonBars + 2) * intervals[interval]
      for (const alert of await store.unjudged(interval, over, alertsARound)) {
        abort?.throwIfAborted()
        try {
          const verdict = await verdictOf(alert, abort)
          if (verdict.result === 'waiting') continue
          const problem = verdict.result === 'unknown' ? verdict.why : null
          await store.judge(alert.id, verdict.result, problem, clock.now())
        } catch (thrown) {
          if (!isFailure(thrown) || abort?.aborted) throw thrown
          log.debug('an alert waits to be judged', { alert: alert.id, error: thrown })
        }
      }
    }
  }
}

/** Whether the venue means the same token by the ticker, as far as its last close tells. */
const isSame = (token: Token, { close, length }: Candles): boolean => length > 0 && isPriceOf(token, close[length - 1]!)
