import {
  briefViews,
  canonical,
  compileDossier,
  decide,
  Failure,
  fitsKnownAt,
  presentOf,
  rules,
  shippedFits,
  showInterval,
  timeframes,
  tokenId,
  intervals,
  type Brief,
  type Evidence,
  type Profile,
  type Recommendation,
} from '@pumpiq/domain'
import { sha256Hex } from '../platform/hash.ts'
import { readCandleFile, symbolOf } from './candle-files.ts'

type Ask = {
  /** `file:SYMBOL`, which must be the file's. */
  token: string
  path: string
  profile: Profile
  /** Epoch ms; null: when the last candle closed. */
  at: number | null
  version: string
}

/**
 * One decision on a recorded file: the documents of a live call over the same arithmetic, unsealed. One venue and no safety data, so it
 * says so.
 */
export async function adviseRecorded({ token, path, profile, at, version }: Ask): Promise<Recommendation> {
  const own = symbolOf(path)
  const symbol = own.slice('file:'.length)
  if (token !== own)
    throw new Failure('invalid', `token must be ${own}, the symbol of ${path}, not ${JSON.stringify(token)}`)
  const candles = await readCandleFile(path)
  const { interval } = timeframes[profile.timeframe]
  if (candles.intervalMs !== intervals[interval])
    throw new Failure(
      'invalid',
      `${profile.timeframe} is read on ${interval} candles; ${path} has candles of ${showInterval(candles.intervalMs)}`,
    )
  const evidence: Evidence = {
    token: {
      id: tokenId(token),
      chain: 'file',
      address: symbol,
      symbol,
      name: symbol,
      catalogueId: null,
      marketCapRank: null,
      marketCapUsd: null,
      priceUsd: null,
    },
    timeframe: profile.timeframe,
    candles,
    quotes: [],
    gaps: [],
    gathered: null,
    coverage: {},
    labels: ['recorded', 'single-venue', 'safety not assessed'],
    recorded: true,
    lagMs: 0,
  }
  const instant = at ?? (candles.length > 0 ? candles.openAt[candles.length - 1]! + candles.intervalMs : 0)
  const bare: Brief = {
    house: false,
    dossier: compileDossier(evidence, instant),
    profile,
    previous: null,
    calibration: null,
    evidenceHash: null,
    engineVersion: version,
  }
  const asked = { timeframe: profile.timeframe, weights: profile.weights, at: instant }
  const present = presentOf(briefViews(bare), profile.weights)
  const brief = { ...bare, calibration: fitsKnownAt(shippedFits, { ...asked, present }) }
  const inputsHash = sha256Hex(canonical(brief))
  return decide({ brief, opinions: [rules(brief)], id: idFrom(inputsHash), inputsHash })
}

/** Equal inputs, equal id: a recorded decision is made again, not anew (RFC 9562, version 8). */
const idFrom = (hash: string): string =>
  `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
