import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  assessSafety,
  isFailure,
  tokenId,
  type Figure,
  type Hazard,
  type Observation,
  type Token,
} from '@pumpiq/domain'
import { afterAll, describe, expect, it } from 'vitest'
import { createAsk } from '../network/ask.ts'
import { mishapOf } from '../network/mishap.ts'
import { silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { createLeapingClock } from '../testing/test-source.ts'
import { askWatch } from '../testing/test-watch.ts'
import { birdeye } from './birdeye.ts'
import { defillama } from './defillama.ts'
import { dexscreener } from './dexscreener.ts'
import { geckoterminal } from './geckoterminal.ts'
import { goplus } from './goplus.ts'
import { rugcheck } from './rugcheck.ts'
import type { Source } from './source.ts'

// Literals were read from the recorded answers by hand, with another program; nothing here was printed by a connector.

const folder = process.env['EVALUATION_DIR']
const files = new Set<string>()

function recorded(file: string): unknown {
  files.add(file)
  return JSON.parse(readFileSync(join(folder!, 'fixtures', file), 'utf8'))
}

function tokenOf(text: string, catalogueId: string | null = null): Token {
  const id = tokenId(text)
  const [chain = '', address = ''] = id.split(':')
  const unknown = { marketCapRank: null, marketCapUsd: null, priceUsd: null }
  return { id, chain, address, symbol: 'X', name: 'X', catalogueId, ...unknown }
}

type Asked = { watch: string; token: string | null; now: string; catalogueId?: string; status?: number }

/** What a watch makes of a recorded answer that came at `now`. */
async function read(source: Source, { status = 200, ...asked }: Asked, body: (url: URL) => unknown) {
  const now = Date.parse(asked.now)
  const token = asked.token === null ? null : tokenOf(asked.token, asked.catalogueId ?? null)
  const headers = { date: new Date(now).toUTCString() }
  return askWatch(
    source,
    { watch: asked.watch, token, now, answer: () => null },
    { fetch: async (request) => Response.json(body(new URL(request.url)), { status, headers }) },
  )
}

/** Figures and dangers by name. */
const told = (said: readonly Observation[]): Record<string, number | boolean> =>
  Object.fromEntries(
    said.flatMap((one): [string, number | boolean][] =>
      one.what === 'figure' ? [[one.name, one.value]] : one.what === 'hazard' ? [[one.danger, one.present]] : [],
    ),
  )

const weth = 'ethereum:0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2'
const usdc = 'ethereum:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48'
const usdt = 'ethereum:0xdac17f958d2ee523a2206206994597c13d831ec7'
const wormholeBtc = 'solana:3NZ9JMVBmGAqocybic2c7LQCJScmgsAZ6vQqTDzcqmJh'

describe.skipIf(!folder)('recorded answers about tokens (needs EVALUATION_DIR)', () => {
  afterAll(() => {
    process.stdout.write(`read ${files.size} recorded answers: ${[...files].toSorted().join(', ')}\n`)
  })

  describe('dexscreener', () => {
    const pairsOf = (file: string) => (recorded(`dexscreener/${file}`) as { pairs: unknown[] }).pairs
    const pools = { watch: 'pools', now: '2026-10-04T18:40:00Z' }
    const wethUsdc = () => pairsOf('latest_dex_pairs_ethereum_weth_usdc.json')

    it('a pool of six minutes', async () => {
      const asked = { watch: 'pools', token: 'solana:6xzcGi7rMd12UPD5PJSMnkTgquBZFYhhMz9D5iHgzB1w' }
      const body = () => recorded('dexscreener/tokens_v1_solana.json')
      const said = await read(dexscreener, { ...asked, now: '2025-03-26T12:26:40Z' }, body)
      expect(told(said)).toEqual({
        liquidityUsd: 20581.61,
        volume24hUsd: 3519.31,
        volume1hUsd: 3519.31,
        buys24h: 28,
        sells24h: 13,
        buys1h: 28,
        sells1h: 13,
        pools: 1,
        poolAgeMs: 380_000,
        priceUsd: 0.000147,
        marketCapUsd: 147018,
      })
      // Before it was made there is none.
      expect(await read(dexscreener, { ...asked, now: '2025-03-26T12:20:00Z' }, body)).toEqual([])
    })

    it('a pool from its base side', async () => {
      expect(told(await read(dexscreener, { ...pools, token: weth }, wethUsdc))).toEqual({
        liquidityUsd: 98107272.35,
        volume24hUsd: 17174868.85,
        volume1hUsd: 1086321.32,
        buys24h: 6104,
        sells24h: 6834,
        buys1h: 125,
        sells1h: 255,
        pools: 1,
        poolAgeMs: Date.parse('2026-10-04T18:40:00Z') - 1620250931000,
        priceUsd: 2701.37,
        marketCapUsd: 5530815254,
      })
    })

    it('and from its other side: buys are sells, and the price is the other one', async () => {
      const said = told(await read(dexscreener, { ...pools, token: usdc }, wethUsdc))
      expect(said).toMatchObject({ buys24h: 6834, sells24h: 6104, buys1h: 255, sells1h: 125, pools: 1 })
      expect(said['priceUsd']).toBeCloseTo(0.999998704362799, 12)
      expect(said['marketCapUsd']).toBeUndefined()
    })

    it('two pools of one token among those of its namesakes', async () => {
      const said = told(
        await read(dexscreener, { ...pools, token: wormholeBtc }, () => pairsOf('latest_dex_search_WBTC_USDC.json')),
      )
      expect(said).toMatchObject({
        pools: 2,
        buys24h: 554,
        sells24h: 485,
        buys1h: 17,
        sells1h: 14,
        volume1hUsd: 329.63,
      })
      expect(said['liquidityUsd']).toBeCloseTo(249190.99, 6)
      expect(said['volume24hUsd']).toBeCloseTo(24210.88, 6)
      expect(said['priceUsd']).toBeCloseTo(85340.99308724204, 6)
    })

    /** What a feed is asked through, and the paths that were asked. */
    function over(answer: (url: URL) => unknown) {
      const paths: string[] = []
      const ask = createAsk({
        fetch: async (request) => {
          const url = new URL(request.url)
          paths.push(url.pathname)
          return Response.json(answer(url))
        },
        clock: createLeapingClock(Date.parse(pools.now)),
        random: seededRandom(1),
        log: silentLog,
      })
      return {
        paths,
        ask: { now: Date.parse(pools.now), get: ask.from({ ...dexscreener, budget: { calls: 100, perMs: 1 } }) },
      }
    }

    it('a search finds one token a contract on chains of ours, the deepest first', async () => {
      const { ask } = over(() => recorded('dexscreener/latest_dex_search_WBTC_USDC.json'))
      const found = await dexscreener.feeds.lookup!({ ...ask, query: 'WBTC USDC' })
      expect(found.map(({ id, name, priceUsd, marketCapUsd }) => [id, name, priceUsd, marketCapUsd])).toEqual([
        ['solana:5XZw2LKTyrfvfiskJ78AMpackRjPcyCif1WhUsPDuVqQ', 'Wrapped BTC', '85490.61', 426769],
        ['base:0x0555e30da8f98308edb960aa94c0db47230d2b9c', 'Wrapped BTC', '85113.87', 10667322380],
        [wormholeBtc, 'Wrapped BTC (Wormhole)', '85334.17', 329329840],
      ])
    })

    it('a search finds nothing on chains that are not ours', async () => {
      const { ask } = over(() => recorded('dexscreener/latest_dex_2024_injective.json'))
      expect(await dexscreener.feeds.lookup!({ ...ask, query: 'babyDOJO' })).toEqual([])
    })

    it('new profiles are asked for by chain, and are no tokens while they have no pool', async () => {
      const { ask, paths } = over(({ pathname }) =>
        pathname.includes('profiles') ? recorded('dexscreener/token_profiles_latest_v1.json') : [],
      )
      expect(await dexscreener.feeds.fresh!(ask)).toEqual([])
      expect(paths).toEqual([
        '/token-profiles/latest/v1',
        '/tokens/v1/bsc/0x795d2710e383f33fbebe980a155b29757b6703f3',
        '/tokens/v1/solana/ENK9rDXuLW4YsaA4ZyzHkPR9pBJpgY7Q416SfjGxDLfx,FeFKV9XUpUHFJTR1gXsQHWxo6eTghREGQpJtanr4pump',
      ])
    })
  })

  it('geckoterminal, the pool of a token that is on its other side', async () => {
    const said = await read(geckoterminal, { watch: 'pools', token: usdt, now: '2026-05-27T17:45:00Z' }, () =>
      recorded('coingecko/oas_onchain_networks_network_tokens_token_address_pools.json'),
    )
    expect(told(said)).toEqual({
      liquidityUsd: 545933958.0815,
      volume24hUsd: 65665560.4792908,
      volume1hUsd: 6273480.14455755,
      buys24h: 1217,
      sells24h: 1062,
      buys1h: 50,
      sells1h: 44,
      buyers24h: 803,
      sellers24h: 677,
      pools: 1,
      poolAgeMs: Date.parse('2026-05-27T17:45:00Z') - 1744555547000,
      priceUsd: 0.998449563724543,
    })
  })

  it('geckoterminal, holders of Pippin, as old as they are', async () => {
    const token = 'solana:Dfh5DzRgSvvCFDoYc2ciTkMrbDfRKybA4SoFbPmApump'
    const said = await read(geckoterminal, { watch: 'holders', token, now: '2026-05-27T17:45:00Z' }, () =>
      recorded('coingecko/oas_onchain_networks_network_tokens_address_info.json'),
    )
    expect(told(said)).toEqual({
      holders: 47911,
      top10AccountsRatio: expect.closeTo(0.737977, 12) as number,
      developerRatio: 0,
      mintable: false,
      freezable: false,
    })
    expect(said[0]?.observedAt).toBe('2026-05-27T17:41:13.000Z')
    expect(said.at(-1)?.observedAt).toBe('2026-05-27T17:45:00.000Z')
  })

  it('goplus, Wrapped Ether: what is not told stays unknown', async () => {
    const said = await read(goplus, { watch: 'safety', token: weth, now: '2026-10-08T04:43:00Z' }, () =>
      recorded('goplus/v1_token_security_1_weth.json'),
    )
    expect(told(said)).toEqual({
      honeypot: false,
      mintable: false,
      pausable: false,
      blacklist: false,
      balanceChangeable: false,
      ownerHidden: false,
      ownershipReclaimable: false,
      upgradeable: false,
      selfDestruct: false,
      sourceClosed: false,
      taxChangeable: false,
      tradingCooldown: false,
      limitsChangeable: false,
      makerKnownBad: false,
      fake: false,
      buyTaxRatio: 0,
      sellTaxRatio: 0,
      holders: 3679802,
      supply: 2177994.241070255173739383,
      top10Ratio: expect.closeTo(0.6182166769884275, 12) as number,
      developerRatio: 0,
    })
  })

  it('goplus, Raydium (its inner answer, put back into the envelope here)', async () => {
    const mint = '4k3Dyjzvzp8eMZWUXbBCjEvwSkkk59S5iCNLY3QrkX6R'
    const said = await read(goplus, { watch: 'safety', token: `solana:${mint}`, now: '2025-08-20T00:00:00Z' }, () => ({
      code: 1,
      message: 'OK',
      result: { [mint]: recorded('goplus/v1_solana_token_security_result_RAY.json') },
    }))
    expect(told(said)).toEqual({
      mintable: false,
      freezable: false,
      permanentDelegate: false,
      transferHook: false,
      taxChangeable: false,
      selfDestruct: false,
      sellRestricted: false,
      fake: false,
      transferFeeRatio: 0,
      holders: 250721,
      supply: 554998201.927256,
      top10Ratio: expect.closeTo(0.5332, 12) as number,
      lpLockedRatio: expect.closeTo(0.00044290463535247624, 12) as number,
    })
  })

  it('rugcheck, a coin of minutes on its bonding curve: the curve is no holder', async () => {
    const token = 'solana:J94jBu9K2zaMhuwjGAFmjzpj25LYGQmSNvsrcdzwpump'
    const said = await read(rugcheck, { watch: 'safety', token, now: '2025-03-21T12:22:25Z' }, () =>
      recorded('rugcheck/v1_tokens_report.json'),
    )
    expect(told(said)).toEqual({
      mintable: false,
      freezable: false,
      permanentDelegate: false,
      transferHook: false,
      sellRestricted: false,
      pausable: false,
      taxChangeable: false,
      rugged: false,
      holders: 1,
      top10Ratio: expect.closeTo(0.034612903225806, 12) as number,
      insiderRatio: 0,
      lpLockedRatio: 1,
      transferFeeRatio: 0,
      liquidityUsd: 2999.9726928136574,
      priceUsd: 3.788087962983359e-6,
      supply: 1e9,
    })
  })

  it('rugcheck, a token of which there is no report', async () => {
    const asked = { watch: 'safety', token: wormholeBtc, now: '2026-06-10T00:00:00Z', status: 400 }
    const said: unknown = await read(rugcheck, asked, () => recorded('rugcheck/error_400_not_found.json')).catch(
      (thrown: unknown) => thrown,
    )
    expect(isFailure(said) && [said.code, mishapOf(said)]).toEqual(['notFound', 'absent'])
  })

  it('birdeye, a security report', async () => {
    const said = await read(birdeye, { watch: 'safety', token: wormholeBtc, now: '2024-01-01T00:00:00Z' }, () =>
      recorded('birdeye/defi_token_security.json'),
    )
    expect(told(said)).toEqual({
      sellRestricted: false,
      developerRatio: 2.2054864219584144e-8,
      top10AccountsRatio: 0.9371769332953355,
      supply: 999933747.4232626,
    })
  })

  describe('what is told of a contract is assessed', () => {
    const assessed = (id: string, marketCapRank: number | null, now: string, said: readonly Observation[]) => {
      const observations = said.filter((one): one is Figure | Hazard => one.what !== 'document')
      const safety = assessSafety({ token: { ...tokenOf(id), marketCapRank }, observations, at: Date.parse(now) })
      if (!safety.applicable) return null
      const idsOf = (verdict: string) => safety.checks.filter((one) => one.verdict === verdict).map((one) => one.id)
      return { verdict: safety.verdict, fail: idsOf('fail'), unknown: idsOf('unknown') }
    }

    it('Wrapped Ether passes by what two vendors tell, and is unknown while nobody ranks it', async () => {
      const now = '2026-10-08T04:43:00Z'
      const body = recorded('dexscreener/latest_dex_pairs_ethereum_weth_usdc.json') as { pairs: unknown[] }
      const said = [
        ...(await read(goplus, { watch: 'safety', token: weth, now }, () =>
          recorded('goplus/v1_token_security_1_weth.json'),
        )),
        ...(await read(dexscreener, { watch: 'pools', token: weth, now }, () => body.pairs)),
      ]
      const unknown = ['sell-restricted', 'lp-lock']
      expect(assessed(weth, 20, now, said)).toEqual({ verdict: 'pass', fail: [], unknown })
      expect(assessed(weth, null, now, said)).toEqual({ verdict: 'unknown', fail: [], unknown })
    })

    it('a coin of minutes fails for what is in its pool', async () => {
      const token = 'solana:J94jBu9K2zaMhuwjGAFmjzpj25LYGQmSNvsrcdzwpump'
      const now = '2025-03-21T12:22:25Z'
      const said = await read(rugcheck, { watch: 'safety', token, now }, () =>
        recorded('rugcheck/v1_tokens_report.json'),
      )
      expect(assessed(token, null, now, said)).toMatchObject({ verdict: 'fail', fail: ['liquidity'] })
    })
  })

  describe('defillama (examples of its OpenAPI)', () => {
    const body = ({ pathname }: URL): unknown => {
      if (pathname === '/v2/chains') return recorded('defillama/oas_v2_chains.json')
      if (pathname === '/stablecoins') return recorded('defillama/oas_stablecoins.json')
      if (pathname === '/protocols') return recorded('defillama/oas_protocols.json')
      return recorded(`defillama/oas_overview_${pathname.includes('/dexs') ? 'dexs' : 'fees'}.json`)
    }
    const now = '2026-06-24T15:44:02Z'

    it('the chain of ether', async () => {
      const ether = { watch: 'chain', token: 'ethereum:native', catalogueId: 'ethereum', now }
      expect(told(await read(defillama, ether, body))).toEqual({ chainTvlUsd: 65998652431.40251 })
    })

    it('the market: the examples tell no totals of the day', async () => {
      expect(told(await read(defillama, { watch: 'market', token: null, now }, body))).toEqual({
        chainTvlUsd: 65998652431.40251,
        stablecoinsUsd: expect.closeTo(159670192829.9165, 3) as number,
      })
    })

    it('a protocol without the address of a token is of none', async () => {
      expect(await read(defillama, { watch: 'protocols', token: null, now }, body)).toEqual([])
    })
  })
})
