import type { Brief } from '../decide/brief.ts'
import { compileDossier, type Evidence } from '../dossier/dossier.ts'
import type { Candles } from '../words/candles.ts'
import { houseProfile, weightsOf } from '../words/profile.ts'
import { tokenId, type Token } from '../words/token.ts'

/** Bitcoin as the catalogue knows it. */
export const sampleBitcoin: Token = {
  id: tokenId('bitcoin:native'),
  chain: 'bitcoin',
  address: 'native',
  symbol: 'BTC',
  name: 'Bitcoin',
  catalogueId: 'bitcoin',
  marketCapRank: 1,
  marketCapUsd: 1e12,
  priceUsd: null,
}

/** What a recorded file of bitcoin tells: candles, and nothing gathered. */
export const sampleRecording = (candles: Candles, over: Partial<Evidence> = {}): Evidence => ({
  token: sampleBitcoin,
  timeframe: 'SWING',
  candles,
  quotes: [],
  gaps: [],
  gathered: null,
  coverage: {},
  labels: ['recorded'],
  recorded: true,
  lagMs: 0,
  ...over,
})

/** The brief of a personal technical-only call, the first one on its token. */
export const sampleBrief = (evidence: Evidence, at: number, over: Partial<Brief> = {}): Brief => ({
  house: false,
  dossier: compileDossier(evidence, at),
  profile: { ...houseProfile, mode: 'technical-only', weights: weightsOf('technical-only') },
  previous: null,
  calibration: null,
  evidenceHash: null,
  engineVersion: 'test',
  ...over,
})
