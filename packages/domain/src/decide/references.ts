import { unseal, type Dossier } from '../dossier/dossier.ts'
import { labelOf } from '../signals/index.ts'
import { round, shownNumber } from '../words/numbers.ts'
import type { Reading } from '../words/reading.ts'
import { intervals, timeframes, toIso } from '../words/time.ts'
import { atLeastBars, type Call } from './call.ts'
import type { Factor } from './recommendation.ts'
import { annualised, liquidityFloor } from './risk.ts'
import { surestAt, textConfidence } from './vetoes.ts'

/**
 * What stands in brackets behind a number: a reading, or a figure of the decision itself. Its own value is as sealed; `shown` are the words in
 * which a sentence may tell it; `from` names what it was made of: other references, or observations as readings cite them.
 */
export type Reference = {
  readonly id: string
  readonly label: string
  readonly value: number | string
  readonly unit: string
  readonly shown: readonly string[]
  readonly from: readonly string[]
}

/** All that a sentence about a call may refer to. */
export function referencesOf(dossier: Dossier, call: Call, factors: readonly Factor[]): Reference[] {
  return [
    ...dossier.readings.map(ofReading),
    ...ofScore(call, factors),
    ...ofPrice(dossier),
    ...ofCandles(dossier),
    ...ofFacts(dossier),
    ...ofLevels(call),
    ...ofSafety(dossier),
    ...limits(call),
  ]
}

/** A reading as a sentence tells it. */
export const readingText = ({ value, unit }: Reading): string => `${shownNumber(value)} (${unit})`

/** The score as a sentence tells it. */
export const scoreText = ({ score }: Pick<Call, 'score'>): string => `${score.toFixed(2)} on a scale from -1 to 1`

/** What text added beyond what it may, as a sentence tells it. */
export const boundText = ({ contribution }: Factor): string => `${contribution.toFixed(2)} of the score`

/** The factor that stands for no reading: what text was not allowed to add. */
export const boundId = 'score.bound'

/** What a factor rests on, as it stands in brackets. */
export const citedAs = ({ evidence }: Factor): string => `[${evidence.length > 0 ? evidence.join(', ') : boundId}]`

function ofReading(reading: Reading): Reference {
  const { id, value, unit, cites } = reading
  const label = labelOf(id)
  return { id, label, value, unit, shown: [label, readingText(reading), `${shownNumber(value)} ${unit}`], from: cites }
}

function ofScore(call: Call, factors: readonly Factor[]): Reference[] {
  const { score, completeness } = call
  const from = factors.flatMap(({ evidence }) => evidence)
  const share = `${Math.round(completeness * 100)} % of the asked evidence`
  const bound = factors.find(({ evidence }) => evidence.length === 0)
  return [
    figure('score', 'score', score, '-1 to 1', [scoreText(call)], from),
    figure('completeness', 'known of the asked evidence', completeness, 'share', [share], from),
    ...(bound
      ? [figure(boundId, 'what text may not add', bound.contribution, '-1 to 1', [boundText(bound)], ['score'])]
      : []),
  ]
}

function ofPrice({ price, token, candles, unable }: Dossier): Reference[] {
  if (!price) return []
  const { value, quotes } = price
  const from = quotes.length > 0 ? quotes.map(({ source }) => quoteId(source)) : candles ? [candles.id] : []
  const spread = /by (\S+) %/.exec(unable ?? '')?.[1]
  return [
    figure(
      'price',
      'price',
      value,
      'quote units',
      [`is another token: ${value}`, `the venues trade at ${value}`],
      from,
    ),
    ...quotes.map((quote) =>
      figure(
        quoteId(quote.source),
        `price at ${quote.source}`,
        quote.price,
        quote.pair,
        [`${quote.source} ${quote.price}`],
        [],
      ),
    ),
    ...(spread === undefined
      ? []
      : [figure('price.spread', 'highest over lowest price', Number(spread), '%', [`by ${spread} %`], from)]),
    ...(token.priceUsd === null
      ? []
      : [
          figure(
            'price.catalogue',
            'price of the catalogue',
            token.priceUsd,
            'USD',
            [`the catalogue has ${token.priceUsd}`],
            [],
          ),
        ]),
  ]
}

/** A venue's price is an observation of its own: this is what refers to it. */
export const quoteId = (source: string): string => `quote.${source}`

