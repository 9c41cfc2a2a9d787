import { tokenId, type Token } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { createAsk } from '../network/ask.ts'
import { mishapOf } from '../network/mishap.ts'
import { createCollectedLog, silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { createLeapingClock, readSample } from '../testing/test-source.ts'
import { askWatch, testWatches, watchedVendor, type WatchSample } from '../testing/test-watch.ts'
import { blockscout } from './blockscout.ts'
import { etherscan } from './etherscan.ts'
import { evmRpc } from './evm-rpc.ts'
import { helius } from './helius.ts'
import { pumpfun } from './pumpfun.ts'
import { routescan } from './routescan.ts'
import { solanaRpc } from './solana-rpc.ts'
import { solscan } from './solscan.ts'
import type { Source } from './source.ts'

const now = Date.UTC(2026, 2, 1, 12, 34, 56)
const payloads = 250
const always = (body: unknown) => () => body

const tokenOf = (chain: string, address: string): Token => ({
  id: tokenId(`${chain}:${address}`),
  chain,
  address,
  symbol: 'BOAT',
  name: 'Paper Boat',
  catalogueId: null,
  marketCapRank: null,
  marketCapUsd: null,
  priceUsd: null,
})
const boat = tokenOf('solana', '9LiqeUHkGa3HmTitrmCAvM6stf7hCrLiz9qVeemGgu6A')
const sol = tokenOf('solana', 'native')
const coin = tokenOf('ethereum', `0x${'1'.repeat(40)}`)
const ether = tokenOf('ethereum', 'native')

type Call = { id: number; method: string; params: unknown }

/** A node that answers every call of a method with the result in the sample. */
const node =
  (results: Readonly<Record<string, unknown>>) =>
  (_: URL, body: unknown): unknown => {
    const reply = ({ id, method }: Call) => ({ jsonrpc: '2.0', id, result: results[method] })
    // Whoever asks for nothing wants to see the form.
    if (body === null || body === undefined) return {}
    return Array.isArray(body) ? (body as Call[]).map(reply) : reply(body as Call)
  }

const results = (file: string) => readSample(file) as Record<string, unknown>
const sampleOf = (watch: string, token: Token, answer: WatchSample['answer'], more: Partial<WatchSample> = {}) => ({
  watch,
  token,
  now,
  answer,
  ...more,
})

const context = { slot: 1 }
const solanaSamples: WatchSample[] = [
  sampleOf('mint', boat, node(results('solana-rpc/mint.json'))),
  sampleOf('curve', boat, node(results('solana-rpc/curve.json')), {
    empty: node({ getAccountInfo: { context, value: null } }),
  }),
  sampleOf('maker', boat, node(results('solana-rpc/curve.json')), {
    empty: node({ getAccountInfo: { context, value: null } }),
  }),
  sampleOf('holders', boat, node(results('solana-rpc/holders.json')), {
    empty: node({
      getTokenSupply: { context, value: { amount: '0', decimals: 6 } },
      getTokenLargestAccounts: { context, value: [] },
    }),
  }),
  sampleOf('chain', sol, node(results('solana-rpc/chain.json'))),
]
testWatches(solanaRpc, solanaSamples, { payloads })

const pumpfunSamples: WatchSample[] = [
  sampleOf('coin', boat, always(readSample('pumpfun/coin.json'))),
  sampleOf('holders', boat, always(readSample('pumpfun/holder-stats.json')), {
    empty: always({ mint: boat.address, totalHolders: null, top10HoldersPercent: null, devHoldingsPercent: null }),
  }),
  sampleOf('activity', boat, always(readSample('pumpfun/market-activity.json')), {
    empty: always({ '1m': null, '5m': null, '1h': null, '6h': null, '24h': null }),
  }),
]
testWatches(pumpfun, pumpfunSamples, { payloads })

const heliusResults = { ...results('helius/results.json'), ...results('helius/signatures.json') }
const heliusSamples: WatchSample[] = [
  sampleOf('asset', boat, node(heliusResults)),
  sampleOf('holders', boat, node(heliusResults), {
    empty: node({ ...heliusResults, getTokenAccounts: { total: 0, limit: 1_000, token_accounts: [] } }),
  }),
  sampleOf('wallets', boat, node({ ...results('solana-rpc/holders.json'), ...heliusResults }), {
    empty: node({
      getTokenSupply: { context, value: { amount: '0', decimals: 6 } },
      getTokenLargestAccounts: { context, value: [] },
    }),
  }),
  sampleOf('whales', boat, node({ ...results('solana-rpc/holders.json'), ...heliusResults }), {
    empty: node({
      ...heliusResults,
      getTokenSupply: { context, value: { amount: '0', decimals: 6 } },
      getTokenLargestAccounts: { context, value: [] },
    }),
  }),
]
testWatches(helius, heliusSamples, { payloads })

const solscanAnswers: Readonly<Record<string, unknown>> = {
  '/v2.0/token/meta': readSample('solscan/meta.json'),
  '/v2.0/token/holders': readSample('solscan/holders.json'),
  '/v2.0/token/transfer': readSample('solscan/transfers.json'),
}
const solscanAnswer: WatchSample['answer'] = ({ pathname }) => solscanAnswers[pathname]
const noHolders: WatchSample['answer'] = (url, body) =>
  url.pathname.endsWith('/holders') ? { success: true, data: { total: 0, items: [] } } : solscanAnswer(url, body)
const solscanSamples: WatchSample[] = [
  sampleOf('meta', boat, solscanAnswer),
  sampleOf('holders', boat, solscanAnswer, { empty: noHolders }),
  sampleOf('whales', boat, solscanAnswer, { empty: noHolders }),
]
testWatches(solscan, solscanSamples, { payloads })

type Row = [method: string, to: string, data: string, result: unknown]
type EvmCall = Call & { params: [string | { to: string; data: string }] }
/** A node of an EVM chain: the first row that fits a call. */
const evmNode =
  (rows: readonly Row[]) =>
  (_: URL, body: unknown): unknown => {
    const reply = ({ id, method, params: [first] }: EvmCall) => {
      const { to, data } = typeof first === 'object' ? first : { to: first ?? '', data: '' }
      const row = rows.find((one) => one[0] === method && one[1] === to && data.startsWith(one[2]))
      return { jsonrpc: '2.0', id, result: row?.[3] }
    }
    if (body === null || body === undefined) return {}
    // Nodes may answer a batch in any order.
    return Array.isArray(body) ? (body as EvmCall[]).map(reply).toReversed() : reply(body as EvmCall)
  }
const evmRows = readSample('evm-rpc/results.json') as Row[]
const nowhere = `0x${'0'.repeat(64)}`
const unpaired = evmRows.map((row): Row =>
  /^0x(e6a43905|1698ee82)/.test(row[2]) ? (row.with(3, nowhere) as Row) : row,
)
const evmSamples: WatchSample[] = [
  sampleOf('contract', coin, evmNode(evmRows)),
  sampleOf('pools', coin, evmNode(evmRows), { empty: evmNode(unpaired) }),
  sampleOf('gas', ether, evmNode(evmRows)),
]
testWatches(evmRpc, evmSamples, { payloads })

/** An explorer that is asked by module and action. */
const explorer =
  (answers: Readonly<Record<string, unknown>>) =>
  ({ searchParams }: URL): unknown =>
    answers[`${searchParams.get('module')}/${searchParams.get('action')}`]
const none = { status: '0', message: 'No transactions found', result: [] }

const etherscanAnswers = results('etherscan/answers.json')
const etherscanSamples: WatchSample[] = [
  sampleOf('contract', coin, explorer(etherscanAnswers)),
  sampleOf('transfers', coin, explorer(etherscanAnswers), { empty: always(none) }),
  sampleOf('chain', ether, explorer(etherscanAnswers)),
]
testWatches(etherscan, etherscanSamples, { payloads })

const routescanSamples: WatchSample[] = [
  sampleOf('transfers', coin, explorer(results('routescan/answers.json')), { empty: always(none) }),
]
testWatches(routescan, routescanSamples, { payloads })

const blockscoutAnswer: WatchSample['answer'] = ({ pathname }) =>
  pathname.endsWith('/stats')
    ? readSample('blockscout/stats.json')
    : readSample(`blockscout/${pathname.endsWith('/holders') ? 'holders' : 'token'}.json`)
const blockscoutSamples: WatchSample[] = [
  sampleOf('token', coin, blockscoutAnswer),
  sampleOf('holders', coin, blockscoutAnswer, {
    empty: (url, body) => (url.pathname.endsWith('/holders') ? { items: [] } : blockscoutAnswer(url, body)),
  }),
  sampleOf('chain', ether, blockscoutAnswer),
]
testWatches(blockscout, blockscoutSamples, { payloads })

/** Every source here with its samples. */
const all: readonly (readonly [Source, readonly WatchSample[]])[] = [
  [solanaRpc, solanaSamples],
  [pumpfun, pumpfunSamples],
  [helius, heliusSamples],
  [solscan, solscanSamples],
  [evmRpc, evmSamples],
  [etherscan, etherscanSamples],
  [routescan, routescanSamples],
  [blockscout, blockscoutSamples],
]

/** What a watch tells, by name. */
async function toldBy(source: Source, sample: WatchSample): Promise<Record<string, number | boolean>> {
  const said = await askWatch(source, sample, { fetch: watchedVendor(source, sample) })
  return Object.fromEntries(
    said.map((one) => {
      if (one.what === 'document') throw new Error('no source here tells documents')
      return one.what === 'figure' ? [one.name, one.value] : [one.danger, one.present]
    }),
  )
}
const sampleNamed = (samples: readonly WatchSample[], name: string) => samples.find(({ watch }) => watch === name)!

/** How a source fails on an answer. */
async function mishapOn(source: Source, sample: WatchSample, body: unknown, status = 200): Promise<[unknown, string]> {
  const fetch = async () => Response.json(body, { status, headers: { date: new Date(now).toUTCString() } })
  const thrown: unknown = await askWatch(source, sample, { fetch }).then(
    () => null,
    (reason: unknown) => reason,
  )
  return [mishapOf(thrown), thrown instanceof Error ? thrown.message : 'no failure']
}

describe('Solana’s node tells', () => {
  it('of a mint its supply, its higher fee and who may change the rules', async () => {
    expect(await toldBy(solanaRpc, sampleNamed(solanaSamples, 'mint'))).toEqual({
      supply: 1e9,
      transferFeeRatio: 0.025,
      mintable: true,
      freezable: false,
      permanentDelegate: true,
      transferHook: true,
      pausable: true,
      taxChangeable: true,
      sellRestricted: true,
    })
  })

  it('of a curve its price, cap and progress, and of its maker what he holds', async () => {
    const told = await toldBy(solanaRpc, sampleNamed(solanaSamples, 'curve'))
    expect(told).toEqual({
      curveProgressRatio: 0.12608750472828142,
      curveComplete: 0,
      priceSol: 3.400128230935252e-8,
      marketCapSol: 34.00128230935252,
      curveRaisedSol: 3.083247687,
    })
    expect(await toldBy(solanaRpc, sampleNamed(solanaSamples, 'maker'))).toEqual({ developerRatio: 0.03 })
  })

  it('of holders the ten largest wallets, summed by owner, without pools and what is burnt', async () => {
    // 64 (one owner of two accounts), 50, 30, 20, 15, 12, 10, 8, 6 and 5 of 1,000 million.
    expect(await toldBy(solanaRpc, sampleNamed(solanaSamples, 'holders'))).toEqual({
      top10Ratio: 0.22,
      top10AccountsRatio: 0.645,
    })
  })

  it('of SOL supply and transactions a day', async () => {
    expect(await toldBy(solanaRpc, sampleNamed(solanaSamples, 'chain'))).toEqual({
      supply: 610000000.25,
      circulatingSupply: 540000000.5,
      transactions24h: 1100 * 86_400,
    })
  })

  it('its errors by their codes, in our words', async () => {
    const sample = sampleNamed(solanaSamples, 'mint')
    const error = (code: number, status = 200) =>
      mishapOn(solanaRpc, sample, { jsonrpc: '2.0', id: 1, error: { code, message: 'words of theirs' } }, status)
    expect(await error(429, 429)).toEqual(['throttled', 'solana-rpc says that we ask too often'])
    expect(await error(-32602)).toEqual(['refused', 'solana-rpc refused the call (-32602)'])
    expect(await error(-32010)).toEqual(['refused', 'solana-rpc refused the call (-32010)'])
    expect(await error(-32005)).toEqual(['throttled', 'solana-rpc says that we ask too often (-32005)'])
    expect(await error(-32004)).toEqual(['server', 'solana-rpc cannot answer the call (-32004)'])
    expect(await error(403, 403)).toEqual(['refused', 'solana-rpc refused the call (403)'])
  })

  it('that there is no mint where there is no account, or one of another program', async () => {
    const sample = sampleNamed(solanaSamples, 'mint')
    const absent = ['absent', 'solana-rpc has no mint at this address']
    const account = { owner: '11111111111111111111111111111111', data: ['', 'base64'] }
    for (const value of [null, account])
      expect(await mishapOn(solanaRpc, sample, { jsonrpc: '2.0', id: 1, result: { context, value } })).toEqual(absent)
  })

  it('no curve where the bytes are none: the answer is refused by what is wrong', async () => {
    const account = { owner: '6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P', data: ['F7f4N2DYrGA=', 'base64'] }
    const sample = sampleNamed(solanaSamples, 'curve')
    expect(await mishapOn(solanaRpc, sample, { jsonrpc: '2.0', id: 1, result: { context, value: account } })).toEqual([
      'drift',
      'solana-rpc answered what it should not: getAccountInfo: the answer: the bytes are no bonding curve of Pump.fun: 8 bytes, at least 49 expected',
    ])
  })
})

describe('Pump.fun’s site tells', () => {
  it('of a coin its worth in dollars and how much of the curve is sold', async () => {
    expect(await toldBy(pumpfun, sampleNamed(pumpfunSamples, 'coin'))).toEqual({
      marketCapUsd: 3400.5,
      priceUsd: 3400.5 / 1e9,
      curveProgressRatio: 0.12608750472828142,
      curveComplete: 0,
    })
  })

  it('no progress of a coin whose reserves it leaves out', async () => {
    const { real_token_reserves: _, ...withoutReserves } = readSample('pumpfun/coin.json') as Record<string, unknown>
    const untold = await toldBy(pumpfun, sampleOf('coin', boat, always(withoutReserves)))
    expect(untold).not.toHaveProperty('curveProgressRatio')
  })

  it('of holders how many, and shares of all', async () => {
    expect(await toldBy(pumpfun, sampleNamed(pumpfunSamples, 'holders'))).toEqual({
      holders: 321,
      top10Ratio: 0.225,
      developerRatio: 0.03,
      insiderRatio: 0.0425,
    })
  })

  it('no share above all there is', async () => {
    const sample = sampleNamed(pumpfunSamples, 'holders')
    const mayhem = { ...(readSample('pumpfun/holder-stats.json') as object), top10HoldersPercent: 140 }
    expect(await toldBy(pumpfun, { ...sample, answer: always(mayhem) })).not.toHaveProperty('top10Ratio')
  })

  it('of a day and an hour volume, trades and traders', async () => {
    expect(await toldBy(pumpfun, sampleNamed(pumpfunSamples, 'activity'))).toEqual({
      volume24hUsd: 9000.5,
      volume1hUsd: 410.25,
      buys24h: 70,
      sells24h: 50,
      buyers24h: 41,
      sellers24h: 30,
      buys1h: 6,
      sells1h: 3,
    })
  })

  it('a coin it does not know from a page that is gone', async () => {
    const sample = sampleNamed(pumpfunSamples, 'coin')
    expect((await mishapOn(pumpfun, sample, { message: 'Not found', statusCode: 404 }, 404))[0]).toBe('absent')
    expect((await mishapOn(pumpfun, sample, { message: 'Cannot GET /x', statusCode: 404 }, 404))[0]).toBe('refused')
  })
})

describe('Pump.fun’s site lists', () => {
  const made = readSample('pumpfun/coin.json') as object
  const get = (status: number, body: unknown) =>
    createAsk({
      fetch: async () => Response.json(body, { status, headers: { date: new Date(now).toUTCString() } }),
      clock: createLeapingClock(now),
      random: seededRandom(1),
      log: silentLog,
    }).from(pumpfun)

  it('new coins as tokens, once each, without those that were banned, are of tomorrow, or cannot be shown', async () => {
    const coins = [
      made,
      made,
      { ...made, mint: '4gAPjYyxGYiF6SKMsoE9VPbFZwhsVEwGJDUkfX3Y7Z12', is_banned: true },
      { ...made, mint: '6FagS9omb9aQmGCtoQWZndJZ42Gm6SP9HeM2jvtkwAGv', created_timestamp: now + 3_600_000 },
      { ...made, mint: '6qh569AhqpvA69LtrX9AypEmdxkp7onLay7vc2BZRzhJ', name: 'a\u202Eb' },
    ]
    const tokens = await pumpfun.feeds.fresh!({ now, get: get(200, coins) })
    expect(tokens).toEqual([boat])
    expect(await pumpfun.feeds.fresh!({ now, get: get(200, []) })).toEqual([])
  })

  it('a coin by its address, nothing where it knows none, and fails where it could not be asked', async () => {
    const find = (status: number, body: unknown) =>
      pumpfun.feeds.lookup!({ query: boat.address, now, get: get(status, body) })
    expect(await find(200, made)).toEqual([boat])
    expect(await find(404, { message: 'Not found' })).toEqual([])
    await expect(find(500, {})).rejects.toThrow('pumpfun answered HTTP 500')
    await expect(find(404, { message: 'Cannot GET /coins-v3/x' })).rejects.toThrow('no such page')
    await expect(find(200, { ...made, total_supply: -1 })).rejects.toThrow('answered what it should not')
  })

  it('coins by words', async () => {
    expect(await pumpfun.feeds.lookup!({ query: 'paper boat', now, get: get(200, [made]) })).toEqual([boat])
  })
})

describe('Helius tells', () => {
  it('of an asset supply, price and which authorities are left', async () => {
    expect(await toldBy(helius, sampleNamed(heliusSamples, 'asset'))).toEqual({
      supply: 1e9,
      priceUsd: 0.0000034,
      mintable: false,
      freezable: true,
    })
  })

  it('of all holders how many there are, and what the largest and the maker hold', async () => {
    // Four owners hold something; 64, 50 and 30 of 1,000 million are wallets’, the last the maker’s.
    expect(await toldBy(helius, sampleNamed(heliusSamples, 'holders'))).toEqual({
      holders: 4,
      top10Ratio: 0.144,
      developerRatio: 0.03,
    })
  })

  it('that there are more holders than we read, rather than some of them', async () => {
    const many = heliusResults['getTokenAccounts'] as { token_accounts: unknown[] }
    const page = { token_accounts: Array.from({ length: 1_000 }, () => many.token_accounts[0]), cursor: 'next' }
    const answer = node({ ...heliusResults, getTokenAccounts: page })
    const sample = { ...sampleNamed(heliusSamples, 'holders'), answer }
    const thrown = await toldBy(helius, sample).catch((reason: unknown) => reason)
    expect([mishapOf(thrown), String(thrown)]).toEqual([
      'absent',
      'Failure: helius has more accounts of this token than the 10000 we read',
    ])
  })

  it('of the ten largest wallets which share is with new ones', async () => {
    const sample = sampleNamed(heliusSamples, 'wallets')
    expect(await toldBy(helius, sample)).toEqual({ freshWalletRatio: 0.22 })
    const old = [{ blockTime: now / 1_000 - 1 }, { blockTime: now / 1_000 - 8 * 86_400 }]
    const answer = node({ ...results('solana-rpc/holders.json'), getSignaturesForAddress: old })
    expect(await toldBy(helius, { ...sample, answer })).toEqual({ freshWalletRatio: 0 })
  })
})

describe('Helius tells of whales', () => {
  const sample = sampleNamed(heliusSamples, 'whales')
  const of = (more: Readonly<Record<string, unknown>>) =>
    toldBy(helius, { ...sample, answer: node({ ...results('solana-rpc/holders.json'), ...heliusResults, ...more }) })
  const thrownBy = (more: Readonly<Record<string, unknown>>) => of(more).catch((reason: unknown) => String(reason))

  it('what their ten largest accounts gained within a day, in dollars', async () => {
    // They hold 216 million; one of them held 70 before, the others were not there: 146 million at 0.0000034.
    expect((await of({}))['whaleNet24hUsd']).toBeCloseTo(496.4, 9)
  })

  it('nothing gained by who did nothing', async () => {
    const old = [{ signature: '5b', blockTime: now / 1_000 - 90_000 }]
    expect(await of({ getSignaturesForAddress: old })).toEqual({ whaleNet24hUsd: 0 })
  })

  it('that it cannot be known where too much happened, or there is no price', async () => {
    const busy = Array.from({ length: 1_000 }, () => ({ signature: '5b', blockTime: now / 1_000 - 60 }))
    const many = 'Failure: helius has too many transactions of a day'
    expect(await thrownBy({ getSignaturesForAddress: busy })).toBe(many)
    expect(await thrownBy({ getTransaction: null })).toBe(many)
    const { token_info: info, ...asset } = heliusResults['getAsset'] as { token_info: object }
    const unpriced = { ...asset, token_info: { ...info, price_info: null } }
    expect(await thrownBy({ getAsset: unpriced })).toBe('Failure: helius has no price of this token')
  })
})

describe('Solscan tells', () => {
  it('of a token its meta data', async () => {
    expect(await toldBy(solscan, sampleNamed(solscanSamples, 'meta'))).toEqual({
      supply: 1e9,
      holders: 321,
      priceUsd: 0.0000034,
      marketCapUsd: 3400,
      volume24hUsd: 9000.5,
      mintable: true,
      freezable: false,
    })
  })

  it('of holders the shares of the largest and of the maker', async () => {
    expect(await toldBy(solscan, sampleNamed(solscanSamples, 'holders'))).toEqual({
      top10Ratio: 0.144,
      developerRatio: 0.03,
    })
  })

  it('of a day what its largest wallets took in and gave away, in dollars', async () => {
    // 20 in, 5 out, 1 from one of them to another: 15 million at 0.0000034.
    const told = await toldBy(solscan, sampleNamed(solscanSamples, 'whales'))
    expect(told['whaleNet24hUsd']).toBeCloseTo(51, 9)
  })

  it('an address that cannot be as one it does not know, and a key that is not taken', async () => {
    const sample = sampleNamed(solscanSamples, 'meta')
    const error = { success: false, errors: { code: 1100, message: 'words of theirs' } }
    expect(await mishapOn(solscan, sample, error, 400)).toEqual(['absent', 'solscan knows no such token'])
    expect(await mishapOn(solscan, sample, {}, 401)).toEqual([
      'refused',
      'solscan does not take our key, or not for this (HTTP 401)',
    ])
  })
})

describe('A node of an EVM chain tells', () => {
  it('of a contract its supply, and that its code can be changed', async () => {
    expect(await toldBy(evmRpc, sampleNamed(evmSamples, 'contract'))).toEqual({ supply: 1e9, upgradeable: true })
  })

  it('of pools the price of the deepest and what lies in all', async () => {
    // v2: 100 WETH of 3,000 USD against 500,000; v3: 20 WETH and 100,000 tokens at 0.0002025 WETH.
    expect(await toldBy(evmRpc, sampleNamed(evmSamples, 'pools'))).toEqual({ priceUsd: 0.6, liquidityUsd: 720_750 })
  })

  it('of gas its price', async () => {
    expect(await toldBy(evmRpc, sampleNamed(evmSamples, 'gas'))).toEqual({ gasPriceGwei: 20 })
  })

  it('nothing of an address without a contract', async () => {
    for (const result of ['0x', null]) {
      const rows = evmRows.map((row): Row => (row[0] === 'eth_call' ? (row.with(3, result) as Row) : row))
      const sample = { ...sampleNamed(evmSamples, 'contract'), answer: evmNode(rows) }
      const thrown = await toldBy(evmRpc, sample).catch((reason: unknown) => reason)
      expect([mishapOf(thrown), String(thrown)]).toEqual([
        'absent',
        'Failure: evm-rpc has no ERC-20 contract at this address',
      ])
    }
  })

  it('what another node of the chain tells when the first cannot', async () => {
    const sample = sampleNamed(evmSamples, 'gas')
    const hosts: string[] = []
    const error = { jsonrpc: '2.0', id: 1, error: { code: -32_000, message: 'words of theirs' } }
    const fetch = watchedVendor(evmRpc, sample, (url, body) => {
      hosts.push(url.host)
      return hosts.length === 1 ? error : sample.answer(url, body)
    })
    const said = await askWatch(evmRpc, sample, { fetch })
    expect(said.length).toBe(1)
    expect(hosts).toEqual(['ethereum.publicnode.com', 'eth.merkle.io'])
  })

  it('an error that is a mere text, in our words', async () => {
    const error = { jsonrpc: '2.0', id: 1, error: 'words of theirs' }
    const reason = ['refused', 'evm-rpc refused the call without a code']
    expect(await mishapOn(evmRpc, sampleNamed(evmSamples, 'gas'), error)).toEqual(reason)
  })
})

describe('Etherscan tells', () => {
  it('of a contract supply, what its maker holds, that its source is closed and its code changeable', async () => {
    expect(await toldBy(etherscan, sampleNamed(etherscanSamples, 'contract'))).toEqual({
      supply: 1e9,
      developerRatio: 0.07,
      sourceClosed: true,
      upgradeable: true,
    })
  })

  it('of transfers how many transactions of a day they were', async () => {
    const sample = sampleNamed(etherscanSamples, 'transfers')
    expect(await toldBy(etherscan, sample)).toEqual({ transactions24h: 3 })
    const [row] = (etherscanAnswers['account/tokentx'] as { result: unknown[] }).result
    const many = always({ status: '1', message: 'OK', result: Array.from({ length: 1_000 }, () => row) })
    const thrown = await toldBy(etherscan, { ...sample, answer: many }).catch((reason: unknown) => reason)
    expect(String(thrown)).toBe('Failure: etherscan has more than 1000 transfers of a day')
  })

  it('of ether gas, supply and price', async () => {
    expect(await toldBy(etherscan, sampleNamed(etherscanSamples, 'chain'))).toEqual({
      gasPriceGwei: 1.5,
      supply: 120_500_000.25,
      priceUsd: 3000.25,
    })
  })

  it('its refusals with HTTP 200, each by what it is', async () => {
    const sample = sampleNamed(etherscanSamples, 'transfers')
    const no = (result: unknown, message = 'NOTOK') => mishapOn(etherscan, sample, { status: '0', message, result })
    expect(await no('Free API access is not supported for this chain. Please upgrade')).toEqual([
      'refused',
      'etherscan serves this chain to paid plans only',
    ])
    expect(await no('Max calls per sec rate limit reached (3/sec)')).toEqual([
      'throttled',
      'etherscan says that we ask too often',
    ])
    expect(await no('Invalid API Key (#err2)|x')).toEqual(['refused', 'etherscan does not take our key'])
    expect(await no('Error! Invalid address format')).toEqual(['absent', 'etherscan knows no such contract'])
    expect(await no('something new')).toEqual(['refused', 'etherscan refused the request'])
    expect(await no(null, 'chain not supported')).toEqual(['refused', 'etherscan does not serve this chain'])
  })

  it('a chain by its number', async () => {
    const sample = { ...sampleNamed(etherscanSamples, 'transfers'), token: { ...coin, chain: 'polygon-pos' } }
    const asked: (string | null)[] = []
    const fetch = watchedVendor(etherscan, sample, (url, body) => {
      asked.push(url.searchParams.get('chainid'))
      return sample.answer(url, body)
    })
    await askWatch(etherscan, sample, { fetch })
    expect(asked).toEqual(['137'])
  })
})

describe('Routescan tells', () => {
  it('of a token supply and transactions of a day, and only supply where it moves too often to be counted', async () => {
    const sample = sampleNamed(routescanSamples, 'transfers')
    expect(await toldBy(routescan, sample)).toEqual({ supply: 1e9, transactions24h: 3 })
    const answers = results('routescan/answers.json')
    const [row] = (answers['account/tokentx'] as { result: unknown[] }).result
    const result = Array.from({ length: 100 }, () => row)
    const answer = explorer({ ...answers, 'account/tokentx': { status: '1', message: 'OK', result } })
    expect(await toldBy(routescan, { ...sample, answer })).toEqual({ supply: 1e9 })
  })
})

describe('Blockscout tells', () => {
  it('of a token its figures', async () => {
    expect(await toldBy(blockscout, sampleNamed(blockscoutSamples, 'token'))).toEqual({
      supply: 1e9,
      holders: 4321,
      priceUsd: 0.6,
      marketCapUsd: 600_000_000.5,
      volume24hUsd: 12345.5,
    })
  })

  it('of holders the ten largest wallets, without contracts and what is burnt, and the ten largest accounts', async () => {
    // 50 of a wallet that runs code, then 40 + 39 + ... + 32 of 1,000; with the pool and what is burnt 400 + 100 + 50 + 40 + ... + 34.
    expect(await toldBy(blockscout, sampleNamed(blockscoutSamples, 'holders'))).toEqual({
      top10Ratio: 0.374,
      top10AccountsRatio: 0.809,
    })
  })

  it('of a chain gas and the price of its coin', async () => {
    expect(await toldBy(blockscout, sampleNamed(blockscoutSamples, 'chain'))).toEqual({
      priceUsd: 3000.5,
      gasPriceGwei: 1.5,
    })
  })

  it('an unknown token, and that it wants a key', async () => {
    const sample = sampleNamed(blockscoutSamples, 'token')
    expect((await mishapOn(blockscout, sample, { message: 'Not found' }, 404))[0]).toBe('absent')
    expect(await mishapOn(blockscout, sample, {}, 402)).toEqual([
      'refused',
      'blockscout wants a key, or another one (HTTP 402)',
    ])
  })
})

describe('a thousand secrets', () => {
  const keyed = all.filter(([{ key }]) => key !== 'none')
  const random = seededRandom(20_260_301)
  const secretOf = () => Array.from({ length: 24 }, () => Math.floor(random() * 36).toString(36)).join('')

  it(
    'reach their vendors, where these want them, and no log, failure or observation',
    { timeout: 60_000 },
    async () => {
      expect(keyed.map(([{ id }]) => id)).toEqual(['helius', 'solscan', 'etherscan', 'blockscout'])
      for (let i = 0; i < 1_000; i++) {
        const [source, samples] = keyed[i % keyed.length]!
        const sample = samples[i % samples.length]!
        const key = secretOf()
        const log = createCollectedLog()
        const places: (string | null)[] = []
        const fetch = async (request: Request): Promise<Response> => {
          const { searchParams } = new URL(request.url)
          const place = source.key as { header?: string; query?: string }
          places.push(place.header ? request.headers.get(place.header) : searchParams.get(place.query!))
          if (i % 3 === 0) return watchedVendor(source, sample)(request)
          // A vendor that repeats what it was sent.
          const said = { status: '0', message: request.url, result: key, error: { code: -32_000, message: key } }
          return Response.json(said, { status: [200, 401, 429, 500][i % 4]! })
        }
        const said: unknown = await askWatch(source, sample, { fetch, log, key }).catch((thrown: unknown) => thrown)
        const kept = said instanceof Error ? [said.message, said.cause, said.stack] : said
        expect(places.length).toBeGreaterThan(0)
        expect(new Set(places)).toEqual(new Set([key]))
        expect(JSON.stringify([kept, log.entries])).not.toContain(key)
      }
    },
  )
})
