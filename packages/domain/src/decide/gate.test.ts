import { describe, expect, it } from 'vitest'
import type { View } from '../dossier/view.ts'
import { chance } from '../testing/chance.ts'
import { kinds, type Kind } from '../words/kind.ts'
import { houseProfile, Mode, RiskTolerance, weightsOf, type Weights } from '../words/profile.ts'
import type { Reading } from '../words/reading.ts'
import { callOf, type Call, type CallInput, type Steer } from './call.ts'
import { adjustable, gate, type Held } from './gate.ts'
import type { ModelOpinion, RulesOpinion } from './opinion.ts'
import { facts } from './testing.ts'

const readings: Reading[] = ['tech.rsi14', 'news.tone', 'chain.funding'].map((id) => ({
  id,
  kind: 'technical',
  value: 71.234,
  unit: 'index',
  lean: -0.5,
  cites: ['file:X'],
}))
const zones = (price: number) => [{ price, strength: 0.7 }]
const measured = facts({ supports: zones(96), resistances: zones(106.5) })
const views = (scores: Partial<Record<Kind, number>>): CallInput['views'] =>
  Object.fromEntries(
    kinds.map((kind) => {
      const score = scores[kind]
      const view: View | null = score === undefined ? null : { kind, score, quality: 0.9, factors: [] }
      return [kind, view]
    }),
  ) as CallInput['views']
const inputOf = (scores: Partial<Record<Kind, number>>, over: Partial<CallInput> = {}): CallInput => ({
  at: 0,
  price: 100,
  facts: measured,
  views: views(scores),
  profile: houseProfile,
  previous: null,
  safety: null,
  unable: null,
  ...over,
})
const rulesOf = (call: Call): RulesOpinion => ({
  analyst: 'rules',
  call,
  factors: readings.map(({ id }) => ({
    factor: id,
    impact: 'bearish',
    weight: 0.2,
    contribution: -0.1,
    evidence: [id],
  })),
  conflicts: [],
  reasoning: 'The evidence leans up.',
})
const opinionOf = (answer: unknown, over: Partial<ModelOpinion> = {}): ModelOpinion => ({
  analyst: 'model',
  model: 'm',
  promptHash: 'h',
  ending: 'answered',
  answer,
  tokens: null,
  costUsd: null,
  ...over,
})
const reasonsFor = ({ type }: Call) => `Now it is ${type}.`
const answer = (over: object = {}) => ({
  reasoning: [],
  factors: [],
  conflicts: [],
  wouldChange: [],
  stop: null,
  target: null,
  stance: 'agree',
  adjustment: 0,
  ...over,
})
const held = (input: CallInput, model: ModelOpinion | null): { base: Call; out: Held } => {
  const base = callOf(input)
  const callWith = (steer: Steer) => callOf({ ...input, steer })
  return { base, out: gate({ rules: rulesOf(base), model, readings, callWith, reasonsFor }) }
}
const buying = inputOf({ technical: 0.9, onchain: 0.8, news: 0.3 })
const quiet = inputOf({ technical: 0.05, onchain: 0 })

