import { toIso } from '@pumpiq/domain'
import type { SourceHealth } from '@pumpiq/api'

type Card = Pick<SourceHealth, 'id' | 'feeds' | 'kinds'> & Partial<SourceHealth>

const minute = 60_000
const day = 1_440 * minute

const cards: readonly Card[] = [
  ...['binance', 'coinbase', 'kraken', 'okx', 'bybit'].map((id): Card => ({
    id,
    feeds: ['candles', 'price'],
    kinds: ['technical'],
  })),
  { id: 'coingecko', feeds: ['catalogue'], kinds: [], quota: { calls: 30, perMs: minute, left: 28 } },
  {
    id: 'dexscreener',
    feeds: ['lookup', 'fresh', 'pools'],
    kinds: ['onchain'],
    quota: { calls: 60, perMs: minute, left: 37 },
  },
  { id: 'goplus', feeds: ['safety'], kinds: ['onchain'], drift: 3, quota: { calls: 30, perMs: minute, left: 30 } },
  {
    id: 'blockscout',
    feeds: ['token', 'holders'],
    kinds: ['onchain'],
    quota: { calls: 2_000, perMs: day, left: 1_204 },
  },
  { id: 'coindesk', feeds: ['articles'], kinds: ['news'], quota: { calls: 10, perMs: minute, left: 9 } },
  { id: 'reddit-rss', feeds: ['posts'], kinds: ['social'], quota: { calls: 1, perMs: minute, left: 0 } },
]

const silent: readonly Card[] = [
  { id: 'theblock', feeds: ['articles'], kinds: ['news'] },
  { id: 'cryptopanic', feeds: ['articles'], kinds: ['news'], off: 'needs CRYPTOPANIC_API_KEY' },
  { id: 'santiment', feeds: ['crowd', 'addresses'], kinds: ['social', 'onchain'], off: 'needs SANTIMENT_API_KEY' },
  {
    id: 'x',
    feeds: ['counts', 'posts'],
    kinds: ['social'],
    off: 'every question is paid from credits; PUMPIQ_SOURCES=+x switches it on',
  },
]

/** Those that are asked and answer unless they are said to be down. */
export const sampleSourceIds: readonly string[] = cards.map(({ id }) => id)

/** Sources of every kind: answering, down as said, not asked yet, off. */
export const sampleSources = (down: readonly string[], now: number): SourceHealth[] => [
  ...cards.map((card) => answering(card, down.includes(card.id), now)),
  ...silent.map((card) => unasked(card)),
]

const unasked = (card: Card): SourceHealth => ({
  docs: `https://docs.example/${card.id}`,
  off: null,
  state: 'unknown',
  calls: 0,
  failures: {},
  lastSuccessAt: null,
  lastFailureAt: null,
  lastFailure: null,
  breaker: 'closed',
  drift: 0,
  latencyMs: null,
  heldUntil: null,
  quota: null,
  line: null,
  ...card,
})

const answering = (card: Card, isDown: boolean, now: number): SourceHealth => ({
  ...unasked({ quota: { calls: 20, perMs: 1_000, left: 19 }, ...card }),
  state: isDown ? 'down' : 'up',
  calls: 412,
  failures: isDown ? { timeout: 7 } : {},
  lastSuccessAt: toIso(now - (isDown ? 900_000 : 12_000)),
  lastFailureAt: isDown ? toIso(now - 15_000) : null,
  lastFailure: isDown ? 'no answer within 5 s' : null,
  breaker: isDown ? 'open' : 'closed',
  latencyMs: { p50: 84, p95: 231 },
})
