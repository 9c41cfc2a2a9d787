import {
  callHorizonMs,
  days,
  hours,
  isFailure,
  laterReturn,
  tokenId,
  type Candles,
  type Failure,
  type Token,
  type TokenId,
} from '@pumpiq/domain'
import type { Ask } from '../network/ask.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Source } from '../sources/source.ts'
import { isListable, isPriceOf } from '../sources/ticker-identity.ts'
import type { AuthorCalls, JudgedCall, WaitingCall } from './author-calls.ts'

type Needs = {
  readonly calls: Pick<AuthorCalls, 'waiting' | 'judge'>
  readonly byId: (id: TokenId) => Promise<Token | null>
  /** In order of preference. */
  readonly sources: readonly Source[]
  readonly ask: Ask
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
}

/** So many calls in one round; the rest waits for the next. */
const callsARound = 1_000
/** Behind the end of a call's day, for bars that come late. */
const lateMs = hours(2)
/** What could not be judged for so long is given up. */
const patienceMs = days(7)
const bitcoin = 'bitcoin:native'

export type JudgeAuthors = ReturnType<typeof createJudgeAuthors>

/** Says what came of authors' calls whose day is over: one asking for candles a token, against bitcoin's. What cannot be asked now waits. */
export function createJudgeAuthors({ calls, byId, sources, ask, clock, log }: Needs) {
  const venues = sources.filter(({ feeds }) => feeds.candles)

  /** Closed hours since the instant, of the first venue that has them of this very token; null when none does. */
  async function hoursOf(id: string, since: number, abort?: AbortSignal): Promise<Candles | null> {
    const token = await byId(tokenId(id))
    if (!token || !isListable(token)) return null
    const now = clock.now()
    const limit = Math.ceil((now - since) / hours(1)) + 2
    let failed: Failure | null = null
    for (const source of venues)
      try {
        const get = ask.from(source, { ...(abort && { abort }) })
        const candles = await source.feeds.candles!({ symbol: token.symbol, interval: '1h', limit, now, get, abort })
        if (candles.length > 0 && isPriceOf(token, candles.close[candles.length - 1]!)) return candles
      } catch (thrown) {
        if (!isFailure(thrown) || abort?.aborted) throw thrown
        if (thrown.code !== 'notFound') failed = thrown
      }
    if (failed) throw failed
    return null
  }

  /** What came of the calls about one token; those that wait are left out. */
  function verdicts(waiting: readonly WaitingCall[], candles: Candles | null, market: Candles | null): JudgedCall[] {
    return waiting.flatMap((call): JudgedCall[] => {
      if (!candles) return [{ ...call, ratio: null, problem: 'no venue tells candles of it' }]
      const later = laterReturn(call.at, candles, market, clock.now())
      if (later.result === 'waiting') return []
      const isKnown = later.result === 'known'
      return [{ ...call, ratio: isKnown ? later.ratio : null, problem: isKnown ? null : later.why }]
    })
  }

  /** Null where no venue answered: whoever waits for it waits for the next round. */
  async function answered(
    token: string,
    since: number,
    abort?: AbortSignal,
  ): Promise<{ candles: Candles | null } | null> {
    try {
      return { candles: await hoursOf(token, since, abort) }
    } catch (thrown) {
      if (!isFailure(thrown) || abort?.aborted) throw thrown
      log.debug('calls of authors wait to be judged', { token, error: thrown })
      return null
    }
  }

  return async function judgeAuthors(abort?: AbortSignal): Promise<void> {
    const now = clock.now()
    const all = await calls.waiting(now - callHorizonMs - lateMs, callsARound)
    const old = all.filter(({ at }) => at < now - patienceMs)
    await calls.judge(
      old.map((call) => ({ ...call, ratio: null, problem: 'no venue could be asked in time' })),
      now,
    )
    const due = all.filter(({ at }) => at >= now - patienceMs)
    if (due.length === 0) return
    const market = (await answered(bitcoin, due[0]!.at, abort))?.candles
    if (!market) return
    for (const [token, waiting] of Map.groupBy(due, (call) => call.token)) {
      abort?.throwIfAborted()
      const isMarket = token === bitcoin
      const told = isMarket ? { candles: market } : await answered(token, waiting[0]!.at, abort)
      if (told) await calls.judge(verdicts(waiting, told.candles, isMarket ? null : market), clock.now())
    }
  }
}
