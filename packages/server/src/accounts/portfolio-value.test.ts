import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { add, houseProfile, price, subtract, tokenId, type Price } from '@pumpiq/domain'
import { Portfolio } from '@pumpiq/api'
import { portfolioOf, positionsOf } from './portfolio-value.ts'
import type { OwnTransaction } from './portfolio.ts'
import type { ToldToken } from './told-tokens.ts'
import type { SeenCall } from './watchlist-routes.ts'

const now = Date.UTC(2026, 3, 1)
const at = '2026-03-31T23:59:00.000Z'
const told = (symbol: string, chain: string, value: string | null): ToldToken => ({
  symbol,
  name: symbol,
  chain,
  price: value === null ? null : { value: price(value), source: 'kraken', at, ageMs: 60_000 },
})
let count = 0
const trade = (
  token: string,
  kind: OwnTransaction['kind'],
  quantity: string,
  priceUsd: string | null,
  feeUsd = '0',
) => ({
  id: `t${++count}`,
  token: tokenId(token),
  symbol: token,
  kind,
  quantity: price(quantity),
  at: count,
  priceUsd: priceUsd === null ? null : price(priceUsd),
  feeUsd: price(feeUsd),
  note: null,
  ref: null,
})
const levels = { entry: { low: price('98'), high: price('100') }, stopLoss: price('90') }
const callOf = (type: SeenCall['type']): SeenCall => ({
  id: '01920000-0000-7000-8000-000000000001',
  type,
  abstained: null,
  issuedAt: at,
  expiresAt: at,
  confidence: null,
  actionable: { yes: false, why: 'no measured edge' },
  ...levels,
})
type Given = { trades: OwnTransaction[]; told: Record<string, ToldToken>; calls?: Record<string, SeenCall> }
const pause = () => Promise.resolve()
const valueOf = async ({ trades, told: tokens, calls = {} }: Given) =>
  portfolioOf(await positionsOf(trades, pause), {
    told: new Map(Object.entries(tokens)),
    calls: new Map(Object.entries(calls)),
    profile: houseProfile,
    now,
  })

