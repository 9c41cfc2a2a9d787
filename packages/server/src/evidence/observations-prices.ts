import { isFailure, minutes, seconds, type Quote, type Token } from '@pumpiq/domain'
import type { Ask } from '../network/ask.ts'
import type { Clock } from '../platform/clock.ts'
import type { Source } from '../sources/source.ts'
import { isPriceOf } from '../sources/ticker-identity.ts'
import { priceSeen, type Observations } from './observations.ts'

type Needs = {
  /** The tracked tokens. */
  universe(abort?: AbortSignal): Promise<readonly Token[]>
  /** In order of preference. */
  sources: readonly Source[]
  ask: Pick<Ask, 'from' | 'health'>
  observations: Pick<Observations, 'keep'>
  clock: Clock
}

export type CollectPrices = ReturnType<typeof createCollectPrices>

/** Between two tokens at most: the narrowest budget among the venues is one question a second. */
const longestPauseMs = seconds(1)
/** All pauses of a round together: with the answers between them it ends before the next one begins. */
const pausesMs = seconds(20)
/** A price that does not come by then is not waited for: the next round is near. */
const answerWithinMs = seconds(2)
/** Which venue lists a token, or that none does, is found out anew after so long. */
const foundForMs = minutes(60)

/**
 * The last price of every tracked token, from the first venue that has it, kept as observations. It is gentle: one question at a time, and
 * none to a venue whose budget is half used: those who decide and those who wait for an answer come first.
 */
export function createCollectPrices({ universe, sources, ask, observations, clock }: Needs) {
  const withPrices = sources.filter(({ feeds }) => feeds.price)
  /** By token: the venues worth asking, and until when that is believed. */
  const found = new Map<string, { venues: readonly Source[]; until: number }>()

  const hasRoom = ({ id }: Source): boolean => {
    const health = ask.health().find(({ source }) => source === id)
    if (!health) return true
    const { heldUntil, breaker, quota } = health
    return heldUntil === null && breaker !== 'open' && quota.left * 2 >= quota.calls
  }

  async function priceOf(token: Token, abort?: AbortSignal): Promise<Quote | null> {
    const known = found.get(token.id)
    const venues = known && known.until > clock.monotonic() ? known.venues : withPrices
    const absent = new Set<Source>()
    for (const venue of venues) {
      abort?.throwIfAborted()
      if (!hasRoom(venue)) continue
      try {
        const waits = { patienceMs: answerWithinMs, withinMs: answerWithinMs, ...(abort && { abort }) }
        const get = ask.from(venue, waits)
        const quote = await venue.feeds.price!({
          symbol: token.symbol,
          now: clock.now(),
          get,
          ...(abort && { abort }),
        })
        if (isPriceOf(token, Number(quote.price))) {
          if (absent.size > 0) forget(token, venues, absent)
          return quote
        }
        // It lists another token under this ticker.
        absent.add(venue)
      } catch (thrown) {
        if (!isFailure(thrown)) throw thrown
        // Whatever else a venue fails with is counted where it was asked.
        if (thrown.code === 'notFound') absent.add(venue)
      }
    }
    if (absent.size > 0) forget(token, venues, absent)
    return null
  }

  function forget(token: Token, venues: readonly Source[], absent: ReadonlySet<Source>): void {
    const until = found.get(token.id)?.until ?? -Infinity
    found.set(token.id, {
      venues: venues.filter((venue) => !absent.has(venue)),
      until: until > clock.monotonic() ? until : clock.monotonic() + foundForMs,
    })
  }

  /** One round; answers for how many tokens a price was kept. */
  return async function collectPrices(abort?: AbortSignal): Promise<number> {
    const tokens = await universe(abort)
    const ids = new Set<string>(tokens.map(({ id }) => id))
    for (const id of found.keys()) if (!ids.has(id)) found.delete(id)
    let kept = 0
    for (const token of tokens) {
      if (abort?.aborted) return kept
      const quote = await priceOf(token, abort)
      if (quote) {
        await observations.keep([priceSeen(token.id, quote)])
        kept++
      }
      await clock.sleep(Math.min(longestPauseMs, pausesMs / tokens.length), abort)
    }
    return kept
  }
}
