import type { Policy } from './cryptotrade-engine.ts'

/** What the engine takes to the benchmark, and where it comes from. Chosen once, before its first run on any window, and not changed since. */
export const frozen: {
  readonly policy: Policy
  readonly from: string
  /** No open of this day or later was read for the choice. */
  readonly before: string
  readonly history: string
  readonly windows: number
  readonly sets: number
  readonly criterion: string
  readonly meanRank: number
  readonly command: string
} = {
  policy: { risk: 'moderate', smoothingDays: 1, buyExposure: 1, sellExposure: 0.25, band: 0.1 },
  from: '2017-08-17',
  before: '2023-01-13',
  history: "the first open of each day in Binance's 4 h candles of BTCUSDT and ETHUSDT",
  windows: 1534,
  sets: 96,
  criterion: 'the least mean rank by return among the 21 rules',
  meanRank: 10.785,
  command:
    'npx node scripts/fit-cryptotrade.ts --cells DIR/results.json --candles BTCUSDT_4h.csv.gz --candles ETHUSDT_4h.csv.gz',
}
