import {
  canonical,
  priceOf,
  sealedBody,
  timeframes,
  toIso,
  tokenId,
  validityMs,
  type Price,
  type Reading,
  type Recommendation,
  type Token,
} from '@pumpiq/domain'
import type { LedgerRecord, RecommendationInputs } from '@pumpiq/api'
import { sha256Hex } from '../platform/hash.ts'
import { seededRandom, type Random } from '../platform/random.ts'

/**
 * Documents for tests of what serves and shows them: a seeded walk for each token and calls whose levels stand in order on it, sealed in a
 * real chain. No decision of ours is in it: that is the domain's, tested there.
 */
export type SampleMarket = {
  readonly tokens: readonly Token[]
  readonly recommendations: readonly Recommendation[]
  readonly inputs: ReadonlyMap<string, RecommendationInputs>
  readonly records: readonly LedgerRecord[]
}

const listed = [
  ['bitcoin:native', 'BTC', 'Bitcoin', 67_250],
  ['ethereum:native', 'ETH', 'Ethereum', 3_180],
  ['solana:native', 'SOL', 'Solana', 148.2],
  ['ripple:native', 'XRP', 'XRP', 0.5231],
  ['dogecoin:native', 'DOGE', 'Dogecoin', 0.1342],
  ['cardano:native', 'ADA', 'Cardano', 0.4417],
  ['avalanche:native', 'AVAX', 'Avalanche', 31.06],
  ['ethereum:0x514910771af9ca656af840dff83e8264ecf986ca', 'LINK', 'Chainlink', 14.87],
  ['polkadot:native', 'DOT', 'Polkadot', 6.214],
  ['litecoin:native', 'LTC', 'Litecoin', 82.4],
  ['ethereum:0x00000000000000000000000000000000000d06e5', 'MOONPUP', 'Moon Puppy', 0.000000001234],
  ['solana:So1anaThinThinThinThinThinThinThinThinThin', 'THIN', 'Thin Liquidity', 0.0831],
] as const

/** Shape of each token's call, in the order of `listed`. */
const shapes = [
  'BUY',
  'HOLD',
  'BUY',
  'SELL',
  'HOLD',
  'SELL',
  'BUY',
  'HOLD',
  'BUY',
  'SELL',
  'AVOID',
  'ABSTAINED',
] as const
type Shape = (typeof shapes)[number]

const notice = 'Not financial advice. A measured record, not a promise; you can lose what you trade with.'

export function createSampleMarket({
  now,
  seed = 7,
  simulated = true,
}: {
  now: number
  seed?: number
  simulated?: boolean
}): SampleMarket {
  const random = seededRandom(seed)
  const tokens = listed.map(([id, symbol, name], i): Token => {
    const [chain = '', address = ''] = id.split(':')
    return {
      id: tokenId(id),
      chain,
      address,
      symbol,
      name,
      catalogueId: null,
      marketCapRank: i + 1,
      marketCapUsd: 1e12 / (i + 1) ** 2,
      priceUsd: null,
    }
  })
  const inputs = new Map<string, RecommendationInputs>()
  const records: LedgerRecord[] = []
  const recommendations = tokens.map((token, i) => {
    const issuedAt = now - (i + 1) * 97_000
    const closes = walk(listed[i]![3], 336, random)
    const readings = readingsOf(shapes[i]!, random)
    const open = documentOf({ token, shape: shapes[i]!, index: i, issuedAt, closes, readings, simulated })
    const brief = { at: toIso(issuedAt), readings, token: token.id }
    const document: Recommendation = { ...open, inputsHash: sha256Hex(canonical(brief)) }
    const record = seal(records.at(-1), sealedBody(document))
    records.push(record)
    inputs.set(document.id, inputsOf(document, readings, closes, brief))
    return { ...document, seal: { seq: record.seq, prevHash: record.prevHash, hash: record.hash } }
  })
  return { tokens, recommendations: recommendations.toReversed(), inputs, records }
}

function seal(last: LedgerRecord | undefined, body: unknown): LedgerRecord {
  const prevHash = last?.hash ?? '0'.repeat(64)
  return { seq: (last?.seq ?? 0) + 1, prevHash, hash: sha256Hex(`${prevHash}\n${canonical(body)}`), body }
}

/** Ends at `last`; so many closes, each 0.9 % away from the next in the mean. */
function walk(last: number, length: number, random: Random): number[] {
  const closes = [last]
  for (let i = 1; i < length; i++) {
    const step = (random() + random() + random() - 1.5) * 0.018 + 0.004 * Math.sin(i / 37)
    closes.push(closes[i - 1]! * Math.exp(-step))
  }
  return closes.toReversed().map((close) => Number(close.toPrecision(5)))
}