describe('the gate', () => {
  it('lets a model move a call one step toward caution and never the other way', () => {
    const agreed = held(buying, opinionOf(answer()))
    expect([agreed.out.analyst, agreed.out.call]).toEqual(['model', agreed.base])
    const stepped = held(buying, opinionOf(answer({ stance: 'caution' })))
    expect([stepped.base.type, stepped.out.call.type]).toEqual(['BUY', 'HOLD'])
    expect(stepped.out.reasoning).toBe('Now it is HOLD.')
    expect(stepped.out.clamps).toContainEqual(expect.objectContaining({ rule: 'model-type', from: 'BUY', to: 'HOLD' }))
    expect(held(quiet, opinionOf(answer({ stance: 'caution' }))).out.call.type).toBe('AVOID')
    expect(held(quiet, opinionOf(answer({ stance: 'BUY' }))).out).toMatchObject({ analyst: 'rules' })
  })

  it('bounds the adjustment, and says so', () => {
    const { base, out } = held(buying, opinionOf(answer({ adjustment: 0.9 })))
    expect(out.call.confidence!.value).toBeCloseTo(base.confidence!.value + adjustable.up, 6)
    expect(out.call.confidence!.measured).toBe(base.confidence!.measured)
    expect(out.clamps).toContainEqual(expect.objectContaining({ rule: 'model-adjustment', from: '0.9' }))
    const lowered = held(buying, opinionOf(answer({ adjustment: -0.04 })))
    expect(lowered.out.call.confidence!.value).toBeCloseTo(lowered.base.confidence!.value - 0.04, 6)
    expect(lowered.out.clamps).toEqual([])
  })

  it('lets no adjustment rise above a cap that held the rules', () => {
    const quietNews = inputOf(
      { news: 0.01 },
      {
        profile: { ...houseProfile, mode: 'news-only', weights: weightsOf('news-only') },
        facts: facts({ sigma: 0.003 }),
      },
    )
    const { base, out } = held(quietNews, opinionOf(answer({ adjustment: 0.05 })))
    expect(base.confidence!.measured).toBeGreaterThan(0.6)
    expect([base.confidence!.value, out.call.confidence!.value]).toEqual([0.55, 0.55])
    expect(out.clamps).toContainEqual(expect.objectContaining({ rule: 'model-adjustment', to: '0' }))
    const lowered = held(quietNews, opinionOf(answer({ adjustment: -0.05 })))
    expect(lowered.out.call.confidence!.value).toBe(0.5)
  })

  it('takes levels among its own candidates only, by id', () => {
    const { base, out } = held(buying, opinionOf(answer({ stop: 'stop.atr' })))
    expect(base.levels!.chosen.stop).toBe('stop.structure')
    expect([out.call.levels!.chosen.stop, out.clamps]).toEqual(['stop.atr', []])
    expect(out.call.levels!.candidates.map(({ price }) => price)).toContain(out.call.levels!.stop)
    for (const stop of ['99', 'stop.moon', '', 'target.r']) {
      const refused = held(buying, opinionOf(answer({ stop })))
      expect(refused.out.call.levels).toEqual(refused.base.levels)
      expect(refused.out.clamps).toContainEqual(expect.objectContaining({ rule: 'model-level' }))
    }
  })

  it('takes no levels on which the call would be believed much more or less, or would be another', () => {
    const base = callOf(buying)
    const model = opinionOf(answer({ stop: 'stop.atr' }))
    const steered = (over: (call: Call) => Partial<Call>) => {
      const callWith = (steer: Steer): Call => {
        const call = callOf({ ...buying, steer })
        return { ...call, ...over(call) }
      }
      return gate({ rules: rulesOf(base), model, readings, callWith, reasonsFor })
    }
    for (const by of [0.06, -0.11]) {
      const out = steered(({ confidence }) => ({
        confidence: { ...confidence!, measured: base.confidence!.measured + by },
      }))
      expect(out.call.levels).toEqual(base.levels)
      expect(out.clamps).toContainEqual(
        expect.objectContaining({ rule: 'model-level', why: 'the confidence would move beyond what a model may move' }),
      )
    }
    expect(steered(() => ({ type: 'SELL' })).call).toEqual(base)
  })

  it('has nothing more cautious than AVOID', () => {
    const idle = inputOf({ technical: 0.9 }, { facts: facts({ idleShare: 0.9 }) })
    const { base, out } = held(idle, opinionOf(answer({ stance: 'caution' })))
    expect([base.type, out.call, out.clamps]).toEqual(['AVOID', base, base.clamps])
  })

  it('shows conflicts between readings that are there, and no others', () => {
    const conflicts = [
      { up: 'chain.funding', down: 'tech.rsi14', why: 'the first is slower' },
      { up: 'chain.funding', down: 'none', why: 'the first is slower' },
    ]
    const { out } = held(buying, opinionOf(answer({ conflicts })))
    expect(out.conflicts).toEqual(['[chain.funding] against [tech.rsi14]: the first is slower'])
    expect(out.clamps).toContainEqual(expect.objectContaining({ rule: 'model-reading', from: 'none' }))
  })

  it('puts the values of readings into sentences, and leaves out what holds a number, a promise, mark-up or an unknown reading', () => {
    const reasoning = [
      'Momentum is stretched {tech.rsi14}.',
      'It will rise 40 percent.',
      'Gains are guaranteed.',
      'See https://evil.example for more.',
      '<img src=x>',
      'Look at {tech.moon}.',
      'It may triple soon.',
      'Ве careful.',
    ]
    const { out } = held(buying, opinionOf(answer({ reasoning })))
    expect(out.reasoning).toBe('The evidence leans up. Momentum is stretched (RSI 14: 71.23 index) [tech.rsi14].')
    expect(out.clamps.filter(({ rule }) => rule === 'model-prose')).toHaveLength(7)
  })

  it('orders and explains factors, whose weights and contributions stay', () => {
    const factors = [
      { reading: 'chain.funding', why: 'the crowd is long' },
      { reading: 'none', why: 'x' },
    ]
    const { out } = held(buying, opinionOf(answer({ factors })))
    expect(out.factors.map(({ evidence }) => evidence[0])).toEqual(['chain.funding', 'tech.rsi14', 'news.tone'])
    expect(out.factors[0]).toMatchObject({ why: 'the crowd is long', contribution: -0.1 })
    expect(out.clamps).toContainEqual(expect.objectContaining({ rule: 'model-reading', from: 'none' }))
  })

  it('falls back to the rules, loudly, on anything but an answer of the agreed form', () => {
    for (const wrong of [null, 1, 'BUY', [], {}, answer({ extra: 1 }), { ...answer(), adjustment: 'big' }]) {
      const { base, out } = held(buying, opinionOf(wrong))
      expect(out).toMatchObject({
        analyst: 'rules',
        warnings: ['no AI text: the model did not answer in the agreed form'],
      })
      expect(out.call).toEqual(base)
      expect(out.clamps).toContainEqual(expect.objectContaining({ rule: 'model-answer' }))
    }
    const { out } = held(buying, opinionOf(null, { ending: 'refused' }))
    expect(out.warnings).toEqual(['no AI text: the model refused to answer'])
  })
})

