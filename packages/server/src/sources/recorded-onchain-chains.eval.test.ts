import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isFailure, tokenId, type Observation, type Token } from '@pumpiq/domain'
import { afterAll, describe, expect, it } from 'vitest'
import { createAsk } from '../network/ask.ts'
import { mishapOf } from '../network/mishap.ts'
import { silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { curveBytes } from '../testing/curve-bytes.ts'
import { createLeapingClock } from '../testing/test-source.ts'
import { askWatch } from '../testing/test-watch.ts'
import { etherscan } from './etherscan.ts'
import { rangePoolFacts } from './evm-pools.ts'
import { evmRpc } from './evm-rpc.ts'
import { helius } from './helius.ts'
import { pumpfun } from './pumpfun.ts'
import { curveAddress, curveFacts, decodeCurve } from './pumpfun-curve.ts'
import { pumpportal } from './pumpportal.ts'
import { routescan } from './routescan.ts'
import { heldADayAgo } from './solana-flows.ts'
import { solanaRpc } from './solana-rpc.ts'
import { solscan } from './solscan.ts'
import type { Source } from './source.ts'

// Literals were read from the recorded answers by hand, with another program; nothing here was printed by a connector.

const folder = process.env['EVALUATION_DIR']
const files = new Set<string>()

function text(file: string): string {
  files.add(file)
  return readFileSync(join(folder!, 'fixtures', file), 'utf8')
}
const recorded = (file: string): unknown => JSON.parse(text(file))

const now = Date.parse('2026-10-06T12:00:00Z')
const tokenOf = (chain: string, address: string): Token => ({
  id: tokenId(`${chain}:${address}`),
  chain,
  address,
  symbol: 'X',
  name: 'X',
  catalogueId: null,
  marketCapRank: null,
  marketCapUsd: null,
  priceUsd: null,
})

type Call = { id: number; method: string; params: unknown[] }
type Heard = { status?: number; at?: number; said(url: URL, body: unknown): unknown }

/** What a watch makes of recorded answers, by name of the figure or danger; a failure by its mishap. */
async function read(source: Source, watch: string, token: Token, { status = 200, said, at = now }: Heard) {
  const fetch = async (request: Request) => {
    const body = request.method === 'POST' ? ((await request.json()) as unknown) : null
    const headers = { date: new Date(at).toUTCString() }
    return Response.json(said(new URL(request.url), body), { status, headers })
  }
  const sample = { watch, token, now: at, answer: () => null }
  const told = await askWatch(source, sample, { fetch }).catch((thrown: unknown) => thrown)
  if (isFailure(told)) return mishapOf(told)
  if (told instanceof Error) throw told
  return Object.fromEntries(
    (told as Observation[]).map((one) =>
      one.what === 'figure'
        ? [one.name, one.value]
        : one.what === 'hazard'
          ? [one.danger, one.present]
          : [one.id, null],
    ),
  )
}

/** A node that answers with recorded results, under the ids it was asked with. */
const node =
  (results: Readonly<Record<string, unknown>>) =>
  (_: URL, body: unknown): unknown => {
    const reply = ({ id, method }: Call) => ({ ...(results[method] as object), id })
    return Array.isArray(body) ? (body as Call[]).map(reply) : reply(body as Call)
  }

type Account = { result: { value: { data: [string, string] } } }
const bytesIn = (file: string) =>
  new Uint8Array(Buffer.from((recorded(file) as Account).result.value.data[0], 'base64'))

type Coin = {
  mint: string
  bonding_curve: string
  complete: boolean
  virtual_sol_reserves: number
  virtual_token_reserves: number
  real_sol_reserves?: number
  real_token_reserves?: number
  total_supply: number
  market_cap: number
  usd_market_cap: number
  raydium_pool?: string | null
}
type Frame = {
  mint: string
  pool: string
  txType: string
  bondingCurveKey: string
  is_mayhem_mode?: boolean
  vTokensInBondingCurve: number
  vSolInBondingCurve: number
  marketCapSol: number
}
const coins = () =>
  ['v3_coins', 'v3_coins_2025_list', 'v3_coins_mints_2025', 'v3_coins_search_2025'].flatMap(
    (file) => recorded(`pumpfun/${file}.json`) as Coin[],
  )
const frames = () => [
  ...text('pumpportal/ws_data_newToken_migration.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Frame),
  recorded('pumpportal/ws_data_tokenTrade_buy.json') as Frame,
]

const supply = 1_000_000_000_000_000n
const heldBack = 279_900_000_000_000n
const whole = (amount: number, decimals: number) => BigInt(Math.round(amount * 10 ** decimals))

/** Within half a percent. */
const expectNear = (value: number | null, said: number) =>
  expect(Math.abs((value ?? Number.NaN) / said - 1), `${value} for ${said}`).toBeLessThan(0.005)

describe.skipIf(!folder)('recorded curves of Pump.fun (needs EVALUATION_DIR)', () => {
  let pairs = 0
  afterAll(() => {
    process.stdout.write(`compared ${pairs} pairs; read ${files.size} recorded answers\n`)
  })

  it('account bytes of 2026 are worth what the site said of the coin, in SOL and in dollars', () => {
    const facts = curveFacts(decodeCurve(bytesIn('pumpfun/rpc_getAccountInfo_bonding_curve_mayhem.json')))
    const [said] = recorded('pumpfun/v3_coins.json') as Coin[]
    const { solPrice } = recorded('pumpfun/v3_sol_price.json') as { solPrice: number }
    expectNear(facts.marketCap, said!.market_cap)
    expectNear(facts.marketCap! * solPrice, said!.usd_market_cap)
    expectNear(facts.price! * 1e9, said!.market_cap)
    expect(facts.marketCap).toBe(35.353353560242994)
    expect([facts.price, facts.progressRatio, facts.raised, facts.isGraduated]).toEqual([
      3.535335356024299e-8,
      0.03450899921503846,
      0.7359667,
      false,
    ])
    pairs++
  })

  it('account bytes of 2024, without a site beside them, are read in their shorter layout', () => {
    const curve = decodeCurve(bytesIn('pumpfun/rpc_getAccountInfo_bonding_curve_2024.json'))
    const facts = curveFacts(curve)
    expect([curve.creator, curve.quote, curve.complete]).toEqual([null, 'sol', false])
    expect([facts.marketCap, facts.progressRatio, facts.raised]).toEqual([
      28.09395544710322, 0.003253589802772664, 0.072319932,
    ])
  })

  it('reserves that the line told, put into the bytes of an account, are worth what it said', () => {
    const told = frames().filter(({ pool, txType }) => pool === 'pump' && txType !== 'migrate')
    for (const { vTokensInBondingCurve, vSolInBondingCurve, marketCapSol } of told) {
      const virtualTokens = whole(vTokensInBondingCurve, 6)
      const virtualQuote = whole(vSolInBondingCurve, 9)
      const bytes = curveBytes({
        virtualTokens,
        virtualQuote,
        realTokens: virtualTokens - heldBack,
        realQuote: 0n,
        supply,
      })
      const facts = curveFacts(decodeCurve(bytes))
      expectNear(facts.marketCap, marketCapSol)
      expectNear(facts.price! * 1e9, marketCapSol)
      pairs++
    }
    expect(told.length).toBe(6)
  })

  it('reserves that the site told give the market cap it told', () => {
    const open = coins().filter(({ complete }) => !complete)
    for (const coin of open) {
      const facts = curveFacts(
        decodeCurve(
          curveBytes({
            virtualTokens: BigInt(coin.virtual_token_reserves),
            virtualQuote: BigInt(coin.virtual_sol_reserves),
            realTokens: BigInt(coin.real_token_reserves!),
            realQuote: BigInt(coin.real_sol_reserves!),
            supply: BigInt(coin.total_supply),
          }),
        ),
      )
      expectNear(facts.marketCap, coin.market_cap)
      pairs++
    }
    expect(open.length).toBe(1)
  })

  it('the board’s progress, put into the bytes of an account, gives the dollars of the board', () => {
    type Entry = { pg: string; mh: boolean; p: number; mc: number }
    const { entries } = recorded('pumpfun/indexer_boards_new.json') as { entries: Entry[] }
    const { solPrice } = recorded('pumpfun/v3_sol_price.json') as { solPrice: number }
    const usual = entries.filter(({ pg, mh }) => pg === 'pump' && !mh)
    for (const { p, mc } of usual) {
      const realTokens = whole(793_100_000 * (1 - p / 100), 6)
      const virtualTokens = realTokens + heldBack
      const virtualQuote = (30_000_000_000n * 1_073_000_000_000_000n) / virtualTokens
      const facts = curveFacts(
        decodeCurve(curveBytes({ virtualTokens, virtualQuote, realTokens, realQuote: 0n, supply })),
      )
      expectNear(facts.marketCap! * solPrice, mc)
      expect(facts.progressRatio).toBeCloseTo(p / 100, 9)
      pairs++
    }
    expect(usual.length).toBe(2)
  })

  it('coins that the site calls complete are complete by their bytes, have no price there, and graduated', () => {
    const complete = new Map(coins().map((coin) => [coin.mint, coin]))
    const graduated = [...complete.values()].filter((coin) => coin.complete)
    for (const coin of graduated) {
      const told = {
        virtualTokens: BigInt(coin.virtual_token_reserves),
        virtualQuote: BigInt(coin.virtual_sol_reserves),
        realTokens: 0n,
        realQuote: 0n,
        supply: BigInt(coin.total_supply),
        complete: true,
      }
      const facts = curveFacts(decodeCurve(curveBytes(told)))
      expect([facts.price, facts.marketCap, facts.progressRatio, facts.isGraduated]).toEqual([null, null, 1, true])
      pairs++
    }
    expect(graduated.length).toBe(11)
  })

  it('the address of a curve is derived from the mint alone, as the site tells it', () => {
    const known = new Map(coins().map(({ mint, bonding_curve }) => [mint, bonding_curve]))
    // In mayhem the line names a vault of many coins instead.
    for (const { mint, bondingCurveKey, is_mayhem_mode } of frames())
      if (bondingCurveKey && !is_mayhem_mode) known.set(mint, bondingCurveKey)
    expect(known.size).toBe(17)
    for (const [mint, curve] of known) expect(curveAddress(mint), mint).toBe(curve)
  })
})

describe.skipIf(!folder)('recorded answers about Solana (needs EVALUATION_DIR)', () => {
  it('pumpportal: one coin of another launchpad, five of Pump.fun, one that left its curve', () => {
    const events = frames()
      .slice(0, -1)
      .flatMap((frame) => pumpportal.streams!.tokens!.hear(JSON.stringify(frame), { fetchedAt: now }))
    expect(events.map((event) => (event.told === 'token' ? event.token.symbol : event.told))).toEqual([
      'BCENCR',
      'SKIPOO',
      'seen',
      'EYES',
      'BANANA',
      'WAGMAI',
    ])
    const [first] = events
    if (first?.told !== 'token') throw new Error('no token')
    expect(first.token.name).toBe('Black Cock Encore')
    const values = (event: (typeof events)[number]) =>
      event.told === 'drift'
        ? {}
        : Object.fromEntries(event.seen.map((one) => (one.what === 'figure' ? [one.name, one.value] : [])))
    expect(values(events[5]!)).toMatchObject({ marketCapSol: 48.9103454673906, developerRatio: 0.261739887955715 })
    expect(values(events[2]!)).toEqual({ curveComplete: 1 })
  })

  it('pumpfun: the coin of September 2026', async () => {
    const [coin] = recorded('pumpfun/v3_coins.json') as Coin[]
    const token = tokenOf('solana', coin!.mint)
    expect(await read(pumpfun, 'coin', token, { said: () => coin })).toEqual({
      marketCapUsd: 3597.0066089501474,
      priceUsd: 3.5970066089501476e-6,
      curveProgressRatio: 0.03450899921503846,
      curveComplete: 0,
    })
  })

  it('pumpfun: activity of a coin that slept the last hours', async () => {
    const batch = recorded('pumpfun/swap_api_v1_market_activity_batch.json') as Record<string, unknown>
    const mint = '5xXhg6fJWnm2pBwGVzRp5yXYbM2bwywpxgTbgdw1pump'
    expect(await read(pumpfun, 'activity', tokenOf('solana', mint), { said: () => batch[mint] })).toEqual({
      volume24hUsd: 348.89195218762814,
      volume1hUsd: 0,
      buys24h: 20,
      sells24h: 18,
      buyers24h: 4,
      sellers24h: 3,
      buys1h: 0,
      sells1h: 0,
    })
    const limited = recorded('pumpfun/swap_api_error_429_cloudflare_1015.json')
    expect(await read(pumpfun, 'activity', tokenOf('solana', mint), { said: () => limited, status: 429 })).toBe(
      'throttled',
    )
  })

  it('pumpfun: the newest coin is a token', async () => {
    const get = Object.assign(async () => recorded('pumpfun/v3_coins.json') as never, { timed: null as never })
    const tokens = await pumpfun.feeds.fresh!({ now, get })
    expect(tokens.map(({ id, symbol, name }) => [id, symbol, name])).toEqual([
      ['solana:2sduGq1bDtMbu6apCs3cfmqfyA32bkXA4CCBdTW5pump', 'SKIPOO', 'skipoo'],
    ])
  })

  const mintOf = (file: string, address: string) =>
    read(solanaRpc, 'mint', tokenOf('solana', address), {
      said: node({ getAccountInfo: recorded(`solana_rpc/${file}`) }),
    })

  it('solana-rpc: a mint of the old program, and one of Token-2022 whose maker may do everything', async () => {
    const old = await mintOf('getAccountInfo_spl_mint.json', '9BEcn9aPEmhSPbPQeFGjidRiEKki46fVQDyPpSQXPA2D')
    expect(old).toEqual({
      supply: 486875123.485957,
      transferFeeRatio: 0,
      mintable: true,
      freezable: false,
      permanentDelegate: false,
      transferHook: false,
      pausable: false,
      taxChangeable: false,
    })
    const young = await mintOf('getAccountInfo_token2022_mint.json', '2b1kV6DkPAnxd5ixfnxCpjxmKwqjjaYmCZfHsFu24GXo')
    expect(young).toEqual({
      supply: 705894641.526469,
      transferFeeRatio: 0,
      mintable: true,
      freezable: true,
      permanentDelegate: true,
      transferHook: true,
      pausable: false,
      taxChangeable: true,
    })
  })

  it('solana-rpc: no account, an account of another program, and too many calls', async () => {
    const address = '4TfbsCzBtwGaNSurkQsXoyAzFf4UnKSbcbqFf6J2de8p'
    expect(await mintOf('getAccountInfo_null.json', address)).toBe('absent')
    expect(await mintOf('getAccountInfo_metaplex_metadata.json', address)).toBe('absent')
    const said = () => recorded('solana_rpc/error_429_too_many_requests.json')
    expect(await read(solanaRpc, 'mint', tokenOf('solana', address), { said, status: 429 })).toBe('throttled')
    expect(await read(solanaRpc, 'mint', tokenOf('solana', address), { said })).toBe('throttled')
  })

  it('solana-rpc: the largest accounts of a coin, whose owners were not recorded', async () => {
    const mint = '5YUMaw3fFCRMySvuYMgZJ6nB2te3wvo9QGdP3tNNpump'
    const said = node({
      getTokenSupply: { result: { value: { amount: '999971164173461', decimals: 6 } } },
      getTokenLargestAccounts: recorded('solana_rpc/getTokenLargestAccounts.json'),
      getMultipleAccounts: { result: { value: Array.from({ length: 20 }, () => null) } },
    })
    const told = await read(solanaRpc, 'holders', tokenOf('solana', mint), { said })
    expect(told).toMatchObject({ top10AccountsRatio: 0.42522154887799707 })
  })

  it('solana-rpc: the curve of the coin of September 2026, and what its maker held (invented: nothing)', async () => {
    const said = node({
      getAccountInfo: recorded('pumpfun/rpc_getAccountInfo_bonding_curve_mayhem.json'),
      getTokenAccountsByOwner: recorded('solana_rpc/getTokenAccountsByOwner_empty.json'),
    })
    const mint = '2sduGq1bDtMbu6apCs3cfmqfyA32bkXA4CCBdTW5pump'
    expect(await read(solanaRpc, 'curve', tokenOf('solana', mint), { said })).toEqual({
      curveProgressRatio: 0.03450899921503846,
      curveComplete: 0,
      priceSol: 3.535335356024299e-8,
      marketCapSol: 35.353353560242994,
      curveRaisedSol: 0.7359667,
    })
    expect(await read(solanaRpc, 'maker', tokenOf('solana', mint), { said })).toEqual({ developerRatio: 0 })
  })
})

describe.skipIf(!folder)('recorded answers about Solana that need a key (needs EVALUATION_DIR)', () => {
  const mint = tokenOf('solana', '5YUMaw3fFCRMySvuYMgZJ6nB2te3wvo9QGdP3tNNpump')

  it('helius: an asset whose authorities were given up', async () => {
    const said = node({ getAsset: recorded('helius/getAsset.json') })
    expect(await read(helius, 'asset', mint, { said })).toEqual({
      supply: 999971164.173461,
      mintable: false,
      freezable: false,
    })
  })

  it('a recorded transaction tells what an account held before it', async () => {
    const recordedTransaction = recorded('solana_rpc/getTransaction_json.json') as { result: { blockTime: number } }
    const said = node({
      getSignaturesForAddress: { result: [{ signature: '5x', blockTime: recordedTransaction.result.blockTime }] },
      getTransaction: recordedTransaction,
    })
    const at = recordedTransaction.result.blockTime * 1_000 + 60_000
    const ask = createAsk({
      fetch: async (request) => Response.json(said(new URL(request.url), await request.json())),
      clock: createLeapingClock(at),
      random: seededRandom(1),
      log: silentLog,
    })
    const place = { get: ask.from(solanaRpc), now: at, url: 'https://node.example', abort: undefined }
    const before = (of: string, account: string) => heldADayAgo({ ...place, mint: of }, { account, amount: 1n })
    const dollars = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'
    expect(await before(dollars, '5am7iu4scJXPCNL3S6ogiRCy8sAsRQ742wEQSYUAwvgw')).toBe(173_989_761n)
    // One that is named by a table of addresses.
    expect(await before(dollars, 'EpdaePzdqRkMtdZJquVPUWgyoJ5YEEpYALki6dv9VBrt')).toBe(978_819_456n)
    expect(await before(dollars, 'BNRKT7yR9qMnX6XiiYG4w3Kk5fKjUnL14Q7KFTrk5N2x')).toBe(0n)
  })

  it('solscan: the error of its manual', async () => {
    const said = () => recorded('solscan/error_400_validation_docs_example.json')
    expect(await read(solscan, 'meta', mint, { said, status: 400 })).toBe('absent')
  })
})

describe.skipIf(!folder)('recorded answers about EVM chains (needs EVALUATION_DIR)', () => {
  const weth = tokenOf('ethereum', '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2')
  const result = (file: string) => (recorded(file) as { result: string }).result
  type Exchange = { request: { params: [{ to: string; data: string }] }; response: { result: string } }

  /** A node that answers calls by their data; what was not recorded is the zero word. */
  const chain =
    (results: Readonly<Record<string, string>>) =>
    (_: URL, body: unknown): unknown => {
      const reply = ({ id, params }: Call) => {
        const { data } = (typeof params[0] === 'object' ? params[0] : { data: '' }) as { data: string }
        return { jsonrpc: '2.0', id, result: results[data] ?? `0x${'0'.repeat(64)}` }
      }
      return (Array.isArray(body) ? (body as Call[]) : [body as Call]).map(reply)
    }
  const decimals = { '0x313ce567': `0x${(18).toString(16).padStart(64, '0')}` }

  it('evm-rpc: the pool of WETH and USDC in January 2021', async () => {
    const exchanges = recorded('evm_rpc/uniswap_v2_getPair_getReserves_token0_token1.json') as Exchange[]
    const pairs = exchanges.map(({ request, response }) => [request.params[0].data, response.result])
    expect(await read(evmRpc, 'pools', weth, { said: chain({ ...decimals, ...Object.fromEntries(pairs) }) })).toEqual({
      priceUsd: 1218.8708071999035,
      liquidityUsd: 233336545.542848,
    })
  })

  it('evm-rpc: the price of a v3 pool agrees with its tick', () => {
    const slot0 = result('evm_rpc/eth_call_uniswap_v3_slot0.json')
    const facts = rangePoolFacts({
      isToken0: false,
      sqrtPriceX96: BigInt(slot0.slice(0, 66)),
      tokenBalance: 0n,
      quoteBalance: 1n,
      tokenDecimals: 18,
      quoteDecimals: 6,
      quoteUsd: 1,
    })!
    expect(facts.priceUsd).toBeCloseTo(1e12 / 480242833.87379956, 9)
    // Tick 199908; one tick is a hundredth of a percent.
    expect(Math.abs(facts.priceUsd / (1e12 / 480241916.02740616) - 1)).toBeLessThan(1e-4)
  })

  it('evm-rpc: a supply of 83 bits', async () => {
    const ofSupply = { '0x18160ddd': result('evm_rpc/eth_call_totalSupply.json') }
    const said = chain({ ...decimals, ...ofSupply })
    expect(await read(evmRpc, 'contract', weth, { said })).toEqual({ supply: 7149573.308409068 })
  })

  it('evm-rpc: errors of nodes, each by what it is', async () => {
    const of = (file: string) => {
      const said = (_: URL, body: unknown) => (body as Call[]).map(({ id }) => ({ ...(recorded(file) as object), id }))
      return read(evmRpc, 'contract', weth, { said })
    }
    expect(await of('evm_rpc/error_missing_trie_node.json')).toBe('server')
    expect(await of('evm_rpc/error_no_state_available.json')).toBe('server')
    expect(await of('evm_rpc/error_no_historical_rpc.json')).toBe('server')
    expect(await of('evm_rpc/blockscout_rpc_error_string.json')).toBe('refused')
    expect(await of('evm_rpc/error_execution_reverted.json')).toBe('absent')
  })

  const maker = tokenOf('ethereum', '0x9f8f72aa9304c8b593d555f12ef6589cc3a579a2')

  it('etherscan: forty transfers of MKR, ten of them within a day of the last', async () => {
    const said = () => recorded('etherscan/v1_account_tokentx_by_contract.json')
    const at = 1_513_204_606_000
    expect(await read(etherscan, 'transfers', maker, { said, at })).toEqual({ transactions24h: 10 })
    expect(await read(etherscan, 'transfers', weth, { said, at })).toBe('drift')
  })

  it('etherscan: a contract whose source is open (its supply of another one, its decimals invented)', async () => {
    const answers: Record<string, unknown> = {
      getsourcecode: recorded('etherscan/v1_contract_getsourcecode.json'),
      tokensupply: recorded('etherscan/v1_stats_tokensupply.json'),
      getcontractcreation: recorded('etherscan/v2_contract_getcontractcreation.json'),
      eth_call: { jsonrpc: '2.0', id: 1, result: `0x${'8'.padStart(64, '0')}` },
    }
    const said = ({ searchParams }: URL) => answers[searchParams.get('action')!]
    expect(await read(etherscan, 'contract', maker, { said })).toEqual({
      supply: 212655.24714464,
      sourceClosed: false,
      upgradeable: false,
    })
  })

  it('etherscan: gas and price of October 2020', async () => {
    const answers: Record<string, unknown> = {
      gasoracle: recorded('etherscan/v1_gastracker_gasoracle.json'),
      ethprice: recorded('etherscan/v1_stats_ethprice.json'),
      ethsupply: { status: '1', message: 'OK', result: '113000000000000000000000000' },
    }
    const said = ({ searchParams }: URL) => answers[searchParams.get('action')!]
    const ether = tokenOf('ethereum', 'native')
    expect(await read(etherscan, 'chain', ether, { said })).toEqual({
      gasPriceGwei: 82,
      supply: 113_000_000,
      priceUsd: 389.56,
    })
  })

  it('etherscan: what is empty, and what it refuses', async () => {
    const of = (file: string) => read(etherscan, 'transfers', maker, { said: () => recorded(`etherscan/${file}.json`) })
    expect(await of('v2_error_no_transactions_found')).toEqual({})
    expect(await of('v2_error_no_data_found')).toEqual({})
    for (const file of ['chain_not_supported', 'chain_not_supported_bsc'])
      expect(await of(`v2_error_free_tier_${file}`)).toBe('refused')
    expect(await of('v2_error_free_access_temporarily_unavailable')).toBe('refused')
    expect(await of('v2_error_deprecated_v1')).toBe('refused')
  })

  it('routescan: what is empty, and a chain it does not serve', async () => {
    const of = (file: string) => read(routescan, 'transfers', maker, { said: () => recorded(`etherscan_like/${file}`) })
    expect(await of('routescan_txlistinternal_empty.json')).toEqual({})
    expect(await of('routescan_error_chain_not_supported.json')).toBe('refused')
  })
})
