import { isFailure, tokenId, type Figure, type Hazard, type Observation, type Token } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { createAsk } from '../network/ask.ts'
import type { Fetch } from '../network/fetch.ts'
import { mishapOf } from '../network/mishap.ts'
import { createCollectedLog, silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { createLeapingClock, readSample } from '../testing/test-source.ts'
import { askWatch, testWatches, watchedVendor, type WatchSample } from '../testing/test-watch.ts'
import { birdeye } from './birdeye.ts'
import { defillama } from './defillama.ts'
import { dexscreener } from './dexscreener.ts'
import { geckoterminal } from './geckoterminal.ts'
import { goplus } from './goplus.ts'
import { rugcheck } from './rugcheck.ts'
import type { Source } from './source.ts'

const now = Date.UTC(2026, 2, 1, 12, 34, 56)
const always = (body: unknown) => () => body

const tokenOf = (id: string, catalogueId: string | null = null): Token => {
  const own = tokenId(id)
  return {
    id: own,
    chain: own.slice(0, own.indexOf(':')),
    address: own.slice(own.indexOf(':') + 1),
    symbol: 'SMPL',
    name: 'Sample Token',
    catalogueId,
    marketCapRank: null,
    marketCapUsd: null,
    priceUsd: null,
  }
}
const evm = tokenOf('ethereum:0xabcdef0123456789abcdef0123456789abcdef01')
const solana = tokenOf('solana:SampMint11111111111111111111111111111111111')
const ether = tokenOf('ethereum:native', 'ethereum')

const sample = (watch: string, token: Token | null, file: string, more: Partial<WatchSample> = {}): WatchSample => ({
  watch,
  token,
  now,
  answer: always(readSample(file)),
  ...more,
})

const llama = ({ pathname }: URL): unknown => {
  const name = ['chains', 'dexs', 'fees', 'stablecoins', 'protocols'].find((part) => pathname.includes(part))
  return name === undefined ? null : readSample(`defillama/${name}.json`)
}

const samples: readonly (readonly [Source, readonly WatchSample[]])[] = [
  [dexscreener, [sample('pools', evm, 'dexscreener/token-pairs.json', { empty: always([]) })]],
  [
    geckoterminal,
    [
      sample('pools', evm, 'geckoterminal/pools.json', { empty: always({ data: [] }) }),
      sample('holders', solana, 'geckoterminal/info.json'),
    ],
  ],
  [
    defillama,
    [
      { watch: 'chain', token: ether, now, answer: llama, empty: always([]) },
      { watch: 'market', token: null, now, answer: llama, maps: ['circulating'] },
      { watch: 'protocols', token: null, now, answer: llama, empty: always([]) },
    ],
  ],
  [
    goplus,
    [
      sample('safety', evm, 'goplus/evm.json', { empty: always({ code: 1, result: {} }), maps: ['result'] }),
      sample('safety', solana, 'goplus/solana.json', {
        empty: always({ code: 1, result: {} }),
        maps: ['result', 'transfer_fee'],
      }),
    ],
  ],
  [rugcheck, [sample('safety', solana, 'rugcheck/report.json', { maps: ['knownAccounts'] })]],
  [
    birdeye,
    [
      sample('overview', solana, 'birdeye/overview.json', { empty: always({ data: null, success: true }) }),
      sample('safety', solana, 'birdeye/security.json', { empty: always({ data: null, success: true }) }),
    ],
  ],
]

for (const [source, told] of samples) testWatches(source, told, { payloads: 300 })

const seen = ([source, told]: (typeof samples)[number], i: number): Promise<Observation[]> =>
  askWatch(source, told[i]!, { fetch: watchedVendor(source, told[i]!) })
const figuresIn = (said: readonly Observation[]): Record<string, number> =>
  Object.fromEntries(said.filter((one): one is Figure => one.what === 'figure').map(({ name, value }) => [name, value]))
const hazardsIn = (said: readonly Observation[]): Record<string, boolean> =>
  Object.fromEntries(
    said.filter((one): one is Hazard => one.what === 'hazard').map(({ danger, present }) => [danger, present]),
  )

describe('pools', () => {
  it('of dexscreener are summed: none twice, none of another token, none that is empty, far off in price or not there yet', async () => {
    expect(figuresIn(await seen(samples[0]!, 0))).toEqual({
      liquidityUsd: 800_000,
      volume24hUsd: 100_500,
      volume1hUsd: 4_500,
      buys24h: 174,
      sells24h: 111,
      buys1h: 17,
      sells1h: 11,
      priceUsd: expect.closeTo(2.005, 12) as number,
      marketCapUsd: 2_000_000,
      pools: 3,
      poolAgeMs: now - 1735689600000,
    })
  })

  it('of geckoterminal are summed, with the wallets that traded', async () => {
    expect(figuresIn(await seen(samples[1]!, 0))).toEqual({
      liquidityUsd: 800_000.5,
      volume24hUsd: 100_901,
      volume1hUsd: 4_580,
      buys24h: 170,
      sells24h: 112,
      buys1h: 17,
      sells1h: 11,
      buyers24h: 100,
      sellers24h: 60,
      priceUsd: expect.closeTo((2.02 * 610_000.5 + 1.98 * 190_000) / 800_000.5, 12) as number,
      marketCapUsd: 2_020_000,
      pools: 2,
      poolAgeMs: now - 1735689600000,
    })
  })
})

describe('holders and dangers', () => {
  it('of geckoterminal are as old as it says', async () => {
    const said = await seen(samples[1]!, 1)
    expect(figuresIn(said)).toEqual({ holders: 1_234, top10AccountsRatio: 0.415, developerRatio: 0.025 })
    expect(hazardsIn(said)).toEqual({ mintable: false, freezable: true })
    expect(said.map(({ observedAt }) => observedAt.slice(11, 19))).toEqual([
      '11:30:00',
      '11:30:00',
      '12:34:56',
      '12:34:56',
      '12:34:56',
    ])
  })

  it('of goplus on EVM chains: empty is not known, pools and locks and the burnt are no holders', async () => {
    const said = await seen(samples[3]!, 0)
    expect(hazardsIn(said)).toEqual({
      honeypot: false,
      mintable: false,
      blacklist: true,
      balanceChangeable: false,
      ownerHidden: true,
      ownershipReclaimable: false,
      upgradeable: false,
      selfDestruct: false,
      sourceClosed: false,
      sellRestricted: false,
      taxChangeable: true,
      tradingCooldown: false,
      limitsChangeable: true,
      makerKnownBad: false,
    })
    expect(figuresIn(said)).toEqual({
      buyTaxRatio: 0.03,
      sellTaxRatio: 0.12,
      holders: 4_321,
      supply: 1_000_000,
      top10Ratio: expect.closeTo(0.12, 12) as number,
      developerRatio: 0.03,
      lpLockedRatio: 0.75,
      lpCreatorRatio: 0.25,
    })
  })

  it('of goplus on Solana', async () => {
    const said = await seen(samples[3]!, 1)
    expect(hazardsIn(said)).toEqual({
      mintable: true,
      freezable: false,
      permanentDelegate: false,
      transferHook: false,
      taxChangeable: false,
      selfDestruct: false,
      sellRestricted: false,
    })
    expect(figuresIn(said)).toEqual({
      transferFeeRatio: 0,
      holders: 1_200,
      supply: 1e9,
      top10Ratio: expect.closeTo(0.12, 12) as number,
      developerRatio: 0.08,
      lpLockedRatio: expect.closeTo(0.7, 12) as number,
      lpCreatorRatio: 0.5,
    })
  })

  it('of goplus: a share a rounding above all is all, and one far above refuses the answer', async () => {
    const body = readSample('goplus/evm.json') as { result: Record<string, { sell_tax: string }> }
    const report = Object.values(body.result)[0]!
    const told = samples[3]![1][0]!
    report.sell_tax = '1.00000000000002'
    expect(
      figuresIn(await askWatch(goplus, told, { fetch: watchedVendor(goplus, told, always(body)) })).sellTaxRatio,
    ).toBe(1)
    report.sell_tax = '12'
    const refused: unknown = await askWatch(goplus, told, {
      fetch: watchedVendor(goplus, told, always(body)),
    }).catch((thrown: unknown) => thrown)
    expect(mishapOf(refused)).toBe('drift')
  })

  it('of goplus: the maker of several honeypots is known for one', async () => {
    const body = readSample('goplus/evm.json') as { result: Record<string, { honeypot_with_same_creator: string }> }
    const told = samples[3]![1][0]!
    for (const [count, known] of [
      ['3', true],
      ['', undefined],
    ] as const) {
      Object.values(body.result)[0]!.honeypot_with_same_creator = count
      const said = await askWatch(goplus, told, { fetch: watchedVendor(goplus, told, always(body)) })
      expect(hazardsIn(said)['makerKnownBad']).toBe(known)
    }
  })

  it('of rugcheck: percents become shares, and its pools are no holders', async () => {
    const said = await seen(samples[4]!, 0)
    expect(hazardsIn(said)).toEqual({
      mintable: false,
      freezable: true,
      permanentDelegate: false,
      transferHook: false,
      sellRestricted: false,
      pausable: false,
      taxChangeable: false,
      lpUnlocked: true,
      rugged: false,
    })
    expect(figuresIn(said)).toEqual({
      holders: 1_199,
      top10Ratio: expect.closeTo(0.12, 12) as number,
      insiderRatio: 0.085,
      developerRatio: 0.025,
      lpLockedRatio: 0.25,
      transferFeeRatio: 0,
      liquidityUsd: 40_000,
      priceUsd: 0.00042,
      supply: 1e9,
    })
  })

  it('of birdeye', async () => {
    expect(figuresIn(await seen(samples[5]!, 0))).toEqual({
      priceUsd: 0.00042,
      liquidityUsd: 41_000.5,
      marketCapUsd: 420_000,
      holders: 1_201,
      volume24hUsd: 5_100.5,
      buys24h: 300,
      sells24h: 210,
      traders24h: 140,
    })
    const said = await seen(samples[5]!, 1)
    expect(hazardsIn(said)).toEqual({ freezable: true, sellRestricted: false })
    expect(figuresIn(said)).toEqual({ developerRatio: 0.025, top10AccountsRatio: 0.415, supply: 1e9 })
  })
})

describe('defillama', () => {
  it('tells of the chain whose coin it is, and nothing of a coin without a chain', async () => {
    expect(figuresIn(await seen(samples[2]!, 0))).toEqual({
      chainTvlUsd: 60_000_000_000.5,
      dexVolume24hUsd: 1.5e9,
      fees24hUsd: 7_500_000.25,
    })
    const other = { ...samples[2]![1][0]!, token: tokenOf('bitcoin:native', 'bitcoin') }
    expect(await askWatch(defillama, other, { fetch: watchedVendor(defillama, other) })).toEqual([])
  })

  it('tells of the market without a token, stablecoins at their price', async () => {
    const said = await seen(samples[2]!, 1)
    expect(figuresIn(said)).toEqual({
      chainTvlUsd: 64_000_000_000.5,
      dexVolume24hUsd: 1.5e9,
      fees24hUsd: 7_500_000.25,
      stablecoinsUsd: 101.6e9,
    })
    expect(said.map(({ token }) => token)).toEqual([null, null, null, null])
  })

  it('tells of protocols by the address of their token: those of one token together, none of an exchange', async () => {
    const said = (await seen(samples[2]!, 2)) as Figure[]
    expect(said.map(({ token, name, value }) => [token, name, value])).toEqual([
      [evm.id, 'tvlUsd', 500_000_000],
      [evm.id, 'tvlChange24hRatio', 0.25],
      ['binance-smart-chain:0x4444444444444444444444444444444444444444', 'tvlUsd', 5_000_000],
      [solana.id, 'tvlUsd', 2_001_200],
      [solana.id, 'tvlChange24hRatio', expect.closeTo(2_001_200 / (4_000_000 + 1_200 / 1.01) - 1, 12)],
    ])
  })
})

/** What it is asked through, at `now`, with a budget that never ends. */
const over = (fetch: Fetch) =>
  createAsk({ fetch, clock: createLeapingClock(now), random: seededRandom(7), log: silentLog }).from({
    ...dexscreener,
    budget: { calls: 1_000, perMs: 1 },
  })

describe('dexscreener lists tokens', () => {
  const answer = ({ pathname }: URL): unknown => {
    if (pathname.startsWith('/token-profiles')) return readSample('dexscreener/profiles.json')
    if (pathname.startsWith('/tokens/v1/'))
      return readSample(`dexscreener/tokens-${pathname.includes('/solana/') ? 'solana' : 'ethereum'}.json`)
    return readSample('dexscreener/search.json')
  }
  const asked: string[] = []
  const get = over(async (request) => {
    const url = new URL(request.url)
    asked.push(url.pathname + url.search)
    return Response.json(answer(url))
  })

  it('by words: the deepest first, those of our chains, none whose name would deceive, none not there yet', async () => {
    const found = await dexscreener.feeds.lookup!({ query: 'smpl', now, get })
    expect(found.map(({ id, symbol, priceUsd }) => [id, symbol, priceUsd])).toEqual([
      ['ethereum:0x3333333333333333333333333333333333333333', 'SMPL', '5'],
      [evm.id, 'SMPL', '2'],
      ['ethereum:0x2222222222222222222222222222222222222222', 'USDX', '1.01'],
      [solana.id, 'SMEME', '0.00042'],
    ])
    expect(asked.at(-1)).toBe('/latest/dex/search?q=smpl')
  })

  it('by address: that contract alone, in whichever case it was asked', async () => {
    const found = await dexscreener.feeds.lookup!({ query: evm.address.toUpperCase().replace('0X', '0x'), now, get })
    expect(found.map(({ id, marketCapUsd }) => [id, marketCapUsd])).toEqual([[evm.id, 2_000_000]])
    expect(asked.at(-1)).toMatch(/^\/latest\/dex\/tokens\/0x/)
  })

  it('asks nothing for no words', async () => {
    const before = asked.length
    expect(await dexscreener.feeds.lookup!({ query: '  ', now, get })).toEqual([])
    expect(asked.length).toBe(before)
  })

  it('finds none where the vendor knows none, and throws where it could not ask', async () => {
    const none = over(async () => Response.json({ schemaVersion: '1.0.0', pairs: null }))
    expect(await dexscreener.feeds.lookup!({ query: 'x', now, get: none })).toEqual([])
    const down = over(async () => new Response('no', { status: 503 }))
    for (const feed of [
      dexscreener.feeds.lookup!({ query: 'x', now, get: down }),
      dexscreener.feeds.fresh!({ now, get: down }),
    ])
      expect(mishapOf(await feed.catch((thrown: unknown) => thrown))).toBe('server')
  })

  it('that have a new profile, with the names their pools tell', async () => {
    const found = await dexscreener.feeds.fresh!({ now, get })
    expect(found.map(({ id, symbol }) => [id, symbol])).toEqual([
      [evm.id, 'SMPL'],
      [solana.id, 'SMEME'],
    ])
  })
})

describe('errors', () => {
  const told = samples.flatMap(([source, all]) => all.map((one) => [source, one] as const))
  const thrownBy = async (id: string, status: number, body: unknown) => {
    const [source, one] = told.find(([{ id: known }]) => known === id)!
    const thrown: unknown = await askWatch(source, one, { fetch: async () => Response.json(body, { status }) }).catch(
      (reason: unknown) => reason,
    )
    return isFailure(thrown) ? [mishapOf(thrown), thrown.message] : thrown
  }

  it.each([
    ['goplus', 200, readSample('goplus/error-limit.json'), 'throttled', 'goplus says that we ask too often'],
    ['goplus', 200, { code: 2, result: { x: {} } }, 'server', 'goplus has only a part of the answer yet'],
    ['goplus', 200, { code: 2021, message: 'body' }, 'absent', 'goplus knows nothing of the contract'],
    ['goplus', 200, { code: 2018, message: 'body' }, 'refused', 'goplus refused the request (code 2018)'],
    ['rugcheck', 400, readSample('rugcheck/error-400.json'), 'absent', 'rugcheck has no report of the token'],
    ['rugcheck', 400, { error: 'invalid length, body' }, 'refused', 'rugcheck refused the request (HTTP 400)'],
    [
      'geckoterminal',
      404,
      readSample('geckoterminal/error-404.json'),
      'absent',
      'geckoterminal does not know the token',
    ],
    ['birdeye', 401, readSample('birdeye/error-401.json'), 'refused', 'birdeye answered HTTP 401'],
    ['birdeye', 200, readSample('birdeye/error-401.json'), 'refused', 'birdeye refused the request'],
  ])('of %s with HTTP %i are named in words of ours', async (id, status, body, mishap, message) => {
    expect(await thrownBy(id, status, body)).toEqual([mishap, message])
  })

  it('a report of another token is refused', async () => {
    const body = { ...(readSample('rugcheck/report.json') as object), mint: 'Other' }
    expect(await thrownBy('rugcheck', 200, body)).toEqual(['drift', expect.stringContaining('another token')])
  })
})

describe('keys', () => {
  it('are sent where the vendor takes them, and 1,000 planted ones are in no log, failure or observation', async () => {
    const random = seededRandom(2026)
    const told = samples.flatMap(([source, all]) => all.map((one) => [source, one] as const))
    for (let i = 0; i < 1_000; i++) {
      const [source, one] = told[i % told.length]!
      const key = Array.from({ length: 32 }, () => Math.floor(random() * 36).toString(36)).join('')
      const log = createCollectedLog()
      const sent: (string | null)[] = []
      const fetch: Fetch = async (request) => {
        sent.push(request.headers.get('X-API-KEY'))
        expect(request.url).not.toContain(key)
        if (i % 2 === 1) return new Response(`no ${key}`, { status: 403 })
        return watchedVendor(source, one)(request)
      }
      const said: unknown = await askWatch(source, one, { fetch, log, key }).catch((thrown: unknown) => thrown)
      const all = JSON.stringify([said, log.entries, isFailure(said) && [said.message, said.stack, said.cause]])
      expect(all).not.toContain(key)
      expect(new Set(sent)).toEqual(new Set([source.id === 'birdeye' ? key : null]))
    }
  })

  it('of birdeye is asked for by name where it is missing', async () => {
    const one = samples[5]![1][0]!
    const said: unknown = await askWatch(birdeye, one, { fetch: watchedVendor(birdeye, one), key: null }).catch(
      (thrown: unknown) => thrown,
    )
    expect(isFailure(said) && said.message).toContain('BIRDEYE_API_KEY')
  })
})

it('each is asked of tokens it could know', () => {
  const served = (token: Token) =>
    samples.flatMap(([{ id, watches = [] }]) =>
      watches.flatMap((watch) => (watch.about === 'token' && watch.serves(token) ? [`${id} ${watch.name}`] : [])),
    )
  expect(served(evm)).toEqual([
    'dexscreener pools',
    'geckoterminal pools',
    'geckoterminal holders',
    'goplus safety',
    'birdeye overview',
  ])
  expect(served(solana)).toEqual([
    'dexscreener pools',
    'geckoterminal pools',
    'geckoterminal holders',
    'goplus safety',
    'rugcheck safety',
    'birdeye overview',
    'birdeye safety',
  ])
  expect(served(ether)).toEqual(['defillama chain'])
  expect(served(tokenOf('avalanche:0xabcdef0123456789abcdef0123456789abcdef01'))).toEqual([])
})
