import { weightsOf } from '../words/profile.ts'
import type { Fit } from './fit.ts'

/** A fit of candles alone that moves nothing: what a test is about is given. */
export const fitWith = (over: Partial<Fit> = {}): Fit => ({
  method: 'backtest',
  timeframe: 'SWING',
  weights: weightsOf('technical-only'),
  kinds: ['technical'],
  below: 'prior',
  inputs: [
    { id: 'shift', unit: 'always 1', centre: 0, low: 1, high: 1 },
    { id: 'below', unit: 'log odds', centre: -0.3, low: -2, high: 1 },
    { id: 'lean', unit: 'score', centre: 0.3, low: 0.15, high: 0.7 },
  ],
  parameters: [0, 0, 0],
  covariance: [
    [0.01, 0, 0],
    [0, 0.02, 0],
    [0, 0, 0.05],
  ],
  expiry: { shift: 0, slope: 1 },
  payoffs: { targetPerReward: 1, stop: -1, expiry: 0 },
  n: 4_000,
  effectiveN: 300,
  blocks: 40,
  tokens: 10,
  from: '2022-01-01T00:00:00.000Z',
  until: '2023-01-01T00:00:00.000Z',
  skill: null,
  provenance: { engine: 'test', rows: 4_000, seed: 1, command: 'test' },
  ...over,
})
