import { z } from 'zod'
import { Brief, Failure, houseProfile, SealedEvidence, signals, weightsOf, type Profile } from '@pumpiq/domain'
import { decodeCursor, encodeCursor, type Asked, type endpoints, type HandlersOf } from '@pumpiq/api'
import { seriesOf } from '../evidence/series.ts'
import type { Tokens } from '../tokens/tokens.ts'
import type { AskAdvice } from './ask.ts'
import { localUser } from './users.ts'
import type { Recommendations } from './store.ts'

type Needs = { recommendations: Recommendations; tokens: Tokens; askAdvice: AskAdvice }

const Position = z.object({ at: z.number().int(), id: z.uuid() })

export function createRecommendationRoutes({
  recommendations,
  tokens,
  askAdvice,
}: Needs): HandlersOf<'recommendations'> {
  async function found(id: string) {
    const one = await recommendations.byId(localUser, id)
    if (!one) throw new Failure('notFound', `there is no recommendation ${id}`)
    return one
  }

  return {
    async list({ query: { token, type, timeframe, current, cursor, limit } }) {
      const before = cursor === undefined ? null : decodeCursor(Position, cursor)
      const wanted = {
        token: token ?? null,
        type: type ?? null,
        timeframe: timeframe ?? null,
        before,
        limit: limit + 1,
      }
      const all = current ? await recommendations.current(wanted) : await recommendations.list(localUser, wanted)
      const items = all.slice(0, limit)
      const last = all.length > limit ? items.at(-1) : undefined
      return { items, next: last ? encodeCursor({ at: Date.parse(last.issuedAt), id: last.id }) : null }
    },
    one: ({ params: { id } }) => found(id),
    async create({ body, abort }) {
      const token = await tokens.resolve(body.token, abort)
      return askAdvice(localUser, token, profileOf(body), body.maxAgeMs, abort)
    },
    async inputs({ params: { id } }) {
      const { inputsHash } = await found(id)
      const text = await recommendations.inputs(inputsHash)
      if (text === null) throw new Failure('notFound', `the inputs of ${id} are not kept here`)
      const brief = Brief.parse(JSON.parse(text))
      const evidence = brief.evidenceHash === null ? null : await recommendations.inputs(brief.evidenceHash)
      return {
        id,
        inputsHash,
        at: brief.dossier.at,
        readings: brief.dossier.readings.map((reading) => ({ ...reading, label: labelOf(reading.id) })),
        quotes: brief.dossier.price?.quotes ?? [],
        series: evidence === null ? [] : seriesOf(SealedEvidence.parse(JSON.parse(evidence))),
        brief,
      }
    },
  }
}

const labelOf = (id: string): string => signals.find((signal) => signal.id === id)?.label ?? id

type CreateBody = Asked<(typeof endpoints)['recommendations']['create']>['body']

/** The default profile with what was asked for; at present only technical evidence is collected, so that is the usual mode. */
export function profileOf({
  timeframe,
  riskTolerance,
  mode = 'technical-only',
}: Pick<CreateBody, 'timeframe' | 'riskTolerance' | 'mode'>): Profile {
  return {
    ...houseProfile,
    mode,
    weights: weightsOf(mode),
    ...(timeframe && { timeframe }),
    ...(riskTolerance && { riskTolerance }),
  }
}
