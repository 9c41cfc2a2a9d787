import { expect, it } from 'vitest'
import { tickersIn } from './tickers.ts'

it.each([
  ['Example Will List Some Coin (SOME)', ['SOME']],
  ['Example to list Some Coin (SOME) and Other (OTH1) for spot trading', ['SOME', 'OTH1']],
  ['Example Futures Will Launch USDⓈ-Margined SOMEUSDT Perpetual Contract (2031-06-25)', ['SOME']],
  ['New listing: SOMEUSDT Perpetual Contract, with up to 25x leverage', ['SOME']],
  ['Binance Will Delist ONE, TWO & FOR on 2031-08-26', ['ONE', 'TWO', 'FOR']],
  ['Example Adds SOME/DOGE & USDC/TRY Trading Pairs', ['SOME']],
  ['SOME is available for trading!', ['SOME']],
  ['Trading starts for SOME and OTHER', ['SOME']],
  ['Notice of Removal of Spot Trading Pairs - 2031-08-23', []],
  ['THE NEXT BIG THING', []],
  ['Fees fall by half (50)', []],
  ['', []],
])('of %j are %j', (title, tickers) => {
  expect(tickersIn(title)).toEqual(tickers)
})

it('are found in time in whatever is written', () => {
  const startedAt = performance.now()
  for (const piece of ['A', '(', 'A/', 'Binance Will Delist ', 'USD', ', '])
    expect(Array.isArray(tickersIn(piece.repeat(100_000)))).toBe(true)
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})
