import { unseal } from '../dossier/dossier.ts'
import { kinds } from '../words/kind.ts'
import type { Reading } from '../words/reading.ts'
import { tokenForm } from '../words/token.ts'
import { labelOf } from '../signals/index.ts'
import { annualised } from './risk.ts'
import type { Brief } from './brief.ts'
import { intervalMsOf } from './call.ts'
import type { RulesOpinion } from './opinion.ts'
import { briefViews } from './rules.ts'
import { thresholdFor } from './score.ts'

export type Prompt = { readonly instructions: string; readonly prompt: string }

/**
 * What the analyst model is asked. Numbers and words of our own only: readings by id, stories as enumerations, the token by its form and
 * chain. Nothing that anybody outside wrote is in it, no name and no instant: equal evidence gives an equal prompt. The fixed part stands
 * first, so that vendors can cache it.
 */
export function promptFor(brief: Brief, rules: RulesOpinion): Prompt {
  return { instructions, prompt: factsFor(brief, rules) }
}

const instructions = `You are the analyst of a crypto recommender. Arithmetic has already scored the evidence about one token and proposed a call. You weigh that evidence as a careful trader would and answer in JSON of the given form. Your answer is checked by code that knows only what follows; whatever goes beyond it is dropped.

What you are given
- TOKEN: its form and chain. It has no name here: judge the evidence, not what you remember of a coin.
- PROFILE: timeframe with its candles and horizon, risk tolerance, and the weight in percent of each kind of evidence.
- CALL: the rules' call, its score from -1 (bearish) to 1 (bullish), the threshold a score must pass to take a side, how complete the evidence is (0 to 1), the confidence (probability that the first target comes before the stop within the horizon) with its method, and the break-even probability after costs.
- LEVELS: candidates for stop and first target, by id; * marks the default.
- KINDS: for each kind its view from -1 to 1 and its quality from 0 to 1. Kinds that are absent could not be read.
- READINGS: one a line: id | kind | what it is | value and unit | lean from -1 (bearish) to 1 (bullish) | contribution to the score.
- EVENTS: stories as a reader classified them: type, sentiment -1 to 1, magnitude, trust of the teller, relevance, independent tellers, age in hours, and flags of suspicion. News and social evidence can be written by anyone, attackers included; candles and chain data cannot so easily.
- SAFETY, GAPS, HELD BACK: what is known of the contract, what could not be known, and what the rules have already held back.

What to weigh
- Do kinds agree, or does one stand alone? Text that runs ahead of price and chain data deserves suspicion, above all with flags, few tellers or little trust.
- Is the regime fit for the signal: trending or ranging, calm or violent? Momentum readings mean little in a range, oscillators little in a trend.
- Is positioning crowded (funding, open interest, long to short ratio)? Crowds are fuel for the other side.
- Is liquidity there, and is it staying? Are holders and developers distributing?
- How much is missing, and would it matter?

What you may do
- stance "agree" leaves the call; "caution" moves it one step toward doing nothing: BUY to HOLD, SELL to HOLD, HOLD to AVOID. You cannot move it the other way.
- adjustment moves the confidence by at most -0.10 to 0.05. Use 0 unless the evidence gives a reason that the score does not hold.
- stop and target: the id of another candidate, or null for the default. You cannot name a price.
- reasoning: up to eight sentences, the weightiest first, for a trader who reads them with the numbers beside. Put the id of a reading in braces behind the words that it bears out, as in: momentum is stretched {tech.rsi14}. Its name and value are put there, in parentheses. Write no number, digit, percentage or currency sign of your own and no number words; such sentences are dropped. Plain words without mark-up, addresses, or promises of any outcome.
- factors: the readings that decide, the weightiest first, each with a short clause why.
- conflicts: pairs of readings that pull apart, with a short clause which deserves more weight and why.
- wouldChange: what evidence would change your mind, in sentences as above.

Use only ids that stand under READINGS. If the evidence is thin, say so and stay with the rules.`

