import { describe, expect, it } from 'vitest'
import { candlesOf } from '../words/candles.ts'
import { hours, toIso } from '../words/time.ts'
import { tokenId } from '../words/token.ts'
import { compileDossier, type Evidence } from './dossier.ts'

const start = Date.UTC(2026, 0, 5)
const bars = 300
const at = start + bars * hours(1)

/** A market that closes at `close` every hour, and two venues that trade at `price`. */
const evidence = (close: number, price: string): Evidence => ({
  token: {
    id: tokenId('bitcoin:native'),
    chain: 'bitcoin',
    address: 'native',
    symbol: 'BTC',
    name: 'Bitcoin',
    catalogueId: null,
    marketCapRank: 1,
    marketCapUsd: null,
    priceUsd: null,
  },
  timeframe: 'SWING',
  candles: candlesOf(
    'binance:BTCUSDT:1h',
    hours(1),
    Array.from({ length: bars }, (_, i) => ({
      openAt: start + i * hours(1),
      open: close,
      high: close * 1.01,
      low: close * 0.99,
      close,
      volume: 10 + (i % 3),
    })),
  ),
  quotes: ['coinbase', 'kraken'].map((source) => ({
    source,
    pair: 'BTC-USD',
    price,
    observedAt: toIso(at),
    fetchedAt: toIso(at),
  })),
  gaps: [],
  gathered: null,
  coverage: {},
  labels: [],
  recorded: false,
  lagMs: 0,
})

describe('a dossier', () => {
  it('allows no call on candles of another scale or another token than what trades now, and names both', () => {
    for (const wrong of [1000, 10, 4]) {
      expect(compileDossier(evidence(wrong, '100'), at).unable).toBe(
        `the candles of binance:BTCUSDT:1h end at ${wrong}, where the venues trade at 100`,
      )
    }
  })

  it('takes a large move since the last candle for what it is', () => {
    expect(compileDossier(evidence(60, '100'), at).unable).toBeNull()
    expect(compileDossier(evidence(150, '100'), at).unable).toBeNull()
  })
})
