import type { HandlersOf, ToldVoice, TokenAnalysis } from '@pumpiq/api'
import {
  citedAt,
  compileDossier,
  hybridWeights,
  kinds,
  labelOf,
  toIso,
  tokenForm,
  viewsOf,
  type Dossier,
  type Evidence,
  type Kind,
  type Recommendation,
  type Token,
  type TokenId,
  type Weights,
} from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Collect } from './collect.ts'
import type { VoicesOf } from './voices.ts'

type Needs = {
  tokens: { resolve(text: string, abort?: AbortSignal): Promise<Token> }
  collect: Collect
  voicesOf: VoicesOf
  /** The newest house call. */
  callOf(token: TokenId): Promise<Recommendation | null>
  clock: Pick<Clock, 'now'>
}

export function createEvidenceRoutes({ tokens, collect, voicesOf, callOf, clock }: Needs): HandlersOf<'evidence'> {
  return {
    async token({ params: { id }, query: { kinds: asked = kinds }, abort }) {
      const token = await tokens.resolve(id, abort)
      const evidence = await collect(token, { timeframe: 'SWING', weights: weightsFor(asked) }, abort)
      const now = clock.now()
      const told = { voices: asked.includes('social') ? await voicesOf(token, now) : [], call: await callOf(token.id) }
      return analysisOf(evidence, compileDossier(evidence, now), told, asked)
    },
  }
}

/** Only what has a weight is asked for. */
const weightsFor = (asked: readonly Kind[]): Weights => {
  const weight = (kind: Kind) => (asked.includes(kind) ? hybridWeights[kind] : 0)
  return { news: weight('news'), onchain: weight('onchain'), technical: weight('technical'), social: weight('social') }
}

type Beside = { readonly voices: readonly ToldVoice[]; readonly call: Recommendation | null }

/** What a dossier says of the kinds that were asked for, with what it was compiled from. */
export function analysisOf(
  evidence: Evidence,
  dossier: Dossier,
  { voices, call }: Beside,
  asked: readonly Kind[] = kinds,
): TokenAnalysis {
  const { token, at, labels, price, coverage } = dossier
  const readings = dossier.readings.filter(({ kind }) => asked.includes(kind))
  const gaps = dossier.gaps.filter(({ kind }) => kind === null || asked.includes(kind))
  const views = viewsOf(readings, tokenForm(token), coverage)
  const { figures, hazards, stories, crowd } = evidence.gathered ?? nothing
  const seenAt = instantsOf(evidence)
  return {
    token,
    at,
    labels,
    price: price && { value: price.value, source: price.source, ageMs: price.ageMs },
    kinds: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        { score: views[kind]?.score ?? null, quality: views[kind]?.quality ?? 0, coverage: coverage[kind] ?? null },
      ]),
    ) as TokenAnalysis['kinds'],
    safety: dossier.safety,
    readings: readings.map((reading) => ({
      ...reading,
      label: labelOf(reading.id),
      observedAt: reading.cites.flatMap((cite) => seenAt.get(cite) ?? []).toSorted()[0] ?? null,
    })),
    figures: [...figures],
    hazards: [...hazards],
    stories: stories && [...stories],
    crowd,
    voices: [...voices],
    coverage,
    gaps,
    asked: [...asked],
    call: call && {
      id: call.id,
      type: call.type,
      issuedAt: call.issuedAt,
      score: call.score,
      reasoning: call.reasoning,
    },
  }
}

const nothing = { figures: [], hazards: [], stories: null, crowd: null }

/** When what a reading may cite was true. */
function instantsOf({ candles, gathered }: Evidence): Map<string, string> {
  const seenAt = gathered ? citedAt(gathered) : new Map<string, string>()
  if (!candles || candles.length === 0) return seenAt
  return seenAt.set(candles.id, toIso(candles.openAt[candles.length - 1]! + candles.intervalMs))
}
