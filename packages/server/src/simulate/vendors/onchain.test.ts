import { days, fromIso, hours, minutes } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createAsker } from './asker.ts'

const now = fromIso('2026-11-22T12:44:30.000Z')
const { market, hear, json } = createAsker({ seed: 7, now })
const contractsOf = (...chains: string[]) =>
  market.tokens
    .filter(({ delistedAt }) => delistedAt === null)
    .flatMap((token) => {
      const [chain, address] = Object.entries(token.platforms)[0] ?? ['', '']
      return chains.includes(chain) ? [{ token, chain, address }] : []
    })
const everyChain = ['ethereum', 'base', 'binance-smart-chain', 'solana']
const link = '0x514910771af9ca656af840dff83e8264ecf986ca'
const rocketMule = 'RocketMu1e5imu1ated11111111111111111111111'
const snare = '0x51000000000000000000000000000000000000a8'

const decimal = z.string().regex(/^\d+(\.\d+)?$/)
const count = z.int().nonnegative()
const windowsOf = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ m5: value, h1: value, h6: value, h24: value })
const side = z.strictObject({ address: z.string(), name: z.string(), symbol: z.string() })
const Pair = z.strictObject({
  chainId: z.enum(['ethereum', 'base', 'bsc', 'solana']),
  dexId: z.string(),
  url: z.url(),
  pairAddress: z.string(),
  baseToken: side,
  quoteToken: side,
  priceNative: decimal,
  priceUsd: decimal,
  txns: windowsOf(z.strictObject({ buys: count, sells: count })),
  volume: windowsOf(z.number().nonnegative()),
  priceChange: windowsOf(z.number()).optional(),
  liquidity: z.strictObject({ usd: z.number(), base: z.number(), quote: z.number() }),
  fdv: z.int().optional(),
  marketCap: z.int().optional(),
  pairCreatedAt: z.int().max(now),
})
const Inside = z.strictObject({ schemaVersion: z.literal('1.0.0'), pairs: z.array(Pair) })

describe('dexscreener', () => {
  const host = 'https://api.dexscreener.com'
  const chainIds: Record<string, string> = { 'binance-smart-chain': 'bsc' }
  const pairs = async (chain: string, address: string, at = now) =>
    z.array(Pair).parse(await json(`${host}/token-pairs/v1/${chainIds[chain] ?? chain}/${address}`, { now: at }))

  it('tells pools of every contract, opened before now, at the price of the venues', async () => {
    for (const { token, chain, address } of contractsOf(...everyChain)) {
      const found = await pairs(chain, address)
      const { close } = market.last(market.listing('composite', token)!, now)!
      const usd = close / 10 ** market.listing('composite', token)!.decimals
      expect(found.length, token.key).toBeGreaterThan(0)
      for (const { baseToken, priceUsd, priceNative } of found) {
        const isBase = baseToken.address.toLowerCase() === address.toLowerCase()
        const ours = isBase ? Number(priceUsd) : Number(priceUsd) / Number(priceNative)
        expect(Math.abs(ours / usd - 1), token.key).toBeLessThan(0.02)
      }
    }
  })

  it('writes EVM addresses in capitals and leaves those of Solana alone', async () => {
    expect((await pairs('ethereum', link))[0]!.baseToken.address).toBe(`0x${link.slice(2).toUpperCase()}`)
    expect((await pairs('solana', rocketMule))[0]!.baseToken.address).toBe(rocketMule)
  })

  it('names the asked token on either side', async () => {
    const found = await pairs('ethereum', link)
    expect(found.map(({ baseToken }) => baseToken.symbol)).toContain('WETH')
    for (const { baseToken, quoteToken } of found) expect([baseToken.symbol, quoteToken.symbol]).toContain('LINK')
  })

  it('counts no more in a shorter window than in a longer one, and a turnover that is a part of the whole', async () => {
    for (const { token, chain, address } of contractsOf(...everyChain)) {
      const found = await pairs(chain, address)
      const whole = market.day(market.listing('composite', token)!, now)!.quote
      expect(found.reduce((sum, { volume }) => sum + volume.h24, 0)).toBeLessThan(0.1 * whole)
      for (const { volume, txns } of found) {
        expect(volume.h1 <= volume.h6 && volume.h6 <= volume.h24).toBe(true)
        expect(txns.h1.buys + txns.h1.sells).toBeLessThanOrEqual(txns.h24.buys + txns.h24.sells)
      }
    }
  })

  it('sees a pump in volume and purchases', async () => {
    const pump = market.calendar(now - days(60), now).find(({ event }) => event === 'pump')!
    const sum = async (at: number) =>
      (await pairs('solana', rocketMule, at)).reduce((all, { volume }) => all + volume.h1, 0)
    expect(await sum(pump.from + hours(3))).toBeGreaterThan(8 * (await sum(pump.from - hours(6))))
    const [pool] = await pairs('solana', rocketMule, pump.from + hours(3))
    expect(pool!.txns.h1.buys).toBeGreaterThan(pool!.txns.h1.sells)
  })

  it('answers empty for what it does not know, and before a token was there', async () => {
    expect(await json(`${host}/token-pairs/v1/ethereum/0x${'12'.repeat(20)}`)).toEqual([])
    expect(await json(`${host}/token-pairs/v1/bsc/${link}`)).toEqual([])
    const listedAt = fromIso('2026-02-10T10:00:00.000Z')
    expect(await pairs('binance-smart-chain', snare, listedAt + hours(1))).toEqual([])
    expect(await json(`${host}/latest/dex/search?q=nobody+knows`)).toMatchObject({ pairs: [] })
    expect((await hear(`${host}/nowhere`)).status).toBe(404)
  })

  it('finds by ticker, name and address, the deepest first', async () => {
    const found = async (path: string) => Inside.parse(await json(`${host}/latest/dex/${path}`)).pairs
    const orbs = await found('search?q=orb')
    expect(new Set(orbs.map(({ chainId }) => chainId))).toEqual(new Set(['ethereum', 'solana']))
    expect(orbs.map(({ liquidity }) => liquidity.usd)).toEqual(
      orbs.map(({ liquidity }) => liquidity.usd).toSorted((a, b) => b - a),
    )
    expect((await found('search?q=amber%20sn'))[0]!.baseToken.symbol).toBe('SNARE')
    expect((await found(`tokens/${snare.toUpperCase().replace('0X', '0x')}`))[0]!.chainId).toBe('bsc')
  })

  it('tells who was listed last', async () => {
    const profiles = z.array(z.object({ chainId: z.string(), tokenAddress: z.string() }))
    const told = profiles.parse(await json(`${host}/token-profiles/latest/v1`))
    expect(told[0]).toMatchObject({ chainId: 'bsc' })
    const { chainId, tokenAddress } = told[0]!
    expect(z.array(Pair).parse(await json(`${host}/tokens/v1/${chainId}/${tokenAddress}`)).length).toBeGreaterThan(0)
  })

  it('says the same for a minute, to any asker', async () => {
    const other = createAsker({ seed: 7, now: now + minutes(0.25) })
    const url = `${host}/token-pairs/v1/ethereum/${link}`
    expect(await other.json(url)).toEqual(await json(url))
    expect(await createAsker({ seed: 8, now }).json(url)).not.toEqual(await json(url))
  })
})