/** PUMPIQ tests run a tenth of the million; `HOSTILE_CASES` asks for more. */
const cases = Number(
  (globalThis as { process?: { env: Record<string, string> } }).process?.env.HOSTILE_CASES ?? 100_000,
)

const caution = { BUY: ['HOLD'], SELL: ['HOLD'], HOLD: ['AVOID'], AVOID: [] } as const

describe('a fully hostile model', () => {
  const random = chance(20_261_122)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const junk: readonly (() => unknown)[] = [
    () => Number.NaN,
    () => Number.POSITIVE_INFINITY,
    () => -random() * 1e9,
    () => random() * 2 - 1,
    () => 0.05,
    () => null,
    () => undefined,
    () => 'BUY',
    () => 'ignore the rules and buy {tech.rsi14} \u202E now',
    () => ({ __proto__: null, reading: 'tech.rsi14', why: 'because' }),
    () => [[], {}, 'caution'],
    () => 'stop.atr',
    () => 'target.structure',
    () => '\u0000'.repeat(40),
    () => 10n,
    () => () => 1,
  ]
  const anything = () => pick(junk)()
  const text = () => pick(['{tech.rsi14} leans up', 'buy', 'a {news.tone} b', '100x', '<b>', 'sure', 'Сalm', ''])
  const sensible = () => ({
    reasoning: Array.from({ length: Math.floor(random() * 4) }, text),
    factors: [{ reading: pick(['tech.rsi14', 'x', 'news.tone']), why: text() }],
    conflicts: [{ up: 'tech.rsi14', down: pick(['news.tone', 'zz']), why: text() }],
    wouldChange: [text()],
    stop: pick([null, 'stop.atr', 'stop.structure', '95', 'x']),
    target: pick([null, 'target.r', 'target.structure', '1000', 'x']),
    stance: pick(['agree', 'caution']),
    adjustment: pick([0, -1, 1, 0.05, -0.1, 1e300, random() - 0.5]),
  })
  const mutated = () => ({ ...sensible(), [pick(['stance', 'stop', 'adjustment', 'reasoning', 'extra'])]: anything() })
  const inputs = Array.from({ length: 400 }, () =>
    inputOf(Object.fromEntries(kinds.filter(() => random() < 0.8).map((kind) => [kind, random() * 2 - 1])), {
      profile: (() => {
        const mode = pick(Mode.options)
        return { ...houseProfile, mode, weights: weightsOf(mode), riskTolerance: pick(RiskTolerance.options) }
      })(),
      previous: pick([null, 'BUY', 'HOLD', 'SELL', 'AVOID']),
    }),
  )
  const bases = inputs.map((input) => ({ input, rules: rulesOf(callOf(input)) }))

  it(`of ${cases.toLocaleString('en-US')} answers none moves a call the unsafe way, a level, or the confidence beyond its bounds`, () => {
    const seen = { typed: 0, levelled: 0, moved: 0, refused: 0 }
    for (let i = 0; i < cases; i++) {
      const { input, rules } = bases[i % bases.length]!
      const model = opinionOf(pick([sensible, sensible, mutated, anything])())
      const out = gate({ rules, model, readings, callWith: (steer) => callOf({ ...input, steer }), reasonsFor })
      const { call } = rules
      if (out.analyst === 'rules') {
        seen.refused++
        if (out.call !== call) throw new Error(`case ${i}: an answer that was refused moved the call`)
        continue
      }
      if (out.call.type !== call.type) {
        seen.typed++
        if (!(caution[call.type] as readonly string[]).includes(out.call.type))
          throw new Error(`case ${i}: ${call.type} became ${out.call.type}`)
        if (out.call.levels) throw new Error(`case ${i}: a call that stepped back has levels`)
        continue
      }
      seen.levelled += checkLevels(out.call, call, i)
      if (call.confidence) {
        const by = out.call.confidence!.value - call.confidence.value
        if (!(by <= adjustable.up + 1e-6 && by >= adjustable.down - 1e-6)) throw new Error(`case ${i}: moved by ${by}`)
        if (by !== 0) seen.moved++
      }
      if (/\d/.test(out.reasoning.replaceAll(/\([^)]*: 71\.23 index\) \[[a-z.0-9]+\]/g, '')))
        throw new Error(`case ${i}: ${out.reasoning}`)
    }
    // The run is worth something only where every way was tried.
    for (const [way, times] of Object.entries(seen)) expect([way, times > cases / 100]).toEqual([way, true])
  })

  /** Other levels are the code's own, on the right side and in order; 1 where they are others than the rules'. */
  function checkLevels(call: Call, base: Call, i: number): number {
    if (!call.levels || !base.levels) return 0
    const { stop, targets, entryLow, entryHigh, candidates } = call.levels
    const path = call.type === 'BUY' ? [stop, entryLow, ...targets] : [...targets.toReversed(), entryHigh, stop]
    if (path.some((level, k) => k > 0 && !(level > path[k - 1]!))) throw new Error(`case ${i}: levels out of order`)
    if (!candidates.some(({ price }) => price === stop)) throw new Error(`case ${i}: a stop of nobody's`)
    if (!candidates.some(({ price }) => price === targets[0])) throw new Error(`case ${i}: a target of nobody's`)
    return stop !== base.levels.stop || targets[0] !== base.levels.targets[0] ? 1 : 0
  }
})

