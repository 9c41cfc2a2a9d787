import { expect, it } from 'vitest'
import { createAsk } from '../network/ask.ts'
import type { Fetch } from '../network/fetch.ts'
import { silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { createLeapingClock, readSample } from '../testing/test-source.ts'
import { binance } from './binance.ts'
import { sources } from './index.ts'
import { checkSources, probe } from './probe.ts'

const clock = createLeapingClock(Date.UTC(2026, 2, 1, 12, 34, 56))
const askOver = (fetch: Fetch) => createAsk({ fetch, clock, random: seededRandom(1), log: silentLog })

it('a probe tells of each feed whether it answered and what was wrong', async () => {
  const halfDown: Fetch = async (request) =>
    request.url.includes('klines')
      ? Response.json(readSample('binance/klines-1h.json'))
      : new Response('<html>', { status: 200 })
  expect(await probe(binance, { ask: askOver(halfDown), clock })).toEqual([
    { source: 'binance', feed: 'candles', ok: true, latencyMs: 0, reason: null },
    {
      source: 'binance',
      feed: 'price',
      ok: false,
      latencyMs: 0,
      reason: 'binance answered a web page instead of JSON',
    },
  ])
})

it('a probe takes "nothing" about BTC for a failure', async () => {
  const empty: Fetch = async () => Response.json([])
  const [candles] = await probe(binance, { ask: askOver(empty), clock })
  expect(candles).toMatchObject({ ok: false, reason: 'answered that there is nothing' })
})

it('all sources are probed side by side, and all may be down', async () => {
  const probed = await checkSources(sources, {
    ask: askOver(() => Promise.reject(new TypeError('fetch failed'))),
    clock,
  })
  expect(probed.map(({ source, feed }) => `${source} ${feed}`)).toEqual([
    'binance candles',
    'binance price',
    'coinbase candles',
    'coinbase price',
    'kraken candles',
    'kraken price',
    'okx candles',
    'okx price',
    'bybit candles',
    'bybit price',
    'coingecko catalogue',
  ])
  expect(probed.every(({ ok, reason }) => !ok && reason !== null)).toBe(true)
})
