import { z } from 'zod'
import { Brief, Failure, houseProfile, labelOf, SealedEvidence, weightsOf, type Profile } from '@pumpiq/domain'
import {
  CursorInstant,
  decodeCursor,
  encodeCursor,
  type Anybody,
  type Asked,
  type endpoints,
  type HandlersOf,
  type OutcomeShort,
  type RecommendationOutcome,
} from '@pumpiq/api'
import { seriesOf } from '../evidence/series.ts'
import type { Tokens } from '../tokens/tokens.ts'
import type { AskAdvice } from './ask.ts'
import { explain } from './explain.ts'
import { houseUser } from './users.ts'
import type { Recommendations } from './store.ts'

/** How recommendations ended: `performance` knows, and stands above. */
export type Endings = {
  /** Of those that have ended, by id. */
  shortOf(ids: readonly string[]): Promise<ReadonlyMap<string, OutcomeShort>>
  /** Of a call that is followed or was. */
  of(id: string): Promise<Omit<RecommendationOutcome, 'id'>>
}

type Needs = {
  recommendations: Recommendations
  /** Where lists are read: they may lag a moment behind. */
  lists: Pick<Recommendations, 'list' | 'current'>
  tokens: Tokens
  askAdvice: AskAdvice
  endings: Endings
}

/** The instants a date can name. */
const Position = z.object({ at: CursorInstant, id: z.uuid() })

export function createRecommendationRoutes({
  recommendations,
  lists,
  tokens,
  askAdvice,
  endings,
}: Needs): HandlersOf<'recommendations'> {
  /** Whoever has not signed in sees what is the house's. */
  async function found({ userId }: Anybody, id: string) {
    const one = await recommendations.byId(userId ?? houseUser, id)
    if (!one) throw new Failure('notFound', `there is no recommendation ${id}`)
    return one
  }

  return {
    async list({ caller, query: { token, type, timeframe, current, cursor, limit, ...facts } }) {
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
      const all = current ? await lists.current(wanted) : await lists.list(caller.userId ?? houseUser, wanted)
      const items = all.slice(0, limit)
      const last = all.length > limit ? items.at(-1) : undefined
      const ended = await endings.shortOf(items.map(({ id }) => id))
      const shown = items.map((item) => ({ ...item, outcome: ended.get(item.id) ?? null }))
      return { items: shown, next: last ? encodeCursor({ at: Date.parse(last.issuedAt), id: last.id }) : null }
    },
    one: ({ caller, params: { id } }) => found(caller, id),
    async create({ caller, body, abort }) {
      const token = await tokens.resolve(body.token, abort)
      return askAdvice(caller.userId, token, profileOf(body), body.maxAgeMs, abort)
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

type CreateBody = Asked<(typeof endpoints)['recommendations']['create']>['body']

/** What texts came to, for a person to see; null where nobody was asked. */
const toldOf = ({ gathered }: SealedEvidence) => gathered && { stories: gathered.stories, crowd: gathered.crowd }

/** The default profile with what was asked for. */
export function profileOf({
  timeframe,
  riskTolerance,
  mode = 'hybrid',
}: Pick<CreateBody, 'timeframe' | 'riskTolerance' | 'mode'>): Profile {
  return {
    ...houseProfile,
    mode,
    weights: weightsOf(mode),
    ...(timeframe && { timeframe }),
    ...(riskTolerance && { riskTolerance }),
  }
}