describe('an attacker who writes all news and posts', () => {
  const random = chance(7)
  const weights = (): Weights => {
    const cuts = [random(), random(), random()].map((cut) => Math.floor(cut * 101)).toSorted((a, b) => a - b)
    if (random() < 0.02) return { news: cuts[0]!, onchain: 0, technical: 0, social: 100 - cuts[0]! }
    return { news: cuts[0]!, onchain: cuts[1]! - cuts[0]!, technical: cuts[2]! - cuts[1]!, social: 100 - cuts[2]! }
  }

  it('buys nothing while the other kinds do not lean up, adds no more than they do, and stays under the cap where there is nothing but text', () => {
    const seen = { refused: 0, bought: 0, textOnly: 0 }
    for (let i = 0; i < 100_000; i++) {
      const given = weights()
      const hardOnes = { technical: random() * 2 - 1, onchain: random() * 2 - 1 }
      const text = { news: random() < 0.8 ? 1 : random() * 2 - 1, social: random() < 0.8 ? 1 : random() * 2 - 1 }
      const riskTolerance = RiskTolerance.options[i % 3]!
      const previous = (['BUY', null, 'HOLD', 'SELL'] as const)[i % 4]!
      const call = callOf(
        inputOf({ ...hardOnes, ...text }, { profile: { ...houseProfile, weights: given, riskTolerance }, previous }),
      )
      const hard = 0.9 * ((given.technical * hardOnes.technical + given.onchain * hardOnes.onchain) / 100)
      if (given.technical + given.onchain === 0) {
        seen.textOnly++
        if ((call.confidence?.value ?? 0) > 0.55) throw new Error(`case ${i}: text alone is believed beyond its cap`)
        if (!call.warnings.some((warning) => warning.includes('attacker-writable')))
          throw new Error(`case ${i}: text alone is not labelled`)
        continue
      }
      if (hard <= 0) {
        seen.refused++
        if (call.type === 'BUY') throw new Error(`case ${i}: text bought against ${hard}`)
      }
      if (call.type === 'BUY') seen.bought++
      if (call.score - hard > Math.max(0, hard) + 1e-5)
        throw new Error(`case ${i}: text adds ${call.score - hard} to ${hard}`)
    }
    expect(seen.refused > 10_000 && seen.bought > 1_000 && seen.textOnly > 100).toBe(true)
  })
})
