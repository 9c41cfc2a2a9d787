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
  type Token,
} from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Collect } from './collect.ts'
import type { VoicesOf } from './voices.ts'

type Needs = {
  tokens: { resolve(text: string, abort?: AbortSignal): Promise<Token> }
  collect: Collect
  voicesOf: VoicesOf
  clock: Pick<Clock, 'now'>
}

export function createEvidenceRoutes({ tokens, collect, voicesOf, clock }: Needs): HandlersOf<'evidence'> {
  return {
    async token({ params: { id }, abort }) {
      const token = await tokens.resolve(id, abort)
      const evidence = await collect(token, { timeframe: 'SWING', weights: hybridWeights }, abort)
      const now = clock.now()
      return analysisOf(evidence, compileDossier(evidence, now), await voicesOf(token, now))
    },
  }
}

/** What a dossier says, with what it was compiled from. */
export function analysisOf(evidence: Evidence, dossier: Dossier, voices: readonly ToldVoice[]): TokenAnalysis {
  const { token, at, labels, price, readings, coverage, gaps } = dossier
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
  }
}

const nothing = { figures: [], hazards: [], stories: null, crowd: null }

/** When what a reading may cite was true. */
function instantsOf({ candles, gathered }: Evidence): Map<string, string> {
  const seenAt = gathered ? citedAt(gathered) : new Map<string, string>()
  if (!candles || candles.length === 0) return seenAt
  return seenAt.set(candles.id, toIso(candles.openAt[candles.length - 1]! + candles.intervalMs))
}
