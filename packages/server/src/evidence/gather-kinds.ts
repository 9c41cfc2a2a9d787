import {
  kinds,
  toIso,
  type Figure,
  type Freshness,
  type GatheredEvidence,
  type Gap,
  type Kind,
  type KnownNames,
  type Token,
  type Weights,
} from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Source } from '../sources/source.ts'
import { isNative } from '../sources/watch.ts'
import type { CrowdOf } from './crowd-of.ts'
import type { Observations } from './observations.ts'
import { usualFreshness } from './freshness.ts'
import { ownName } from './own-name.ts'
import { answersByKey, isFresh, isUsable, keyOf, type Asking, type See } from './see.ts'
import type { StoriesOf } from './stories-of.ts'
import type { Watched, WatchedAnswer } from './watched.ts'

type Needs = {
  /** Those that are switched on. */
  sources: readonly Source[]
  see: See
  watched: Pick<Watched, 'of'>
  observations: Pick<Observations, 'dayBefore'>
  storiesOf: StoriesOf
  crowdOf: CrowdOf
  /** Figures that no vendor tells: what came in by hooks. */
  ownFigures(token: Token, now: number): Promise<readonly Figure[]>
  /** Names worth imitating. */
  knownNames(): KnownNames
  clock: Clock
  /** How fresh evidence must be where a question does not say it itself; the usual unless given. */
  freshness?(): Promise<Freshness>
  /** Sources of a kind that are off, and why. */
  off: readonly { readonly kind: Kind; readonly source: string; readonly why: string }[]
}

export type GatherKinds = ReturnType<typeof createGatherKinds>
/** Of what was asked for a kind, how much failed. A source that does not know the token has answered. */
export type Tally = Partial<Record<Kind, { readonly asked: number; readonly failed: number }>>

export type Gathered = {
  readonly gathered: Omit<GatheredEvidence, 'pump'>
  readonly gaps: readonly Gap[]
  readonly tally: Tally
}

/** Everything that may be asked for a token, in the kinds that have a weight. Derivatives are technical, and speak for native coins on chain. */
export function askingsFor(sources: readonly Source[], token: Token, wanted: ReadonlySet<Kind>): Asking[] {
  // Whatever is asked for, a contract's safety must be known.
  const all = new Set<Kind>(isNative(token) ? wanted : [...wanted, 'onchain'])
  const isWanted = (kind: Kind) => all.has(kind) || (kind === 'technical' && all.has('onchain'))
  return sources.flatMap((source) =>
    (source.watches ?? []).flatMap((watch): Asking[] => {
      if (!isWanted(watch.kind)) return []
      if (watch.about === 'market') return [{ source, watch, token: null }]
      return watch.serves(token) ? [{ source, watch, token }] : []
    }),
  )
}

export const wantedKinds = (weights: Weights): ReadonlySet<Kind> => new Set(kinds.filter((kind) => weights[kind] > 0))

/**
 * What sources tell of a token beside candles and prices. Only what is stale is asked, all side by side; whatever could not be known is a
 * gap with its source and reason, and lowers its kind's coverage.
 */
export function createGatherKinds({
  sources,
  see,
  watched,
  observations,
  storiesOf,
  crowdOf,
  knownNames,
  ownFigures,
  clock,
  freshness = async () => usualFreshness,
  off,
}: Needs) {
  return async function gatherKinds(token: Token, weights: Weights, own?: Freshness): Promise<Gathered> {
    const { refreshMs, ttlMs } = own ?? (await freshness())
    const wanted = wantedKinds(weights)
    const askings = askingsFor(sources, token, wanted)
    const before = answersByKey(await watched.of([token.id, '']))
    const answers = await Promise.all(
      askings.map(async (asking) => {
        const known = before.get(keyOf(asking))
        const isKnown = known && isFresh(known, asking, clock.now(), refreshMs[asking.watch.kind])
        const answer = isKnown ? known : await see(asking, known)
        return { asking, answer }
      }),
    )
    const now = clock.now()
    const usable = answers.filter(({ asking, answer }) => isUsable(answer, asking, now, ttlMs[asking.watch.kind]))
    const isOurs = ({ token: of }: { token: string | null }) => of === null || of === token.id
    const heard = (kind: 'news' | 'social') => usable.some(({ asking }) => asking.watch.kind === kind)
    const gathered = {
      figures: [...usable.flatMap(({ answer }) => answer.figures.filter(isOurs)), ...(await ownFigures(token, now))],
      earlier: await observations.dayBefore(token.id, now),
      hazards: [...usable.flatMap(({ answer }) => answer.hazards.filter(isOurs)), ...ownName(token, knownNames(), now)],
      stories: wanted.has('news') && heard('news') ? await storiesOf(token, now) : null,
      crowd: wanted.has('social') && heard('social') ? await crowdOf(token, now) : null,
    }
    return {
      gathered,
      gaps: [...answers.flatMap((one) => gapOf(one, now)), ...offGaps(wanted, now)],
      tally: tallyOf(answers),
    }
  }

  /** One line a kind for all that is off: it is known beforehand, and no news. */
  function offGaps(wanted: ReadonlySet<Kind>, now: number): Gap[] {
    return kinds.flatMap((kind): Gap[] => {
      const silent = off.filter((one) => one.kind === kind)
      if (!wanted.has(kind) || silent.length === 0) return []
      const said = silent.map(({ source, why }) => `${source} (${why})`).join(', ')
      return [{ kind, source: null, reason: `not asked: ${said}`, at: toIso(now) }]
    })
  }
}

type Answered = { asking: Asking; answer: WatchedAnswer }

const failed = ({ answer }: Answered): boolean => answer.problem !== null && !answer.absent

function gapOf(answered: Answered, now: number): Gap[] {
  if (!failed(answered)) return []
  const { source, watch } = answered.asking
  const { answer } = answered
  const old = answer.fetchedAt === null ? '' : `; what it said last is from ${toIso(answer.fetchedAt)}`
  return [{ kind: watch.kind, source: source.id, reason: `no ${watch.name}: ${answer.problem}${old}`, at: toIso(now) }]
}

function tallyOf(answers: readonly Answered[]): Tally {
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const own = answers.filter(({ asking }) => asking.watch.kind === kind)
      return own.length === 0 ? [] : [[kind, { asked: own.length, failed: own.filter(failed).length }]]
    }),
  )
}
