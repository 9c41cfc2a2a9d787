import { isFailure, seconds, type Kind, type Token, type TokenId } from '@pumpiq/domain'
import type { Ask } from '../network/ask.ts'
import type { Clock } from '../platform/clock.ts'
import type { Source } from '../sources/source.ts'
import { refreshMs } from './freshness.ts'
import { askingsFor } from './gather-kinds.ts'
import { answersByKey, isFresh, keyOf, type Asking, type See } from './see.ts'
import type { Watched } from './watched.ts'

type Needs = {
  /** The tokens somebody needs, those asked about lately first. */
  needed(abort?: AbortSignal): Promise<readonly Token[]>
  /** Those that are switched on. */
  sources: readonly Source[]
  see: See
  watched: Pick<Watched, 'of'>
  ask: Pick<Ask, 'hasRoom'>
  clock: Clock
  /** After how many ms each token is asked about again, the market where there is none; as usual unless given. */
  refreshOf?(kind: Kind): Promise<(token: TokenId | null) => number>
}

export type CollectKind = ReturnType<typeof createCollectKind>

/** Between two askings: nobody waits for a round, and whoever does wait comes first. */
const pauseMs = seconds(0.1)

/**
 * One round of a kind: what is stale of the tokens somebody needs is asked for, hot ones first, as long as each source has half of
 * its budget and quota left; the rest waits for the next round. Answers for how much was asked.
 */
export function createCollectKind({ needed, sources, see, watched, ask, clock, refreshOf = usual }: Needs) {
  async function stale(
    kind: Kind,
    tokens: readonly Token[],
  ): Promise<{ asking: Asking; before: Parameters<See>[1] }[]> {
    const before = answersByKey(await watched.of(['', ...tokens.map(({ id }) => id)]))
    const own = (asking: Asking) => asking.watch.kind === kind
    const all = tokens.flatMap((token) => askingsFor(sources, token, new Set([kind])).filter(own))
    const once = new Map(all.map((asking) => [keyOf(asking), asking]))
    const now = clock.now()
    const refresh = await refreshOf(kind)
    return [...once.entries()]
      .map(([key, asking]) => ({ asking, before: before.get(key) }))
      .filter(({ asking, before: known }) => {
        const afterMs = refresh(asking.token?.id ?? null)
        // Looks are many: one that failed has the same time as one that did not, unless somebody asks.
        const hasTime = known?.problem != null && !known.absent && now - known.askedAt < afterMs
        return !hasTime && !isFresh(known, asking, now, afterMs)
      })
  }

  return async function collectKind(kind: Kind, abort?: AbortSignal): Promise<number> {
    let asked = 0
    for (const { asking, before } of await stale(kind, await needed(abort))) {
      if (abort?.aborted) return asked
      if (!ask.hasRoom(asking.source.id, asking.watch.calls)) continue
      try {
        await see(asking, before)
        asked++
      } catch (thrown) {
        // What a source failed with is in what is kept of it; the database being away ends the round.
        if (isFailure(thrown)) return asked
        throw thrown
      }
      await clock.sleep(pauseMs, abort).catch(() => {})
    }
    return asked
  }
}

const usual = async (kind: Kind) => () => refreshMs[kind]
