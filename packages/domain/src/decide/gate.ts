import type { Reading } from '../words/reading.ts'
import { clamp, round } from '../words/numbers.ts'
import type { Call, Steer } from './call.ts'
import { ModelAnswer } from './model-answer.ts'
import type { ModelOpinion, RulesOpinion } from './opinion.ts'
import { proseOf } from './prose.ts'
import type { Clamp, Factor } from './recommendation.ts'
import { clampOf } from './vetoes.ts'

/** How far a model may move the confidence that was measured. */
export const adjustable = { down: -0.1, up: 0.05 } as const

/** An opinion as it may be acted upon. */
export type Held = {
  readonly analyst: 'rules' | 'model'
  readonly call: Call
  readonly factors: readonly Factor[]
  readonly conflicts: readonly string[]
  readonly reasoning: string
  readonly wouldChange: readonly string[]
  /** Of the call, and of what the model wanted beyond what it may. */
  readonly clamps: readonly Clamp[]
  readonly warnings: readonly string[]
}

type Gated = {
  readonly rules: RulesOpinion
  readonly model: ModelOpinion | null
  readonly readings: readonly Reading[]
  /** The call again, as the rules make it, with what a model may ask for. */
  callWith(steer: Steer): Call
  /** The rules' reasons for a call that is not theirs any more. */
  reasonsFor(call: Call): string
}

/**
 * Holds whatever a model says to what it may say. In this order, so that nothing later raises what something earlier lowered: the schema;
 * the type, one step toward caution at most; levels among the code's own; the confidence within its bounds; then the caps, which
 * `callWith` keeps; readings that are not there are dropped; text is plain, and its numbers are ours.
 */
export function gate({ rules, model, readings, callWith, reasonsFor }: Gated): Held {
  if (!model) return ofRules(rules)
  if (model.ending !== 'answered') return ofRules(rules, `no AI text: ${endings[model.ending]}`)
  const parsed = ModelAnswer.safeParse(model.answer)
  if (!parsed.success) return ofRules(rules, `no AI text: ${endings.invalid}`, [unfit])
  const answer = parsed.data
  const steered = steeredCall(rules.call, answer, callWith)
  const held = adjusted(steered.call, rules.call, answer.adjustment)
  const own = steered.call === rules.call ? rules.reasoning : reasonsFor(steered.call)
  const told = textOf(answer, readings, { ...rules, reasoning: own })
  return {
    analyst: 'model',
    call: held.call,
    ...told,
    clamps: [...held.call.clamps, ...steered.clamps, ...held.clamps, ...told.clamps],
    warnings: held.call.warnings,
  }
}

export const endings: Readonly<Record<ModelOpinion['ending'], string>> = {
  answered: 'the model answered',
  refused: 'the model refused to answer',
  filtered: "the model's vendor filtered the answer",
  length: "the model's answer was cut off",
  empty: 'the model answered nothing',
  broken: 'the model did not answer in JSON',
  invalid: 'the model did not answer in the agreed form',
  slow: 'the model did not answer in time',
  unreachable: 'the model could not be reached',
  unauthorized: "the model's vendor does not accept the key",
  gone: 'the model is not there any more',
  throttled: "the model's vendor takes no more calls for now",
  exhausted: "the account with the model's vendor is empty",
  failing: "the model's vendor is failing",
  rejected: "the model's vendor rejected the question",
  overspent: 'the budget for the model is used up',
}

const unfit = clampOf('model-answer', 'an answer of another form', 'the rules', 'the answer does not fit the schema')

const ofRules = (rules: RulesOpinion, warning?: string, clamps: readonly Clamp[] = []): Held => ({
  analyst: 'rules',
  call: rules.call,
  factors: rules.factors,
  conflicts: rules.conflicts,
  reasoning: rules.reasoning,
  wouldChange: [],
  clamps: [...rules.call.clamps, ...clamps],
  warnings: [...rules.call.warnings, ...(warning === undefined ? [] : [warning])],
})

type Steered = { readonly call: Call; readonly clamps: readonly Clamp[] }

