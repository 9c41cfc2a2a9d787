import {
  canonical,
  explained,
  houseProfile,
  labelOf,
  priceOf,
  sealedBody,
  sealEvidence,
  tokenId,
  type Brief,
  type Dossier,
  type Evidence,
  type Explanation,
  type Recommendation,
  type Token,
} from '@pumpiq/domain'
import type { LedgerRecord, RecommendationInputs, TokenAnalysis } from '@pumpiq/api'
import { sha256Hex } from '../platform/hash.ts'
import { seededRandom, type Random } from '../platform/random.ts'
import { sampleAnalysis } from './sample-analysis.ts'
import { sampleCall } from './sample-call.ts'
import { sampleDossier, sampleShapes } from './sample-dossier.ts'

/**
 * Documents for tests of what serves and shows them: a seeded walk for each token and calls whose levels stand in order on it, sealed in a
 * real chain. No decision of ours is in it: that is the domain's, tested there. What is known of each token is told by its id in `analyses`.
 */
export type SampleMarket = {
  readonly tokens: readonly Token[]
  readonly recommendations: readonly Recommendation[]
  readonly inputs: ReadonlyMap<string, RecommendationInputs>
  readonly explanations: ReadonlyMap<string, Explanation>
  readonly analyses: ReadonlyMap<string, TokenAnalysis>
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
  const explanations = new Map<string, Explanation>()
  const records: LedgerRecord[] = []
  const analyses = new Map<string, TokenAnalysis>()
  const recommendations = tokens.map((token, i) => {
    const issuedAt = now - (i + 1) * 97_000
    const closes = walk(listed[i]![3], 336, random)
    const shape = sampleShapes[i]!
    const { evidence, dossier } = sampleDossier({ token, shape, at: issuedAt, random, simulated })
    const open = sampleCall({ token, shape, index: i, issuedAt, closes, dossier, simulated })
    const brief = briefOf({ ...dossier, price: open.price, unable: open.abstained }, evidence)
    const document: Recommendation = { ...open, inputsHash: sha256Hex(canonical(brief)) }
    const record = seal(records.at(-1), sealedBody(document))
    records.push(record)
    inputs.set(document.id, inputsOf(document, evidence, closes, brief))
    explanations.set(document.id, explained(document, brief, sealEvidence(evidence), null))
    analyses.set(token.id, sampleAnalysis(evidence, brief.dossier))
    return { ...document, seal: { seq: record.seq, prevHash: record.prevHash, hash: record.hash } }
  })
  return { tokens, recommendations: recommendations.toReversed(), inputs, explanations, analyses, records }
}

const briefOf = (dossier: Dossier, evidence: Evidence): Brief => ({
  house: true,
  dossier,
  profile: houseProfile,
  previous: null,
  calibration: null,
  evidenceHash: sha256Hex(canonical(sealEvidence(evidence))),
  engineVersion: '0.1.0',
})

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

function inputsOf(
  document: Recommendation,
  { gathered }: Evidence,
  closes: readonly number[],
  brief: Brief,
): RecommendationInputs {
  const lastOpen = Date.parse(document.issuedAt) - (Date.parse(document.issuedAt) % 3_600_000) - 3_600_000
  return {
    id: document.id,
    inputsHash: document.inputsHash,
    at: document.issuedAt,
    readings: brief.dossier.readings.map((reading) => ({ ...reading, label: labelOf(reading.id) })),
    quotes: document.price?.quotes ?? [],
    series: [
      {
        id: `binance:${document.symbol}USDT:1h`,
        intervalMs: 3_600_000,
        openAt: closes.map((_, i) => lastOpen - (closes.length - 1 - i) * 3_600_000),
        close: closes.map(priceOf),
      },
    ],
    gathered: gathered && { stories: gathered.stories && [...gathered.stories], crowd: gathered.crowd },
    brief,
  }
}
