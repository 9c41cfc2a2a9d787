import { z } from 'zod'
import { Brief, Failure, houseProfile, labelOf, SealedEvidence, weightsOf, type Profile } from '@pumpiq/domain'
import {
  CursorInstant,
  decodeCursor,
  encodeCursor,
  openJobsAtMost,
  type Anybody,
  type Caller,
  type HandlersOf,
  type OutcomeShort,
  type RecommendationOutcome,
} from '@pumpiq/api'
import { seriesOf } from '../evidence/series.ts'
import type { Tokens } from '../tokens/tokens.ts'
import type { Clock } from '../platform/clock.ts'
import type { AskAdvice } from './ask.ts'
import { jobOf, type Batches } from './batch.ts'
import { oldestMs, type AskBatch, type Overrides } from './batch-ask.ts'
import { explain } from './explain.ts'
import type { FollowStates } from './follow-state.ts'
import { createFollowRoutes } from './follow-state-routes.ts'
import { houseUser } from './users.ts'
import type { Recommendations } from './store.ts'
import type { Wished } from './wished.ts'

/** How recommendations ended: `performance` knows, and stands above. */
export type Endings = {
  /** Of those that have ended, by id. */
  shortOf(ids: readonly string[]): Promise<ReadonlyMap<string, OutcomeShort>>
  /** Of a call that is followed or was. */
  of(id: string): Promise<Omit<RecommendationOutcome, 'id'>>
}

type AskedFor = { readonly profile: Profile; readonly maxAgeMs: number }

type Needs = {
  recommendations: Recommendations
  /** Where lists are read: they may lag a moment behind. */
  lists: Pick<Recommendations, 'list' | 'current'>
  tokens: Tokens
  askAdvice: AskAdvice
  askBatch: AskBatch
  batches: Batches
  follows: FollowStates
  /** What a caller's recommendation is made for, and how old one may be: his settings, and before them what he says with the question. */
  questionFor(caller: Pick<Caller, 'userId' | 'tier'>, overrides: Overrides): Promise<AskedFor>
  wished: Pick<Wished, 'calls'>
  endings: Endings
  clock: Pick<Clock, 'now' | 'sleep'>
}

/** The instants a date can name. */
const Position = z.object({ at: CursorInstant, id: z.uuid() })

export function createRecommendationRoutes(needs: Needs): HandlersOf<'recommendations'> {
  const { recommendations, lists, tokens, askAdvice, askBatch, batches, follows, questionFor, wished, endings, clock } =
    needs
  /** Whoever has not signed in sees what is the house's. */
  async function found({ userId }: Anybody, id: string) {
    const one = await recommendations.byId(userId ?? houseUser, id)
    if (!one) throw new Failure('notFound', `there is no recommendation ${id}`)
    return one
  }

  /** Null: it takes longer than the caller waits, and is still being made. */
  async function answered<T>(waitMs: number | null, ask: () => Promise<T>): Promise<T | null> {
    if (waitMs === null) return ask()
    if (waitMs === 0) return null
    const answer = ask()
    // What fails after its job was told is told by the job.
    answer.catch(() => {})
    const over = new AbortController()
    const late = clock.sleep(waitMs, over.signal).catch(() => {})
    return Promise.race([answer, late.then(() => null)]).finally(() => over.abort())
  }

  return {
    ...createFollowRoutes({
      follows,
      found: (caller, id) => found(caller, id),
      profileOf: async (caller) => (await questionFor(caller, {})).profile,
      clock,
    }),
    batch: async ({ caller, body, abort }) => ({ accepted: await askBatch(caller, body, abort) }),
    async list({
      caller,
      query: { token, type, timeframe, current, following, wished: isWished, cursor, limit, ...facts },
    }) {
      const before = cursor === undefined ? null : decodeCursor(Position, cursor)
      if (current && facts.whose === 'mine')
        throw new Failure('invalid', `current calls are the house's: whose=mine cannot be asked for with current=true`)
      const wanted = {
        ...facts,
        token: token ?? null,
        type: type ?? null,
        timeframe: timeframe ?? null,
        before,
        limit: limit + 1,
      }
      if (following && current) throw new Failure('invalid', 'either current=true or following=true can be asked for')
      if (following && caller.userId === null)
        throw new Failure('unauthenticated', 'sign in, or send an API key: nobody else knows what you follow')
      const userId = caller.userId ?? houseUser
      const all = await (following
        ? follows.following(userId, wanted)
        : current
          ? lists.current(wanted)
          : lists.list(userId, wanted))
      const items = all.slice(0, limit)
      const last = all.length > limit ? items.at(-1) : undefined
      const ended = await endings.shortOf(items.map(({ id }) => id))
      const chosen = isWished ? await wished.calls(caller, items) : items
      const shown = chosen.map((item) => ({ ...item, outcome: ended.get(item.id) ?? null }))
      return { items: shown, next: last ? encodeCursor({ at: Date.parse(last.issuedAt), id: last.id }) : null }
    },
    one: ({ caller, params: { id } }) => found(caller, id),
    async create({ caller, body: { token: text, maxAgeMs: said, ...overrides }, prefers, abort }) {
      const token = await tokens.resolve(text, abort)
      const { profile, maxAgeMs: usual } = await questionFor(caller, overrides)
      const maxAgeMs = said ?? usual
      const given = await answered(prefers.waitMs, () => askAdvice(caller.userId, token, profile, maxAgeMs, abort))
      if (given) return given
      const one = { userId: caller.userId, kind: 'recommendation' as const, profile, tokens: [token] }
      const wanted = { ...one, maxAgeMs: Math.min(maxAgeMs, oldestMs) }
      return { accepted: jobOf(await batches.start(wanted, openJobsAtMost[caller.tier]), clock.now()) }
    },
    async inputs({ caller, params: { id } }) {
      const { inputsHash } = await found(caller, id)
      const text = await recommendations.inputs(inputsHash)
      if (text === null) throw new Failure('notFound', `the inputs of ${id} are not kept here`)
      const brief = Brief.parse(JSON.parse(text))
      const kept = brief.evidenceHash === null ? null : await recommendations.inputs(brief.evidenceHash)
      const evidence = kept === null ? null : SealedEvidence.parse(JSON.parse(kept))
      return {
        id,
        inputsHash,
        at: brief.dossier.at,
        readings: brief.dossier.readings.map((reading) => ({ ...reading, label: labelOf(reading.id) })),
        quotes: brief.dossier.price?.quotes ?? [],
        series: evidence === null ? [] : seriesOf(evidence),
        ...(evidence && { gathered: toldOf(evidence) }),
        brief,
      }
    },
    explanation: async ({ caller, params: { id } }) => explain(recommendations, await found(caller, id)),
    async outcome({ caller, params: { id } }) {
      const { abstained } = await found(caller, id)
      if (abstained === null) return { id, ...(await endings.of(id)) }
      return { id, state: 'none', source: null, knownUntil: null, versions: [] }
    },
  }
}

/** What texts came to, for a person to see; null where nobody was asked. */
const toldOf = ({ gathered }: SealedEvidence) => gathered && { stories: gathered.stories, crowd: gathered.crowd }

/** The default profile with what was asked for. */
export function profileOf({ timeframe, riskTolerance, mode = 'hybrid' }: Overrides): Profile {
  return {
    ...houseProfile,
    mode,
    weights: weightsOf(mode),
    ...(timeframe && { timeframe }),
    ...(riskTolerance && { riskTolerance }),
  }
}
