import { fromIso, seconds } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { createManualClock } from '../platform/manual-clock.ts'
import { createFaults, vendorHosts, type VendorName } from './faults.ts'
import { createMarket } from './market.ts'
import { createSimulatedFetch } from './network.ts'

const market = createMarket({ seed: 7 })
const startAt = fromIso('2026-11-22T12:44:30.000Z')
const probes: Record<VendorName, string> = {
  binance: 'https://data-api.binance.vision/api/v3/klines?symbol=BTCUSDT&interval=1h&limit=2',
  coinbase: 'https://api.exchange.coinbase.com/products/BTC-USD/candles?granularity=60',
  kraken: 'https://api.kraken.com/0/public/OHLC?pair=XBTUSD&interval=60',
  okx: 'https://www.okx.com/api/v5/market/candles?instId=BTC-USDT&limit=2',
  bybit: 'https://api.bybit.com/v5/market/kline?category=spot&symbol=BTCUSDT&interval=60&limit=2',
  coingecko: 'https://api.coingecko.com/api/v3/coins/markets?vs_currency=usd&per_page=1',
  dexscreener: 'https://api.dexscreener.com/token-pairs/v1/ethereum/0x514910771af9ca656af840dff83e8264ecf986ca',
  goplus:
    'https://api.gopluslabs.io/api/v1/token_security/1?contract_addresses=0x514910771af9ca656af840dff83e8264ecf986ca',
  coindesk: 'https://www.coindesk.com/arc/outboundfeeds/rss/',
  cointelegraph: 'https://cointelegraph.com/rss',
  'reddit-rss': 'https://www.reddit.com/r/CryptoCurrency+Bitcoin/new.rss?limit=5',
  bluesky: 'https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed?actor=coindesk.com&limit=5',
  'alternative-me': 'https://api.alternative.me/fng/?limit=1',
  'binance-futures': 'https://fapi.binance.com/fapi/v1/premiumIndex?symbol=BTCUSDT',
  defillama: 'https://api.llama.fi/v2/chains',
}
const refusal = '<!doctype html><title>Too Many Requests</title>'
/** Usually less than one, Kraken's three; the machine may be busy. */
const mostMs = 25
const everyVendor = Object.keys(probes) as VendorName[]

function world({ limits = false } = {}) {
  const clock = createManualClock(startAt)
  const faults = createFaults()
  const fetch = createSimulatedFetch({ market, clock, faults, limits })
  return { clock, faults, ask: (url: string, init: RequestInit = {}) => fetch(new Request(url, init)) }
}

describe('the simulated network', () => {
  it.each(everyVendor)('reaches %s on its real hosts, with the same answer on each', async (vendor) => {
    const { ask } = world()
    const first = new URL(probes[vendor])
    const bodies = await Promise.all(
      vendorHosts[vendor].map(async (host) => (await ask(Object.assign(new URL(first), { host }).href)).text()),
    )
    expect(new Set(bodies).size).toBe(1)
    expect(bodies[0]!.length).toBeGreaterThan(50)
  })

  it('gives the same bytes to two networks of one seed at one instant', async () => {
    for (const vendor of everyVendor) {
      const other = createSimulatedFetch({ market: createMarket({ seed: 7 }), clock: createManualClock(startAt) })
      const [a, b] = await Promise.all([world().ask(probes[vendor]), other(new Request(probes[vendor]))])
      expect(await a.text()).toBe(await b.text())
    }
  })

  it('answers within milliseconds once it is warm', async () => {
    const slow: [VendorName, number][] = []
    for (const vendor of everyVendor) {
      const { ask } = world()
      const times: number[] = []
      for (let i = 0; i < 15; i++) {
        const begun = performance.now()
        await ask(probes[vendor])
        times.push(performance.now() - begun)
      }
      const middle = times.toSorted((a, b) => a - b)[7]!
      if (middle > mostMs) slow.push([vendor, middle])
    }
    expect(slow.map(([vendor, ms]) => `${vendor} ${ms.toFixed(2)}`).join(' ')).toBe('')
  })

  it('has no other host, and nothing without https', async () => {
    const { ask } = world()
    await expect(ask('https://example.com/')).rejects.toThrow(new TypeError('fetch failed'))
    await expect(ask('http://api.kraken.com/0/public/Time')).rejects.toThrow(TypeError)
  })

  it('refuses what is no GET', async () => {
    expect((await world().ask(probes.kraken, { method: 'POST', body: 'x' })).status).toBe(405)
  })
})