const signals = [
  ['tech.rsi14', 'RSI 14', 'index, 0 to 100'],
  ['tech.macd', 'MACD histogram', 'ATR'],
  ['tech.trend', 'EMA 20 over EMA 50', 'ATR'],
  ['tech.adx14', 'ADX 14, direction of DI', 'index, 0 to 100'],
  ['tech.mfi14', 'Money flow 14', 'index, 0 to 100'],
  ['tech.bbands', 'Place in the Bollinger bands', 'bands'],
] as const

function readingsOf(shape: Shape, random: Random): (Reading & { label: string })[] {
  if (shape === 'ABSTAINED') return []
  const tilt = shape === 'BUY' ? 0.55 : shape === 'SELL' ? -0.6 : 0.02
  return signals.map(([id, label, unit], i) => {
    const lean = Math.round(Math.max(-1, Math.min(1, tilt + (random() - 0.5) * 0.9)) * 1000) / 1000
    const value = unit.startsWith('index')
      ? Math.round((50 + lean * 22 + i) * 100) / 100
      : Math.round(lean * 1.7 * 1000) / 1000
    return { id, kind: 'technical', value, unit, lean, cites: ['binance:SAMPLE:1h'], label }
  })
}

function inputsOf(
  document: Recommendation,
  readings: RecommendationInputs['readings'],
  closes: number[],
  brief: unknown,
): RecommendationInputs {
  const lastOpen = Date.parse(document.issuedAt) - (Date.parse(document.issuedAt) % 3_600_000) - 3_600_000
  return {
    id: document.id,
    inputsHash: document.inputsHash,
    at: document.issuedAt,
    readings,
    quotes: document.price?.quotes ?? [],
    series: [
      {
        id: `binance:${document.symbol}USDT:1h`,
        intervalMs: 3_600_000,
        openAt: closes.map((_, i) => lastOpen - (closes.length - 1 - i) * 3_600_000),
        close: closes.map(priceOf),
      },
    ],
    brief,
  }
}

type Made = {
  token: Token
  shape: Shape
  index: number
  issuedAt: number
  closes: number[]
  readings: (Reading & { label: string })[]
  simulated: boolean
}

/** Significant digits as a venue would quote them. */
const at = (value: number): Price => priceOf(Number(value.toPrecision(5)))

function documentOf({ token, shape, index, issuedAt, closes, readings, simulated }: Made): Recommendation {
  const last = closes.at(-1)!
  const keyFactors = factorsOf(readings)
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
    weights: { news: 25, onchain: 35, technical: 25, social: 15 },
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
    riskReasons: ['moves 4.1 % a day', 'one kind of evidence of four'],
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
    kinds: {
      news: silent(25),
      onchain: silent(35),
      technical: {
        used: readings.length > 0,
        weightAsked: 25,
        weightEffective: readings.length > 0 ? 23 : 0,
        quality: readings.length > 0 ? 0.92 : 0,
        score: readings.length > 0 ? Math.max(-1, Math.min(1, score / 0.23)) : null,
        oldestReading: toIso(issuedAt - 3_600_000),
      },
      social: silent(15),
    },
    completeness: readings.length > 0 ? 0.23 : 0,
    gaps: [
      { kind: 'news', source: null, reason: 'no source of news is connected yet', at: toIso(issuedAt) },
      { kind: 'technical', source: 'okx', reason: 'no answer within 5 s', at: toIso(issuedAt) },
    ],
    warnings: ['no onchain evidence: it adds nothing to the score', 'token safety is not assessed yet'],
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

const silent = (weightAsked: number) => ({
  used: false,
  weightAsked,
  weightEffective: 0,
  quality: 0,
  score: null,
  oldestReading: null,
})

function actionableOf(shape: Shape, measured: boolean): Recommendation['actionable'] {
  if (shape === 'ABSTAINED') return { yes: false, why: 'no call could be made' }
  if (shape === 'HOLD' || shape === 'AVOID') return { yes: false, why: `${shape} asks for no trade` }
  return measured
    ? { yes: true, why: 'measured 56 % clears break-even 43 % by more than the margin' }
    : { yes: false, why: 'no measured edge: the confidence is a prior, a driftless walk' }
}

function factorsOf(readings: readonly (Reading & { label: string })[]): Recommendation['keyFactors'] {
  const weight = 0.92 / signals.length
  return readings.map(({ id, label, lean }) => ({
    factor: label,
    impact: lean > 0.05 ? ('bullish' as const) : lean < -0.05 ? ('bearish' as const) : ('neutral' as const),
    weight: Math.round(weight * 25 * 100) / 100,
    contribution: Math.round(0.25 * weight * lean * 1e6) / 1e6,
    evidence: [id],
  }))
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
  const [first, second] = readings
  if (!first || !second) return 'No call could be made: only kraken gave a fresh price; two venues are needed.'
  const lean = type === 'BUY' ? 'leans up' : type === 'SELL' ? 'leans down' : 'gives no direction'
  return `The evidence ${lean}: score ${score.toFixed(2)} on a scale from -1 to 1. RSI 14 at ${first.value} [${first.id}]. MACD histogram at ${second.value} [${second.id}].`
}