describe('a portfolio', () => {
  it('sums value, cost and gains, and says how much stands where', async () => {
    const portfolio = await valueOf({
      trades: [
        trade('bitcoin:native', 'buy', '2', '100', '1'),
        trade('bitcoin:native', 'sell', '1', '150', '2'),
        trade('ethereum:0x1', 'buy', '1000000', '0.000000001234'),
        trade('ethereum:native', 'buy', '1', '10'),
      ],
      told: {
        'bitcoin:native': told('BTC', 'bitcoin', '300'),
        'ethereum:0x1': told('DUST', 'ethereum', '0.000000002468'),
        'ethereum:native': told('ETH', 'ethereum', '100'),
      },
    })
    expect(Portfolio.parse(portfolio)).toEqual(portfolio)
    expect(portfolio.totals).toEqual({
      value: '400.002468',
      cost: '110.501234',
      realised: '47.5',
      unrealised: '289.501234',
      unrealisedPct: 261.9891,
      netInvested: '63.001234',
      fees: '3',
      total: '337.001234',
      totalPct: 159.7153,
      complete: true,
      missing: [],
      oldestPriceAt: at,
    })
    expect(portfolio.exposure.byChain).toEqual([
      { name: 'bitcoin', value: '300', sharePct: 74.9995 },
      { name: 'ethereum', value: '100.002468', sharePct: 25.0005 },
    ])
    expect(portfolio.holdings.map(({ symbol }) => symbol)).toEqual(['BTC', 'ETH', 'DUST'])
  })

  it('counts what has no price as missing, never as worth nothing', async () => {
    const { totals, holdings } = await valueOf({
      trades: [trade('bitcoin:native', 'buy', '1', '10'), trade('solana:x', 'buy', '5', '1')],
      told: { 'bitcoin:native': told('BTC', 'bitcoin', '20'), 'solana:x': told('X', 'solana', null) },
    })
    expect(holdings[1]).toMatchObject({ symbol: 'X', value: null, unrealised: null, cost: '5', sharePct: null })
    expect(totals).toMatchObject({
      value: '20',
      unrealised: '10',
      complete: false,
      unrealisedPct: null,
      totalPct: null,
    })
    expect(totals.missing).toEqual(['nobody has told a price of X (solana:x) lately: 5 of it count nothing'])
  })

  it('names what did cost nobody knows what', async () => {
    const { totals, holdings } = await valueOf({
      trades: [trade('bitcoin:native', 'receive', '2', null), trade('bitcoin:native', 'sell', '1', '20')],
      told: { 'bitcoin:native': told('BTC', 'bitcoin', '30') },
    })
    expect(holdings[0]).toMatchObject({ value: '30', cost: null, averageCost: null, unrealised: null, realised: '0' })
    expect(totals.complete).toBe(false)
    expect(totals.missing).toHaveLength(2)
  })

  it('lists what is held no more last, with what it gained, and needs no price of it', async () => {
    const { totals, holdings } = await valueOf({
      trades: [
        trade('solana:x', 'buy', '5', '1'),
        trade('solana:x', 'sell', '5', '3'),
        trade('bitcoin:native', 'buy', '1', '10'),
      ],
      told: { 'bitcoin:native': told('BTC', 'bitcoin', '20'), 'solana:x': told('X', 'solana', null) },
    })
    expect(holdings.map(({ symbol, realised }) => `${symbol} ${realised}`)).toEqual(['BTC 0', 'X 10'])
    expect(totals).toMatchObject({ complete: true, total: '20', missing: [] })
  })

  it('advises a size where the house says BUY, and none elsewhere', async () => {
    const one = async (type: SeenCall['type']) => {
      const { holdings } = await valueOf({
        trades: [trade('bitcoin:native', 'buy', '1', '10')],
        told: { 'bitcoin:native': told('BTC', 'bitcoin', '99') },
        calls: { 'bitcoin:native': callOf(type) },
      })
      return holdings[0]!
    }
    expect((await one('BUY')).call).toMatchObject({ type: 'BUY' })
    expect(Number((await one('BUY')).advised!.worstCaseLossQuote)).toBeLessThanOrEqual(100.01)
    expect((await one('SELL')).advised).toBeNull()
  })

  it('of tokens that all have a price, gains are the value less what was put in net, exactly', async () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 24n }).map((units) => price(`${units}e-18`))
    const deal = fc.record({
      token: fc.integer({ min: 0, max: 3 }),
      quantity: amount,
      priceUsd: amount,
      sells: fc.boolean(),
    })
    const sum = (values: readonly Price[]) => values.reduce((all, one) => add(all, one), price('0'))
    await fc.assert(
      fc.asyncProperty(
        fc.array(deal, { maxLength: 30 }),
        fc.array(amount, { minLength: 4, maxLength: 4 }),
        async (deals, prices) => {
          const trades = deals.flatMap(({ token, quantity, priceUsd, sells }) => {
            const bought = trade(`solana:${token}`, 'buy', quantity, priceUsd)
            const half = price(`${BigInt(quantity.replace('.', '').slice(0, 1)) || 1n}e-19`)
            return sells ? [bought, trade(`solana:${token}`, 'sell', half, priceUsd)] : [bought]
          })
          const tokens = Object.fromEntries(prices.map((value, i) => [`solana:${i}`, told(`T${i}`, 'solana', value)]))
          const { totals, exposure } = await valueOf({ trades, told: tokens })
          expect(add(totals.realised, totals.unrealised)).toBe(subtract(totals.value, totals.netInvested))
          expect(sum(exposure.byToken.map(({ value }) => value))).toBe(totals.value)
          expect(sum(exposure.byChain.map(({ value }) => value))).toBe(totals.value)
        },
      ),
      { numRuns: 200 },
    )
  })
})