describe('faults', () => {
  it.each(everyVendor)('silence %s until the caller gives up, with the reason of the caller', async (vendor) => {
    const { faults, ask } = world()
    faults.silence(vendor)
    const abort = new AbortController()
    const asked = ask(probes[vendor], { signal: abort.signal })
    abort.abort(new Error('waited long enough'))
    await expect(asked).rejects.toThrow('waited long enough')
    await expect(ask(probes[vendor], { signal: AbortSignal.abort() })).rejects.toThrow('abort')
  })

  it.each(everyVendor)('fail %s with a status, and leave the others alone', async (vendor) => {
    const { faults, ask } = world()
    faults.fail(vendor, 503)
    for (const other of everyVendor) {
      const { status, headers } = await ask(probes[other])
      expect([other, status]).toEqual([other, other === vendor ? 503 : 200])
      expect(headers.get('x-pumpiq-simulated')).toBe('true')
    }
    faults.restore(vendor)
    expect((await ask(probes[vendor])).status).toBe(200)
  })

  it('throttle each vendor in its own words', async () => {
    const { faults, ask } = world()
    const told: Record<VendorName, [number, string | null, unknown]> = {
      binance: [429, '17', { code: -1003 }],
      coinbase: [429, '17', { message: 'Public rate limit exceeded' }],
      kraken: [200, null, { error: ['EGeneral:Too many requests'] }],
      okx: [429, '17', { code: '50011' }],
      bybit: [403, null, { retCode: 10018 }],
      coingecko: [429, '17', { status: { error_code: 429 } }],
      dexscreener: [429, null, ''],
      goplus: [200, null, { code: 4029 }],
      coindesk: [429, '17', refusal],
      cointelegraph: [429, '17', refusal],
      'reddit-rss': [429, '17', refusal],
      bluesky: [429, null, { error: 'RateLimitExceeded' }],
      'alternative-me': [429, '17', refusal],
      'binance-futures': [429, '17', { code: -1003 }],
      defillama: [429, null, ''],
    }
    for (const vendor of everyVendor) {
      faults.throttle(vendor, 17)
      const response = await ask(probes[vendor])
      const [status, retryAfter, body] = told[vendor]
      expect([response.status, response.headers.get('retry-after')]).toEqual([status, retryAfter])
      const said = await response.text()
      if (typeof body === 'string') expect(said).toBe(body)
      else expect(JSON.parse(said)).toMatchObject(body as object)
    }
  })

  it('garble an answer with status 200: a page, half of it, or nothing', async () => {
    const { faults, ask } = world()
    const whole = await (await ask(probes.okx)).text()
    faults.garble('okx', 'html')
    const page = await ask(probes.okx)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html'])
    faults.garble('okx', 'truncated')
    const half = await (await ask(probes.okx)).text()
    expect(whole.startsWith(half) && half.length > 10 && half.length < whole.length).toBe(true)
    expect(() => JSON.parse(half) as unknown).toThrow(SyntaxError)
    faults.garble('okx', 'empty')
    expect(await (await ask(probes.okx)).text()).toBe('')
  })

  it('slow a vendor by the given clock only', async () => {
    const { clock, faults, ask } = world()
    faults.slow('kraken', seconds(9))
    let answeredAt = 0
    const asked = ask(probes.kraken).then(() => (answeredAt = clock.now()))
    await clock.advance(seconds(8))
    expect(answeredAt).toBe(0)
    await clock.advance(seconds(2))
    await asked
    expect(answeredAt).toBe(startAt + seconds(9))
  })
})

describe('limits', () => {
  it('are off unless asked for', async () => {
    const { ask } = world()
    for (let i = 0; i < 60; i++) expect((await ask('https://api.exchange.coinbase.com/time')).status).toBe(200)
  })

  it('refuse the sixteenth call of a burst at Coinbase, and let it pass a second later', async () => {
    const { clock, ask } = world({ limits: true })
    const statuses: number[] = []
    for (let i = 0; i < 16; i++) statuses.push((await ask('https://api.exchange.coinbase.com/time')).status)
    expect(statuses).toEqual([...Array<number>(15).fill(200), 429])
    await clock.advance(seconds(1))
    expect((await ask('https://api.exchange.coinbase.com/time')).status).toBe(200)
  })

  it('count the weight at Binance by the minute, and name the wait', async () => {
    const { clock, ask } = world({ limits: true })
    const info = 'https://api.binance.com/api/v3/exchangeInfo?symbol=BTCUSDT'
    for (let i = 1; i <= 300; i++) {
      const { status, headers } = await ask(info)
      expect([status, headers.get('x-mbx-used-weight-1m')]).toEqual([200, String(20 * i)])
    }
    const refused = await ask(info)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30'])
    await clock.advance(seconds(30))
    expect((await ask(info)).headers.get('x-mbx-used-weight-1m')).toBe('20')
  })
})
