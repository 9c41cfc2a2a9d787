import type { Brief } from '../decide/brief.ts'
import { withReferences } from '../decide/cited-text.ts'
import { endings } from '../decide/gate.ts'
import { ModelAnswer } from '../decide/model-answer.ts'
import type { ModelOpinion } from '../decide/opinion.ts'
import type { Recommendation } from '../decide/recommendation.ts'
import { boundId, type Reference } from '../decide/references.ts'
import { callFor } from '../decide/rules.ts'
import type { SealedEvidence } from '../dossier/sealed-evidence.ts'
import { labelOf, seeOf } from '../signals/index.ts'
import type {
  CitedObservation,
  ExplainedModel,
  ExplainedReading,
  Explanation,
  ResolvedReference,
  ToldSentence,
} from './explanation.ts'
import { levelsOf } from './levels.ts'
import { observationOf } from './observations.ts'
import { allReferences } from './resolve.ts'
import { referencesIn, sentencesOf, unresolvedIn } from './sentences.ts'
import { typeOf } from './call-type.ts'

/** Takes a recommendation apart, from what was sealed alone: `evidence` and the model's opinion are null where they are not kept, or never were. */
export function explained(
  recommendation: Recommendation,
  brief: Brief,
  evidence: SealedEvidence | null,
  model: ModelOpinion | null,
): Explanation {
  const { id, inputsHash, token, symbol, timeframe, labels, abstained, riskRating, riskReasons, gaps } = recommendation
  const { dossier } = brief
  const call = callFor(brief)
  const all = allReferences(brief, recommendation, call)
  const sentences = sentencesIn(recommendation, all)
  const references = reachedFrom(sentences, all)
  const readings = readingsOf(brief, recommendation)
  return {
    id,
    inputsHash,
    token,
    symbol,
    timeframe,
    at: dossier.at,
    labels,
    abstained,
    sentences,
    references,
    readings,
    observations: observationsOf(readings, references, all, (cite) => observationOf(cite, dossier, evidence)),
    call: typeOf(recommendation, brief, call),
    levels: levelsOf(recommendation, brief, call),
    confidence: confidenceOf(recommendation),
    risk: { rating: riskRating, reasons: riskReasons },
    gaps,
    model: modelOf(recommendation, model),
    unresolved: sentences.flatMap(({ text }) => {
      const what = unresolvedIn(text, all)
      return what.length > 0 ? [{ text, what }] : []
    }),
  }
}

/** All that is told in words and may hold numbers; what was not written with references gets them here. */
function sentencesIn(told: Recommendation, all: readonly Reference[]): ToldSentence[] {
  const parts: readonly (readonly [ToldSentence['of'], readonly string[]])[] = [
    ['reasoning', sentencesOf(told.reasoning)],
    ['conflict', told.conflicts],
    ['factor', told.keyFactors.flatMap(({ why }) => (why === undefined ? [] : [why]))],
    ['would-change', told.wouldChange ?? []],
    ['risk', told.riskReasons.map((reason) => withReferences(reason, all))],
  ]
  return parts.flatMap(([of, texts]) => texts.map((text) => ({ of, text, references: referencesIn(text) })))
}

/** What the sentences and the figures of the page refer to, and what that was made of, down to observations. */
function reachedFrom(sentences: readonly ToldSentence[], all: readonly Reference[]): ResolvedReference[] {
  const reached = new Set(['score', boundId, 'completeness', 'confidence', 'price'])
  for (const { references } of sentences) for (const id of references) reached.add(id)
  // A set that grows while it is walked is walked to its new end.
  for (const id of reached) for (const from of all.find((one) => one.id === id)?.from ?? []) reached.add(from)
  return all
    .filter(({ id }) => reached.has(id))
    .map(({ id, label, value, unit, from }) => ({ id, label, value, unit, from: [...from] }))
}

function readingsOf({ dossier }: Brief, { keyFactors }: Recommendation): ExplainedReading[] {
  return dossier.readings.map(({ id, kind, value, unit, lean, cites }) => {
    const factor = keyFactors.find(({ evidence }) => evidence[0] === id)
    return {
      id,
      label: labelOf(id),
      kind,
      value,
      unit,
      lean,
      weight: factor?.weight ?? 0,
      contribution: factor?.contribution ?? 0,
      see: seeOf(id),
      cites,
    }
  })
}

function observationsOf(
  readings: readonly ExplainedReading[],
  references: readonly ResolvedReference[],
  all: readonly Reference[],
  find: (cite: string) => CitedObservation,
): CitedObservation[] {
  const made = new Set(all.map(({ id }) => id))
  const cited = [...readings.flatMap(({ cites }) => cites), ...references.flatMap(({ from }) => from)]
  const quoted = references.filter(({ id }) => id.startsWith('quote.')).map(({ id }) => id)
  return [...new Set([...cited.filter((cite) => !made.has(cite)), ...quoted])].map(find)
}

const means = {
  prior: 'what a price without direction would do at the measured volatility; no forecast is in it',
  backtest: 'a frequency among backtested house calls that were like it: hypothetical',
  live: 'a frequency among live house calls that were like it and closed before it was issued',
} as const

const ofConfidence: ReadonlySet<string> = new Set(['text-cap', 'completeness-cap', 'model-adjustment'])

function confidenceOf(told: Recommendation): Explanation['confidence'] {
  const { confidence, breakEven, expectedR, actionable, clamps = [] } = told
  if (!confidence) return null
  const caps = clamps.filter(({ rule }) => ofConfidence.has(rule))
  return { ...confidence, means: means[confidence.method], breakEven, expectedR, actionable, caps }
}

function modelOf({ engine }: Recommendation, opinion: ModelOpinion | null): ExplainedModel | null {
  const { model, promptHash, costUsd, ending } = engine
  if (model === null || promptHash === null || ending === undefined) return null
  const answer = ModelAnswer.safeParse(opinion?.answer)
  const { stance, adjustment, stop, target } = answer.data ?? {}
  return {
    model,
    ending,
    told: endings[ending],
    promptHash,
    tokens: opinion?.tokens ?? null,
    costUsd,
    asked:
      stance === undefined || adjustment === undefined
        ? null
        : { stance, adjustment, stop: stop ?? null, target: target ?? null },
    kept: opinion !== null,
  }
}
