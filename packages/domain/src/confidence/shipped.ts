import type { Fit } from './fit.ts'

/*
 * Made by scripts/fit-confidence.ts: do not edit. Figures only; every one of them is hypothetical.
 */
export const shippedFits: readonly Fit[] = [
  {
    method: 'backtest',
    timeframe: 'DAY_TRADE',
    weights: {
      news: 0,
      onchain: 0,
      technical: 100,
      social: 0,
    },
    kinds: ['technical'],
    below: 'prior',
    inputs: [
      {
        id: 'shift',
        unit: 'always 1',
        centre: 0,
        low: 1,
        high: 1,
      },
      {
        id: 'below',
        unit: 'log odds of the level below',
        centre: -0.45734,
        low: -5.897341,
        high: -0.182553,
      },
      {
        id: 'lean',
        unit: 'score toward the trade, -1 to 1',
        centre: 0.318338,
        low: 0.15058,
        high: 0.62937,
      },
    ],
    parameters: [-0.014413, -0.679374, 0.26872],
    covariance: [
      [0.002781683, -0.000917272, -0.000225535],
      [-0.000917272, 0.011157451, 0.000113862],
      [-0.000225535, 0.000113862, 0.091631962],
    ],
    expiry: {
      shift: -1.281122,
      slope: 0.249694,
    },
    payoffs: {
      targetPerReward: 1.017956,
      stop: -1.000013,
      expiry: 0.011874,
    },
    n: 25244,
    effectiveN: 2154,
    blocks: 308,
    tokens: 17,
    from: '2021-12-31T17:00:00.000Z',
    until: '2023-10-01T00:00:00.000Z',
    skill: {
      verdict:
        'no skill: the forecasts tell apart what came from what did not no better than chance; no skill beyond the prior is shown; no edge after costs is shown',
      n: 22213,
      effectiveN: 1912,
      ece: 0.024268,
      brier: 0.233024,
      skillOverBelow: {
        value: 0.004843,
        low: -0.006702,
        high: 0.015179,
      },
      skillOverBaseRate: {
        value: 0.003176,
        low: -0.001891,
        high: 0.007707,
      },
      resolution: -0.000746,
    },
    provenance: {
      engine: '0.1.0',
      rows: 25244,
      seed: 1,
      command: 'scripts/fit-confidence.ts --timeframe DAY_TRADE --seed 1 on 17 candle files',
    },
  },
  {
    method: 'backtest',
    timeframe: 'SWING',
    weights: {
      news: 0,
      onchain: 0,
      technical: 100,
      social: 0,
    },
    kinds: ['technical'],
    below: 'prior',
    inputs: [
      {
        id: 'shift',
        unit: 'always 1',
        centre: 0,
        low: 1,
        high: 1,
      },
      {
        id: 'below',
        unit: 'log odds of the level below',
        centre: -0.259006,
        low: -2.892975,
        high: -0.132128,
      },
      {
        id: 'lean',
        unit: 'score toward the trade, -1 to 1',
        centre: 0.319356,
        low: 0.150554,
        high: 0.631556,
      },
    ],
    parameters: [-0.008876, -0.479815, 0.116979],
    covariance: [
      [0.002722975, 0.000005563, 0.000166475],
      [0.000005563, 0.028962136, 0.00302054],
      [0.000166475, 0.00302054, 0.05926063],
    ],
    expiry: {
      shift: -1.077347,
      slope: 0.375973,
    },
    payoffs: {
      targetPerReward: 1.031959,
      stop: -1.000002,
      expiry: 0.054467,
    },
    n: 117156,
    effectiveN: 6047,
    blocks: 159,
    tokens: 75,
    from: '2017-08-29T16:00:00.000Z',
    until: '2023-10-01T00:00:00.000Z',
    skill: {
      verdict:
        'no skill: the forecasts tell apart what came from what did not no better than chance; no skill beyond the prior is shown; no edge after costs is shown',
      n: 114004,
      effectiveN: 5915,
      ece: 0.018812,
      brier: 0.243596,
      skillOverBelow: {
        value: -0.001541,
        low: -0.005666,
        high: 0.002566,
      },
      skillOverBaseRate: {
        value: 0.003711,
        low: -0.001339,
        high: 0.009073,
      },
      resolution: -0.001085,
    },
    provenance: {
      engine: '0.1.0',
      rows: 117156,
      seed: 1,
      command: 'scripts/fit-confidence.ts --timeframe SWING --seed 1 on 76 candle files',
    },
  },
]
