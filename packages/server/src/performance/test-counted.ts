import { hybridWeights, openEnding, type Ending } from '@pumpiq/domain'
import type { CountCalls, CountedAsk, CountedCall } from './outcomes-counted.ts'

/** How a filled BUY or SELL ended that made so many R, one R being ten percent; `at`: epoch ms. */
export const ended = (r: number, at: number): Ending => ({
  ...openEnding,
  status: r > 0 ? 'TARGET_3' : 'STOPPED',
  at,
  filledAt: at,
  first: r > 0 ? 'target' : 'stop',
  rMultiple: r,
  returnGrossRatio: r / 10 + 0.003,
  returnNetRatio: r / 10,
})

/** A BUY of Bitcoin that is open; what a test is about is given. */
export const countedCall = (given: Partial<CountedCall>): CountedCall => ({
  token: 'bitcoin:native',
  symbol: 'BTC',
  type: 'BUY',
  timeframe: 'SWING',
  issuedAt: 0,
  risk: 'HIGH',
  actionable: false,
  analyst: 'rules',
  weights: hybridWeights,
  confidence: { method: 'prior', measured: 0.41, shown: 0.4 },
  ending: openEnding,
  baselines: null,
  ...given,
})

/** Gives these calls, those of the timeframe asked for, in two pieces; `asked` takes what was asked. */
export const countOf = (calls: readonly CountedCall[], asked: CountedAsk[] = []): CountCalls =>
  async function* count(ask) {
    asked.push(ask)
    const own = calls.filter(({ timeframe }) => timeframe === ask.timeframe)
    yield own.slice(0, own.length / 2)
    yield own.slice(own.length / 2)
  }
