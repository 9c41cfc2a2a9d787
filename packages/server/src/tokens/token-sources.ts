import { Failure, isFailure, seconds, type Token } from '@pumpiq/domain'
import type { Ask } from '../network/ask.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Source } from '../sources/source.ts'
import type { FetchCatalogue, LookUp } from './tokens.ts'

/** Of 250 coins each. */
const cataloguePages = 2

/** Whoever asks for an address waits for it. */
const answerWithinMs = seconds(3)

type Needs = { sources: readonly Source[]; ask: Ask; clock: Pick<Clock, 'now'>; log: Log }

/** How the sources are asked which tokens there are. */
export function createTokenSources({ sources, ask, clock, log }: Needs) {
  const catalogue: FetchCatalogue = async (abort) => {
    const source = sources.find(({ feeds }) => feeds.catalogue)
    if (!source?.feeds.catalogue) throw new Failure('unavailable', 'no source of the token catalogue is configured')
    const get = ask.from(source, { ...(abort && { abort }) })
    const omit = (catalogueId: string, why: string) =>
      log.debug('a coin is left out of the catalogue', { catalogueId, why })
    return source.feeds.catalogue({ pages: cataloguePages, get, omit, ...(abort && { abort }) })
  }

  /** Every source that looks tokens up, side by side; of a token that several know the first says what it is. Nothing is an answer only where all have answered. */
  const lookUp: LookUp = async (query, abort) => {
    const asked = sources.filter(({ feeds }) => feeds.lookup)
    const answers = await Promise.allSettled(
      asked.map((source) => {
        const get = ask.from(source, { withinMs: answerWithinMs, ...(abort && { abort }) })
        return source.feeds.lookup!({ query, now: clock.now(), get, abort })
      }),
    )
    const heard = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
    const failed = answers.find((answer) => answer.status === 'rejected')
    const found = firstOfEach(heard.flat())
    if (found.length === 0 && failed) throw failed.reason as Error
    return found
  }

  /** What was made or brought to market lately, from every source that tells it; one that fails says nothing of the others. */
  async function fresh(abort?: AbortSignal): Promise<Token[]> {
    const found: Token[] = []
    for (const source of sources.filter(({ feeds }) => feeds.fresh)) {
      try {
        const get = ask.from(source, { ...(abort && { abort }) })
        found.push(...(await source.feeds.fresh!({ now: clock.now(), get, abort })))
      } catch (thrown) {
        if (!isFailure(thrown)) throw thrown
        log.debug('no new tokens', { source: source.id, why: thrown.message })
      }
    }
    return firstOfEach(found)
  }

  return { catalogue, lookUp, fresh }
}

const firstOfEach = (tokens: readonly Token[]): Token[] => [
  ...new Map(tokens.toReversed().map((token) => [token.id, token])).values(),
]