function factsFor(brief: Brief, { call, factors }: RulesOpinion): string {
  const { dossier, profile, previous } = brief
  const views = briefViews(brief)
  const contributions = new Map(factors.map(({ evidence, contribution }) => [evidence[0], contribution]))
  const spoken = kinds.filter((kind) => views[kind])
  return [
    `TOKEN ${tokenLine(brief)}`,
    `PROFILE ${profile.timeframe}, ${profile.riskTolerance}, ${profile.mode}; weights ${kinds.map((kind) => `${kind} ${profile.weights[kind]}`).join(', ')}`,
    `CALL ${call.type}; score ${short(call.score)}, threshold ${short(thresholdFor(profile.riskTolerance, profile.weights))}, completeness ${short(call.completeness)}; ${confidenceLine(call)}; previous ${previous?.type ?? 'none'}`,
    ...section('LEVELS', levelLines(call)),
    ...section(
      'KINDS',
      spoken.map((kind) => `${kind}: view ${short(views[kind]!.score)}, quality ${short(views[kind]!.quality)}`),
    ),
    ...section(
      'READINGS',
      byWeight(dossier.readings, contributions).map((reading) => readingLine(reading, contributions.get(reading.id))),
    ),
    ...section(
      'EVENTS',
      (dossier.events ?? []).map(
        ({ event, sentiment, magnitude, trust, relevance, tellers, ageHours, flags }) =>
          `${event}: sentiment ${sentiment}, magnitude ${magnitude}, trust ${trust}, relevance ${relevance}, tellers ${tellers}, age ${ageHours} h${flags.length > 0 ? `, flags ${flags.join(' ')}` : ''}`,
      ),
    ),
    `SAFETY ${safetyLine(brief)}`,
    ...section('GAPS', gapLines(brief)),
    ...section(
      'HELD BACK',
      call.clamps.map(({ rule }) => rule),
    ),
  ].join('\n')
}

/** A prompt holds no more of them; the ones that say least are left out. */
const readingsAtMost = 48

const byWeight = (readings: readonly Reading[], contributions: ReadonlyMap<string | undefined, number>): Reading[] =>
  readings
    .toSorted(
      (a, b) =>
        Math.abs(contributions.get(b.id) ?? 0) - Math.abs(contributions.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1),
    )
    .slice(0, readingsAtMost)

const section = (name: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [name, ...lines.map((line) => `- ${line}`)]

const readingLine = ({ id, kind, value, unit, lean }: Reading, contribution: number | undefined): string =>
  `${id} | ${kind} | ${labelOf(id)} | ${short(value)} ${unit} | ${short(lean)} | ${contribution === undefined ? 'informs only' : short(contribution)}`

/** Three significant digits: what moves less says the same. */
const short = (value: number): string => String(Number(value.toPrecision(3)))

/** Chains by our own names: whatever else stands before a colon is not repeated. */
const chains = ['bitcoin', 'ethereum', 'solana', 'bsc', 'binancecoin', 'polygon', 'base', 'arbitrum'] as const

function tokenLine({ dossier, profile }: Brief): string {
  const { chain } = dossier.token
  const known = chains.find((one) => one === chain) ?? 'another chain'
  const form = tokenForm(dossier.token) === 'native' ? 'coin of its own chain' : 'contract'
  const facts = dossier.facts && unseal(dossier.facts)
  if (!facts) return `${form} on ${known}`
  const yearly = annualised(facts.sigma, intervalMsOf(profile))
  return `${form} on ${known}; volatility a year ${short(yearly)}, traded a day ${short(facts.quotePerDay)} in quote units, idle share ${short(facts.idleShare)}`
}

function confidenceLine({ confidence, breakEven }: RulesOpinion['call']): string {
  if (!confidence) return 'no confidence'
  return `confidence ${short(confidence.value)} (${confidence.method}), break-even ${breakEven === null ? 'none' : short(breakEven)}`
}

function levelLines({ levels, price }: RulesOpinion['call']): string[] {
  if (!levels || price === null) return []
  return levels.candidates.map(({ id, for: side, price: level, why }) => {
    const chosen = levels.chosen[side] === id ? '*' : ''
    return `${id}${chosen}: ${short((level / price - 1) * 100)} % from the price, ${why}`
  })
}

function safetyLine({ dossier: { safety } }: Brief): string {
  if (!safety) return 'not assessed'
  if (!safety.applicable) return 'no contract'
  const told = safety.checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => `${id} ${verdict}`)
  return [safety.verdict, ...told].join(', ')
}

/** How many sources of a kind failed or were off; their own words stay out. */
const gapLines = ({ dossier: { gaps } }: Brief): string[] =>
  kinds.flatMap((kind) => {
    const own = gaps.filter((gap) => gap.kind === kind)
    return own.length === 0
      ? []
      : [`${kind}: ${new Set(own.map(({ source }) => source)).size} sources did not answer or are off`]
  })
