import type { Brief } from '../decide/brief.ts'
import type { Call } from '../decide/call.ts'
import { targetR, type Candidate } from '../decide/levels.ts'
import type { Recommendation } from '../decide/recommendation.ts'
import { callFor } from '../decide/rules.ts'
import { round } from '../words/numbers.ts'
import { priceOf, toNumber, type Price } from '../words/price.ts'
import type { ExplainedLevel } from './explanation.ts'

type Name = ExplainedLevel['level']
type Named = { readonly level: Name; readonly price: Price; readonly candidate: string | null; readonly why: string }

/** How each level came: the candidate it is, or the rule it follows from; with how far away it stands. */
export function levelsOf(recommendation: Recommendation, brief: Brief, ofRules: Call): ExplainedLevel[] {
  const { price, entry, stopLoss } = recommendation
  if (!price) return []
  const at = toNumber(price.value)
  const atr = brief.dossier.facts ? toNumber(brief.dossier.facts.atr) : null
  const risk = stopLoss && entry ? Math.abs(at - toNumber(stopLoss)) : null
  return namedLevels(recommendation, brief, ofRules).map((named) => {
    const away = Math.abs(toNumber(named.price) - at)
    return {
      ...named,
      distanceAtr: atr !== null && atr > 0 ? round(away / atr, 4) : null,
      distanceR: risk !== null && risk > 0 ? round(away / risk, 4) : null,
    }
  })
}

function namedLevels(recommendation: Recommendation, brief: Brief, ofRules: Call): Named[] {
  const { band, entry, stopLoss, targets } = recommendation
  const bandWhy = 'one ATR for each square root of a candle of the horizon away'
  if (band) {
    const of = (level: Name, price: Price): Named => ({ level, price, candidate: null, why: bandWhy })
    return [of('bandLow', band.low), of('bandHigh', band.high)]
  }
  if (!entry || !stopLoss) return []
  const stop = candidateAt(ofRules, 'stop', stopLoss)
  // The targets are measured in the stop's distance, and a model may have chosen another stop than the rules.
  const stood = callFor(brief, { cautious: false, stop: stop?.id ?? null, target: null })
  const limited = brief.profile.limits?.takeProfitPct ? ', but no farther than your limit' : ''
  const behind = (r: number, before: number) =>
    `${r} R from the far edge of the entry zone, and at least half an R behind target ${before}${limited}`
  const rest = [behind(targetR[1], 1), behind(targetR[2], 2)]
  return [
    { level: 'entryLow', price: entry.low, candidate: null, why: 'the entry zone, in ATR around the price' },
    { level: 'entryHigh', price: entry.high, candidate: null, why: 'the entry zone, in ATR around the price' },
    named('stop', stopLoss, stop),
    ...targets.map(({ price }, i) =>
      i === 0
        ? named('target1', price, candidateAt(stood, 'target', price))
        : { level: `target${i + 1}` as Name, price, candidate: null, why: rest[i - 1] ?? '' },
    ),
  ]
}

/** The one that was chosen where two stand at one price. */
function candidateAt({ levels }: Call, use: Candidate['for'], price: Price): Candidate | null {
  const there = (levels?.candidates ?? []).filter((one) => one.for === use && priceOf(one.price) === price)
  return there.find(({ id }) => id === levels?.chosen[use]) ?? there[0] ?? null
}

const named = (level: Name, price: Price, candidate: Candidate | null): Named => ({
  level,
  price,
  candidate: candidate?.id ?? null,
  why: candidate?.why ?? 'none of the candidates of this version',
})
