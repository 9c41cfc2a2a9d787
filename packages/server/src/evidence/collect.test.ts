import { expect, it } from 'vitest'
import { candlesOf, hours, hybridWeights, Token, toIso, type Bar } from '@pumpiq/domain'
import { createAsk } from '../network/ask.ts'
import { silentLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { seededRandom } from '../platform/random.ts'
import type { Source } from '../sources/source.ts'
import { createCollect } from './collect.ts'

const now = Date.UTC(2026, 2, 2, 10)
const bars = Array.from({ length: 30 }, (_, i): Bar => {
  return { openAt: now - hours(30 - i), open: 100, high: 101, low: 99, close: 100, volume: 1 }
})

/** A venue that lists every ticker, and which of them it was asked for. */
function roomOf() {
  const asked: string[] = []
  const venue: Source = {
    id: 'venue',
    docs: 'https://d.example',
    key: 'none',
    budget: { calls: 10, perMs: 1_000 },
    feeds: {
      async candles({ symbol }) {
        asked.push(symbol)
        return candlesOf(`venue:${symbol}USDT:1h`, hours(1), bars)
      },
      async price({ symbol }) {
        asked.push(symbol)
        const at = toIso(now)
        return { source: 'venue', pair: `${symbol}USDT`, price: '100', observedAt: at, fetchedAt: at }
      },
    },
  }
  const clock = createManualClock(now)
  const ask = createAsk({
    fetch: () => Promise.reject(new TypeError('none')),
    clock,
    random: seededRandom(1),
    log: silentLog,
  })
  const gathered = { figures: [], earlier: [], hazards: [], stories: null, crowd: null }
  const gatherKinds = async () => ({ gathered, gaps: [], tally: {} })
  return { asked, collect: createCollect({ sources: [venue], ask, clock, labels: [], gatherKinds }) }
}

const tokenOf = (more: Partial<Token>): Token =>
  Token.parse({
    id: `${more.chain}:${more.address}`,
    symbol: 'PEPE',
    name: 'Pepe',
    catalogueId: null,
    marketCapRank: null,
    marketCapUsd: null,
    priceUsd: null,
    ...more,
  })
const contract = { chain: 'ethereum', address: `0x${'a'.repeat(40)}` }
const wanted = { timeframe: 'SWING', weights: hybridWeights } as const

it.each([
  ['a coin of its own chain', tokenOf({ chain: 'pepe', address: 'native' })],
  ['a contract of the catalogue', tokenOf({ ...contract, catalogueId: 'pepe' })],
])('asks venues for %s by its ticker', async (_, token) => {
  const { asked, collect } = roomOf()
  const { candles, quotes } = await collect(token, wanted)
  expect(asked.filter((symbol) => symbol === 'PEPE')).toHaveLength(3)
  expect(candles?.id).toBe('venue:PEPEUSDT:1h')
  expect(quotes).toHaveLength(1)
})

it('asks no venue by a ticker that the maker of a contract chose, and says so', async () => {
  const { asked, collect } = roomOf()
  const { candles, quotes, gaps } = await collect(tokenOf(contract), wanted)
  expect(asked).not.toContain('PEPE')
  expect([candles, quotes]).toEqual([null, []])
  expect(gaps).toMatchObject([{ kind: 'technical', source: null, reason: expect.stringContaining('ticker') as string }])
})
