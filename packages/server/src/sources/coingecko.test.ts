import { describe, expect, it } from 'vitest'
import { createAsk } from '../network/ask.ts'
import { mishapOf } from '../network/mishap.ts'
import { silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { createSecret } from '../platform/secret.ts'
import { createLeapingClock, readSample } from '../testing/test-source.ts'
import { coingecko } from './coingecko.ts'

const lists: Record<string, unknown> = {
  asset_platforms: readSample('coingecko/asset-platforms.json'),
  list: readSample('coingecko/coins-list.json'),
  markets: readSample('coingecko/markets.json'),
}

async function catalogue(answers: (name: string, url: URL) => unknown = (name) => lists[name], pages = 1, keys = {}) {
  const requests: Request[] = []
  const ask = createAsk({
    fetch: async (request) => {
      requests.push(request)
      const url = new URL(request.url)
      const said = answers(url.pathname.split('/').at(-1)!, url)
      return said instanceof Response ? said : Response.json(said)
    },
    clock: createLeapingClock(0),
    random: seededRandom(1),
    log: silentLog,
    keys,
  })
  const omitted: Record<string, string> = {}
  const omit = (id: string, why: string) => void (omitted[id] = why)
  const tokens = await coingecko.feeds.catalogue!({ pages, get: ask.from(coingecko), omit }).catch(
    (thrown: unknown) => thrown,
  )
  return { tokens, omitted, requests, quota: ask.health()[0]!.quota }
}

describe('the catalogue', () => {
  it('names every coin by chain and address, native ones by their own chain', async () => {
    const { tokens } = await catalogue()
    expect((tokens as { id: string }[]).map(({ id }) => id)).toEqual([
      'bitcoin:native',
      'ethereum:native',
      'ethereum:0xabcdef0123456789abcdef0123456789abcdef01',
      'xrp:native',
      'avalanche:native',
      'solana:DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB7YaB1pPB263',
      'lonely:native',
      'base:0x00000000000000000000000000000000000000aa',
    ])
  })

  it('names native coins, and no others, when the list of coins says nothing of their contracts', async () => {
    const bare = (lists['list'] as { id: string }[]).map(({ id }) => ({ id }))
    const { tokens, omitted } = await catalogue((name) => (name === 'list' ? bare : lists[name]))
    const ids = (tokens as { id: string }[]).map(({ id }) => id)
    expect(ids).toEqual(['bitcoin:native', 'ethereum:native', 'xrp:native', 'avalanche:native'])
    expect(Object.keys(omitted)).toContain('dollar-token')
  })

  it('leaves out a coin whose name no database keeps or no screen shows as it is, and no other', async () => {
    const coins = lists['markets'] as { id: string; name: string; symbol: string }[]
    const all = (await catalogue()).tokens as unknown[]
    for (const bad of ['a\u0000b', 'red\u001b[31m', '\u202eniocib', '\ud800', 'two\nlines']) {
      for (const field of ['name', 'symbol'] as const) {
        const named = coins.map((coin) => (coin.id === 'ripple' ? { ...coin, [field]: bad } : coin))
        const { tokens, omitted } = await catalogue((name) => (name === 'markets' ? named : lists[name]))
        expect(tokens).toHaveLength(all.length - 1)
        expect(omitted['ripple']).toMatch(/characters that cannot be shown or kept/)
      }
    }
    const said = coins.map((coin) => (coin.id === 'ripple' ? { ...coin, name: '<b>Вitсоin 💥 比特币' } : coin))
    expect((await catalogue((name) => (name === 'markets' ? said : lists[name]))).tokens).toHaveLength(all.length)
  })

  it('keeps what the catalogue knows of a coin, nulls included', async () => {
    const { tokens } = await catalogue()
    expect(tokens).toContainEqual({
      id: 'ethereum:0xabcdef0123456789abcdef0123456789abcdef01',
      chain: 'ethereum',
      address: '0xabcdef0123456789abcdef0123456789abcdef01',
      symbol: 'USDX',
      name: 'Dollar Token',
      catalogueId: 'dollar-token',
      marketCapRank: 3,
      marketCapUsd: 90_000_000_000,
      priceUsd: '1.5',
    })
    expect(tokens).toContainEqual(expect.objectContaining({ symbol: 'BONK', marketCapRank: null, marketCapUsd: null }))
  })

  it('keeps two coins of one ticker apart', async () => {
    const { tokens } = await catalogue()
    expect((tokens as { symbol: string }[]).filter(({ symbol }) => symbol === 'USDX')).toHaveLength(2)
  })

  it('tells each coin it leaves out, and why', async () => {
    const { omitted } = await catalogue()
    expect(omitted).toEqual({
      'move-coin': expect.stringContaining('characters'),
      newborn: expect.stringContaining('does not say where'),
      nameless: expect.stringContaining('symbol'),
      double: expect.stringContaining('is already dollar-token'),
    })
  })

  it('reads as many pages as asked and stops at an empty one', async () => {
    const page = (name: string, url: URL) =>
      name === 'markets' && Number(url.searchParams.get('page')) > 1 ? [] : lists[name]
    const { requests } = await catalogue(page, 5)
    const paths = requests.map(({ url }) => url.slice('https://api.coingecko.com/api/v3'.length))
    expect(paths).toEqual([
      '/asset_platforms',
      '/coins/list?include_platform=true',
      '/coins/markets?vs_currency=usd&order=market_cap_desc&per_page=250&page=1',
      '/coins/markets?vs_currency=usd&order=market_cap_desc&per_page=250&page=2',
    ])
  })

  it('is refused whole when a list that cannot be empty is', async () => {
    for (const list of ['asset_platforms', 'list']) {
      expect(mishapOf((await catalogue((name) => (name === list ? [] : lists[name]))).tokens)).toBe('drift')
    }
  })

  it('waits a minute after "too many" unless the vendor says how long, in each of its envelopes', async () => {
    const body = readSample('coingecko/error-429.json')
    for (const [said, headers, waitMs] of [
      [body, {}, 60_000],
      [{ error: body }, {}, 60_000],
      [body, { 'retry-after': '53' }, 53_000],
    ] as const) {
      const { tokens, requests } = await catalogue(() => Response.json(said, { status: 429, headers }))
      expect(tokens).toMatchObject({ code: 'tooMany', retryAfterMs: waitMs })
      expect(requests).toHaveLength(1)
    }
  })

  it('is refused by a key that does not fit', async () => {
    const { tokens } = await catalogue(() => Response.json({ status: { error_code: 10002 } }, { status: 401 }))
    expect([mishapOf(tokens), (tokens as Error).message]).toEqual([
      'refused',
      'coingecko refused the request (HTTP 401, code 10002)',
    ])
  })

  it('may be asked more often with a key, which travels in a header', async () => {
    const without = await catalogue()
    const { requests, quota } = await catalogue(undefined, 1, { coingecko: createSecret('demo-key') })
    expect(requests[0]!.headers.get('x-cg-demo-api-key')).toBe('demo-key')
    expect(without.requests[0]!.headers.has('x-cg-demo-api-key')).toBe(false)
    expect(quota.calls).toBeGreaterThan(without.quota.calls)
  })
})