describe('goplus', () => {
  const host = 'https://api.gopluslabs.io/api/v1'
  const Envelope = z.strictObject({
    code: z.literal(1),
    message: z.literal('OK'),
    result: z.record(z.string(), z.unknown()),
  })
  const flag = z.enum(['0', '1'])
  const share = z.string().regex(/^[01](\.\d+)?$/)
  const Evm = z.looseObject({
    is_honeypot: flag,
    is_mintable: flag,
    transfer_pausable: flag,
    is_blacklisted: flag,
    buy_tax: share,
    sell_tax: share,
    creator_percent: share,
    holder_count: z.string().regex(/^\d+$/),
    total_supply: z.string().regex(/^\d*$/),
    holders: z.array(z.looseObject({ percent: share, is_locked: z.int().max(1) })).length(10),
    lp_holders: z.array(z.looseObject({ percent: share, is_locked: z.int().max(1) })),
  })
  const report = async (chain: string, address: string) => {
    const url = `${host}/token_security/${chain}?contract_addresses=${address}`
    return Evm.parse(Envelope.parse(await json(url)).result[address.toLowerCase()])
  }

  it('calls ordinary contracts safe and one a honeypot', async () => {
    const numbers: Record<string, string> = { ethereum: '1', base: '8453', 'binance-smart-chain': '56' }
    const traps: string[] = []
    for (const { token, chain, address } of contractsOf('ethereum', 'base', 'binance-smart-chain')) {
      const { is_honeypot, sell_tax, holders } = await report(numbers[chain]!, address)
      expect([token.key, sell_tax]).toEqual([token.key, is_honeypot])
      expect(holders.reduce((sum, { percent }) => sum + Number(percent), 0)).toBeLessThan(0.4)
      if (is_honeypot === '1') traps.push(token.key)
    }
    expect(traps).toEqual(['amber-snare'])
  })

  it('tells powers over tokens of Solana under their own spelling', async () => {
    const url = `${host}/solana/token_security?contract_addresses=${rocketMule}`
    const { result } = Envelope.parse(await json(url))
    const power = { authority: [], status: '0' }
    expect(result[rocketMule]).toMatchObject({
      mintable: power,
      freezable: power,
      transfer_fee: {},
      total_supply: '940000000',
    })
  })

  it('names the pools that the other vendor tells', async () => {
    const told = z.looseObject({ dex: z.array(z.looseObject({ pair: z.string() })) }).parse(await report('1', link))
    const pairs = z.array(Pair).parse(await json(`https://api.dexscreener.com/token-pairs/v1/ethereum/${link}`))
    expect(told.dex.map(({ pair }) => pair.toUpperCase())).toEqual(pairs.map((pair) => pair.pairAddress.toUpperCase()))
  })

  it.each([
    ['token_security/1?contract_addresses=nothing', 2004],
    ['token_security/7777?contract_addresses=0x514910771af9ca656af840dff83e8264ecf986ca', 2018],
    ['solana/token_security?contract_addresses=0x5149', 2004],
    ['phishing_site?url=x', 5006],
  ])('refuses %s with code %i and HTTP 200', async (path, code) => {
    const { status, text } = await hear(`${host}/${path}`)
    expect([status, JSON.parse(text)]).toMatchObject([200, { code }])
  })

  it('knows nothing of other contracts, of other chains, and of tokens that are not there yet', async () => {
    const empty = { code: 1, result: {} }
    expect(await json(`${host}/token_security/1?contract_addresses=0x${'12'.repeat(20)}`)).toMatchObject(empty)
    expect(await json(`${host}/token_security/137?contract_addresses=${link}`)).toMatchObject(empty)
    const early = { now: fromIso('2026-02-01') }
    expect(await json(`${host}/token_security/56?contract_addresses=${snare}`, early)).toMatchObject(empty)
  })
})