function ofCandles({ candles, facts, unable }: Dossier): Reference[] {
  if (!candles) return []
  // Too few candles are measured by nothing; what is said of their end then stands in the refusal alone.
  const end = facts?.close ?? /end at (\S+),/.exec(unable ?? '')?.[1]
  const shown = [
    `the candles of ${candles.id}`,
    ...(end === undefined ? [] : [`the candles of ${candles.id} end at ${end}`]),
  ]
  return [figure('candles', 'closed candles', candles.count, 'candles', shown, [candles.id])]
}

function ofFacts({ facts: sealed, candles, timeframe }: Dossier): Reference[] {
  if (!sealed || !candles) return []
  const facts = unseal(sealed)
  const yearly = annualised(facts.sigma, intervals[timeframes[timeframe].interval])
  const traded = Math.round(facts.quotePerDay).toLocaleString('en-US')
  const of = (name: string, label: string, value: number | string, unit: string, shown: readonly string[]) =>
    figure(`facts.${name}`, label, value, unit, shown, [candles.id])
  return [
    of('bars', 'candles since trading began or resumed', facts.bars, 'candles', [`${facts.bars} candles`]),
    of('atr', 'average true range of a candle (ATR 14)', sealed.atr, 'quote units', []),
    of('volatility', 'volatility of a year', round(yearly, 6), 'ratio', [`${Math.round(yearly * 100)} % a year`]),
    of('quotePerDay', 'usual traded value of a day', round(facts.quotePerDay, 2), 'quote units', [
      `${traded} a day`,
      `${traded} in quote units`,
    ]),
    of('idleShare', 'last candles without a trade', facts.idleShare, 'share', [
      percentOf(facts.idleShare, 'of the last candles'),
    ]),
    of('surge', 'highest price of the last day over the days before', round(facts.surge, 6), 'ratio', [
      `up ${percentOf(facts.surge - 1, 'within days')}`,
    ]),
    of('volumeSurge', 'volume of the last day over the usual', round(facts.volumeSurge, 6), 'times', [
      `${Math.round(facts.volumeSurge)} times the usual volume`,
    ]),
    ...(facts.pump
      ? [
          of('pump', 'pump that is going on, since', toIso(facts.pump.since), 'instant', [
            `a pump seen at ${toIso(facts.pump.since)}`,
          ]),
        ]
      : []),
  ]
}

const percentOf = (share: number, what: string): string => `${Math.round(share * 100)} % ${what}`

/** The candidates of which the code chose: how far away they stand, or how strong the zone is that they lean on. */
function ofLevels({ levels }: Call): Reference[] {
  if (!levels) return []
  return levels.candidates.map(({ id, why, for: use }) => {
    const [, told = ''] = /(\d[\d.]*)/.exec(why) ?? []
    const of = (label: string, unit: string, from: readonly string[]) =>
      figure(levelId(id), label, Number(told), unit, [why], from)
    if (id.endsWith('.structure')) return of(`zone that the ${use} leans on`, 'strength, 0 to 1', ['candles', 'price'])
    return use === 'stop'
      ? of('distance of the stop', 'ATR', ['facts.atr', 'price'])
      : of('distance of target 1', 'R', [levelId(levels.chosen.stop), 'price'])
  })
}

/** A candidate level, as it stands in brackets. */
export const levelId = (candidate: string): string => `level.${candidate}`

function ofSafety({ safety }: Dossier): Reference[] {
  if (!safety?.applicable) return []
  return safety.checks.map(({ id, label, verdict, detail, cites }) =>
    figure(`safety.${id}`, label, verdict, 'verdict', [`${label}: ${detail}`, label], cites),
  )
}

/** Rules of our own that a sentence may name. */
function limits({ completeness }: Call): Reference[] {
  const most = surestAt(completeness)
  const floor = liquidityFloor.toLocaleString('en-US')
  return [
    figure('limit.bars', 'candles that a call needs', atLeastBars, 'candles', [`${atLeastBars} are needed`], []),
    figure(
      'limit.quotePerDay',
      'least traded value of a day',
      liquidityFloor,
      'quote units',
      [`the floor of ${floor}`],
      [],
    ),
    figure(
      'limit.text',
      'most confidence that text alone may give',
      textConfidence,
      'probability',
      [`source: confidence is held to ${textConfidence}`, `sources only: confidence is held to ${textConfidence}`],
      [],
    ),
    figure(
      'limit.completeness',
      'most confidence that so much evidence may give',
      most,
      'probability',
      [`is there: confidence is held to ${most}`],
      ['completeness'],
    ),
  ]
}

const figure = (
  id: string,
  label: string,
  value: number | string,
  unit: string,
  shown: readonly string[],
  from: readonly string[],
): Reference => ({ id, label, value, unit, shown, from })
