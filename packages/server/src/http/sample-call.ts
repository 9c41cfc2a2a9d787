import {
  hybridWeights,
  labelOf,
  priceOf,
  shownNumber,
  timeframes,
  tokenForm,
  toIso,
  validityMs,
  viewsOf,
  type Dossier,
  type Price,
  type Reading,
  type Recommendation,
  type Token,
} from '@pumpiq/domain'
import type { SampleShape } from './sample-dossier.ts'
import { completenessOf, factorsOf, usesOf } from './sample-score.ts'

const notice = 'Not financial advice. A measured record, not a promise; you can lose what you trade with.'

type Made = {
  token: Token
  shape: SampleShape
  index: number
  issuedAt: number
  closes: readonly number[]
  dossier: Pick<Dossier, 'readings' | 'oldest' | 'coverage' | 'gaps' | 'safety'>
  simulated: boolean
}

/** Significant digits as a venue would quote them. */
const at = (value: number): Price => priceOf(Number(value.toPrecision(5)))

/** A call whose levels stand in order on the last close, and whose factors add up to its score. */
export function sampleCall({ token, shape, index, issuedAt, closes, dossier, simulated }: Made): Recommendation {
  const last = closes.at(-1)!
  const { readings, gaps, safety } = dossier
  const views = viewsOf(readings, tokenForm(token), dossier.coverage)
  const keyFactors = factorsOf(views)
  const score = Math.round(keyFactors.reduce((sum, { contribution }) => sum + contribution, 0) * 1e6) / 1e6
  const type = shape === 'ABSTAINED' ? 'HOLD' : shape
  const trade = type === 'BUY' || type === 'SELL'
  const observedAt = toIso(issuedAt - 9_000 - index * 1_300)
  const quote = (source: string, nudge: number) => ({
    source,
    pair: `${token.symbol}USD`,
    price: at(last * nudge),
    observedAt,
    fetchedAt: toIso(issuedAt - 2_000),
  })
  const levels = levelsOf(shape === 'ABSTAINED' ? 'AVOID' : type, last)
  const measured = index === 2
  const chance = measured ? 0.56 : 0.38 + index / 200
  return {
    id: `0192f000-0000-7000-8000-${String(index + 1).padStart(12, '0')}`,
    house: true,
    token: token.id,
    symbol: token.symbol,
    type,
    abstained: shape === 'ABSTAINED' ? 'only kraken gave a fresh price; two venues are needed' : null,
    timeframe: 'SWING',
    mode: 'hybrid',
    riskTolerance: 'moderate',
    weights: hybridWeights,
    issuedAt: toIso(issuedAt),
    validUntil: toIso(issuedAt + validityMs('SWING')),
    expiresAt: toIso(issuedAt + timeframes.SWING.horizonMs),
    price: {
      value: at(last),
      source: shape === 'ABSTAINED' ? 'kraken' : 'binance+coinbase+kraken',
      ageMs: 9_000 + index * 1_300,
      quotes:
        shape === 'ABSTAINED'
          ? [quote('kraken', 1)]
          : [quote('binance', 1), quote('coinbase', 1.0004), quote('kraken', 0.9997)],
    },
    score,
    ...levels,
    riskReward: trade ? 1.42 : null,
    confidence:
      levels.entry || levels.band
        ? {
            value: chance,
            low: chance - 0.04,
            high: chance + 0.04,
            n: measured ? 612 : 335,
            method: measured ? 'backtest' : 'prior',
            measured: chance,
          }
        : null,
    breakEven: trade ? 0.43 : null,
    expectedR: trade ? (measured ? 0.21 : -0.06) : null,
    actionable: actionableOf(shape, measured),
    riskRating: shape === 'AVOID' || shape === 'ABSTAINED' ? 'VERY_HIGH' : index % 3 === 0 ? 'MEDIUM' : 'HIGH',
    riskReasons: ['moves 4.1 % a day'],
    reasoning: reasoningOf(type, score, readings),
    keyFactors,
    conflicts: trade ? ['Money flow 14 leans against the trend'] : [],
    invalidation: trade
      ? [
          {
            when: type === 'BUY' ? 'close_below' : 'close_above',
            price: at(last * (type === 'BUY' ? 0.955 : 1.045)),
            why: 'behind the last confirmed swing',
          },
        ]
      : [],
    kinds: usesOf(views, dossier.oldest),
    completeness: completenessOf(views),
    gaps,
    warnings: safety === null ? ['token safety is not assessed'] : [],
    positionSize: trade
      ? {
          units: at(100 / (last * 0.04)),
          quoteAmount: '2500' as Price,
          worstCaseLossQuote: '100' as Price,
          riskPct: 1,
          limitedBy: 'risk',
        }
      : null,
    costs: { feePctPerSide: 0.1, slippageBpsPerSide: 5 },
    engine: { version: '0.1.0', analyst: 'rules', model: null, promptHash: null, tokens: null, costUsd: null },
    inputsHash: '',
    previous:
      index % 4 === 0
        ? { id: '0192e000-0000-7000-8000-000000000001', type: 'HOLD', issuedAt: toIso(issuedAt - 14_400_000) }
        : null,
    changed: index % 4 === 0 ? [`HOLD became ${type}`, 'RSI 14 moved by 0.04'] : [],
    labels: simulated ? ['SIMULATED'] : [],
    notice,
    seal: null,
  }
}

function actionableOf(shape: SampleShape, measured: boolean): Recommendation['actionable'] {
  if (shape === 'ABSTAINED') return { yes: false, why: 'no call could be made' }
  if (shape === 'HOLD' || shape === 'AVOID') return { yes: false, why: `${shape} asks for no trade` }
  return measured
    ? { yes: true, why: 'measured 56 % clears break-even 43 % by more than the margin' }
    : { yes: false, why: 'no measured edge: the confidence is a prior, a driftless walk' }
}

function levelsOf(
  type: Recommendation['type'],
  last: number,
): Pick<Recommendation, 'entry' | 'targets' | 'stopLoss' | 'band'> {
  const none = { entry: null, targets: [], stopLoss: null, band: null }
  if (type === 'AVOID') return none
  if (type === 'HOLD') return { ...none, band: { low: at(last * 0.93), high: at(last * 1.07) } }
  const way = type === 'BUY' ? 1 : -1
  const level = (pct: number) => at(last * (1 + (way * pct) / 100))
  const zone = [level(-0.6), level(0.2)]
  const [low = zone[0]!, high = zone[1]!] = way === 1 ? zone : zone.toReversed()
  return {
    entry: { low, high },
    targets: [
      { price: level(5.2), share: 0.5 },
      { price: level(8.8), share: 0.3 },
      { price: level(13.4), share: 0.2 },
    ],
    stopLoss: level(-3.6),
    band: null,
  }
}

function reasoningOf(type: string, score: number, readings: readonly Reading[]): string {
  const [first, second] = readings.filter(({ kind }) => kind === 'technical')
  if (!first || !second) return 'No call could be made: only kraken gave a fresh price; two venues are needed.'
  const lean = type === 'BUY' ? 'leans up' : type === 'SELL' ? 'leans down' : 'gives no direction'
  const told = ({ id, value, unit }: Reading) => `${labelOf(id)} at ${shownNumber(value)} ${unit} [${id}].`
  return `The evidence ${lean}: score ${score.toFixed(2)} on a scale from -1 to 1 [score]. ${told(first)} ${told(second)}`
}