function steeredCall(base: Call, { stance, stop, target }: ModelAnswer, callWith: Gated['callWith']): Steered {
  const cautious = stance === 'caution' && base.abstained === null && base.type !== 'AVOID'
  if (cautious) {
    const call = callWith({ cautious: true, stop: null, target: null })
    return { call, clamps: [clampOf('model-type', base.type, call.type, 'the model asks for caution')] }
  }
  if (stop === null && target === null) return { call: base, clamps: [] }
  const wanted = [stop, target].filter((id) => id !== null).join(', ')
  const refuse = (why: string): Steered => ({
    call: base,
    clamps: [clampOf('model-level', shortened(wanted), 'the default', why)],
  })
  if (!base.levels) return refuse(`${base.type} has no levels`)
  const call = callWith({ cautious: false, stop, target })
  if (call.type !== base.type || !call.levels) return refuse('the call would not stand on them')
  const { chosen } = call.levels
  if ((stop !== null && chosen.stop !== stop) || (target !== null && chosen.target !== target))
    return refuse('it is none of the candidates')
  if (!isWithin(call, base)) return refuse('the confidence would move beyond what a model may move')
  return { call, clamps: [] }
}

function isWithin(call: Call, base: Call): boolean {
  const moved = (call.confidence?.measured ?? 0) - (base.confidence?.measured ?? 0)
  return moved >= adjustable.down && moved <= adjustable.up
}

/**
 * The shown confidence moves by the bounded adjustment from what was measured, and stays within the bounds of what the rules would have
 * shown where the type is the same; the caps that held the rules hold it.
 */
function adjusted(call: Call, base: Call, wanted: number): Steered {
  const { confidence } = call
  if (!confidence) return { call, clamps: [] }
  const by = clamp(wanted, adjustable.down, adjustable.up)
  const from = call.type === base.type && base.confidence ? base.confidence.value : confidence.value
  const raised = clamp(confidence.value + by, from + adjustable.down, from + adjustable.up)
  // What a cap lowered stays there: only what is not capped may rise.
  const ceiling = confidence.value < confidence.measured ? confidence.value : 1
  const value = round(clamp(raised, 0, ceiling), 6)
  const clamps =
    by === wanted && Math.abs(value - (confidence.value + by)) < 1e-6
      ? []
      : [
          clampOf(
            'model-adjustment',
            round(wanted, 6),
            round(value - confidence.value, 6),
            'beyond what a model may move',
          ),
        ]
  return { call: { ...call, confidence: { ...confidence, value } }, clamps }
}

type Told = Pick<Held, 'factors' | 'conflicts' | 'reasoning' | 'wouldChange' | 'clamps'>

function textOf(answer: ModelAnswer, readings: readonly Reading[], rules: RulesOpinion): Told {
  const clamps: Clamp[] = []
  const kept = (sentences: readonly string[]): string[] =>
    sentences.flatMap((sentence) => {
      const prose = proseOf(sentence, readings)
      if ('text' in prose) return [prose.text]
      clamps.push(clampOf('model-prose', 'a sentence', 'left out', prose.fault))
      return []
    })
  const has = (id: string): boolean => {
    const there = readings.some((reading) => reading.id === id)
    if (!there) clamps.push(clampOf('model-reading', shortened(id), 'left out', 'it is no reading of the dossier'))
    return there
  }
  const sentences = kept(answer.reasoning)
  const reasons = answer.factors
    .filter(({ reading }) => has(reading))
    .map(({ reading, why }) => ({ reading, why: kept([why])[0] }))
  const conflicts = answer.conflicts
    .filter(({ up, down }) => has(up) && has(down))
    .flatMap(({ up, down, why }) => kept([why]).map((text) => `[${up}] against [${down}]: ${text}`))
  return {
    factors: inOrder(rules.factors, reasons),
    conflicts: [...rules.conflicts, ...conflicts],
    reasoning: sentences.length > 0 ? `${rules.reasoning} ${sentences.join(' ')}` : rules.reasoning,
    wouldChange: kept(answer.wouldChange),
    clamps,
  }
}

/** The model's order first, then the rules'; what a factor weighs and contributes stays the arithmetic's. */
function inOrder(
  factors: readonly Factor[],
  reasons: readonly { reading: string; why: string | undefined }[],
): readonly Factor[] {
  const place = new Map(reasons.map(({ reading }, i) => [reading, i]))
  const placeOf = ({ evidence }: Factor) => place.get(evidence[0] ?? '') ?? reasons.length
  return factors
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map((factor) => {
      const why = reasons.find(({ reading }) => reading === factor.evidence[0])?.why
      return why === undefined ? factor : { ...factor, why }
    })
}

/** What a model wrote is shown in part at most, and only what ids are made of. */
const shortened = (id: string): string => id.replaceAll(/[^a-z0-9., -]/gi, '?').slice(0, 60)
