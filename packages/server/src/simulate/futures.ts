import { days, hours, minutes } from '@pumpiq/domain'
import { purpose } from './chance.ts'
import { wandering } from './drift.ts'
import type { Market } from './market.ts'
import { createSpot } from './spot.ts'
import type { SimToken } from './universe.ts'

/** What crowds do with perpetuals: they pay more and hold more where the price rose, and longs are many after it. */
export function createFutures(market: Market) {
  const { seed } = market
  const spot = createSpot(market)
  const noise = (token: SimToken, which: number, at: number, stepMs: number) =>
    wandering(seed, [purpose.futures, spot.indexOf(token), which], at, stepMs)
  /** How much a token moved in the whole hours of a day before, between -1 and 1. */
  const mood = (token: SimToken, at: number) => Math.tanh(8 * spot.moved(token, at, 24))

  return {
    ...spot,
    /** Of eight hours, as a share: about a basis point, more where all are long. */
    fundingRatio: (token: SimToken, at: number): number =>
      1e-4 + 2.5e-4 * mood(token, at) + 0.6e-4 * noise(token, 1, at, hours(8)),
    /** By how much the mark lies above the index, as a share. */
    basisRatio: (token: SimToken, at: number): number =>
      2e-4 * mood(token, at) + 2e-4 * Math.tanh(noise(token, 2, at, minutes(20))),
    /** Open contracts, in coins: about a third of a usual day's turnover. */
    openCoins: (token: SimToken, at: number): number =>
      ((0.35 * token.dailyUsd) / token.anchorUsd) *
      Math.exp(0.25 * mood(token, at) + 0.2 * noise(token, 3, at, days(2))),
    /** Accounts that are long for one that is short. */
    longShortRatio: (token: SimToken, at: number): number =>
      Math.exp(0.3 + 0.35 * mood(token, at) + 0.15 * noise(token, 4, at, hours(3))),
    /** What takers bought for one that they sold in the period before, by the price's own move. */
    takerRatio: (token: SimToken, at: number): number =>
      Math.exp(2.5 * Math.tanh(3 * spot.moved(token, at, 1)) + 0.05 * noise(token, 5, at, hours(1))),
  }
}
