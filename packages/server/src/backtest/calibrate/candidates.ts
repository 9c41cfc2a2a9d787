import {
  baseRateModel,
  inputModel,
  logisticModel,
  priorModel,
  type InputId,
  type Model,
  type Random,
  type Trials,
} from '@pumpiq/domain'
import { boostModel } from './boost.ts'
import { leaningSignals } from './collect-trials.ts'

/** What the shipped fits are made of: the prior and the score. */
export const shippedInputs: readonly InputId[] = ['shift', 'below', 'lean']
export const simpleModel = 'score'

/** How far the parameter of one lean may be expected to lie from 0, in log odds. */
const leanScale = 0.1

/** Every model that is tried, all of them each time; the figures of all are told. `random` begins anew at each call. */
export const candidates = (random: () => Random): readonly Model[] => [
  priorModel,
  baseRateModel,
  inputModel('prior-again', 'regression on the prior: its level and its slope', ['shift', 'below'], random),
  inputModel(simpleModel, 'regression on the prior and the score toward the trade', shippedInputs, random),
  inputModel(
    'regime',
    'that, with side, volatility now and usual, and trend',
    ['shift', 'below', 'lean', 'side', 'busy', 'wild', 'trend'],
    random,
  ),
  logisticModel({
    id: 'leans',
    what: 'regression on the prior, side, volatility and the lean of every technical reading toward the trade',
    columns: ({ input, extra }: Trials) => [input.shift, input.below, input.side, input.busy, input.wild, ...extra],
    scales: [0.25, 0.5, 0.1, 0.25, 0.1, ...leaningSignals.map(() => leanScale)],
    random,
  }),
  boostModel,
]
