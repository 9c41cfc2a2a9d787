import { z } from 'zod'
import { Mode, RiskTolerance, Weights } from './profile.ts'
import { Price } from './price.ts'
import { Timeframe } from './time.ts'
import { kinds } from './kind.ts'

/** Where a setting is looked at: in what is recommended, in what is chosen for the user, in how fresh evidence must be, in how a model is asked. */
type About = { readonly unit: string; readonly effect: string }

/** What a setting is, for whoever reads the schema: in words, its unit, and what comes of it. */
const about = <S extends z.ZodType>(schema: S, description: string, { unit, effect }: About): S =>
  schema.meta({ description, 'x-unit': unit, 'x-effect': effect })

const calls = 'recommendations asked for from now on'
const choice = 'what is chosen for you: lists with wished=true, and batches; an explicit question is always answered'

/** Of the four kinds when all are heard. One value: it is set as a whole. */
export const HybridWeights = z.strictObject(Weights.shape).check(({ value, issues }) => {
  const sum = kinds.reduce((all, kind) => all + value[kind], 0)
  const used = kinds.filter((kind) => value[kind] > 0).length
  const refuse = (message: string) => issues.push({ code: 'custom', input: value, message })
  if (sum !== 100) refuse(`weights are whole percents that sum to 100, not to ${sum}`)
  if (used < 2) refuse('at least two weights are above 0; for one kind alone set the mode to it')
})

const decision = {
  mode: about(Mode, 'Which evidence counts: all kinds by their weights (hybrid), or one kind alone.', {
    unit: 'name',
    effect: calls,
  }),
  weights: about(HybridWeights, 'What each kind of evidence counts for in the mode hybrid; set as a whole.', {
    unit: 'whole percents that sum to 100',
    effect: calls,
  }),
  riskTolerance: about(
    RiskTolerance,
    'How sure a call must be before it asks for a trade, and how large a position is.',
    {
      unit: 'name',
      effect: calls,
    },
  ),
  timeframe: about(Timeframe, 'The candles a call is read on and how long it lives.', { unit: 'name', effect: calls }),
  maxRecommendations: about(z.int().min(1).max(50), 'The most recommendations that are chosen for you at once.', {
    unit: 'count',
    effect: choice,
  }),
  minConfidence: about(
    z.number().min(0).max(1),
    'The least confidence of a call that is chosen for you; unless set, 0.80, 0.65 or 0.50 by the risk tolerance. A call without a confidence passes at 0 only.',
    { unit: 'probability', effect: 'lists with wished=true' },
  ),
}

const portfolio = {
  quote: about(
    Price.refine((text) => !text.startsWith('-'), 'is not negative'),
    'What you trade with; unless set, a typical amount of the size category.',
    {
      unit: 'USD, as a decimal string',
      effect: `the position size of ${calls}`,
    },
  ),
  sizeCategory: about(
    z.enum(['small', 'medium', 'large']),
    'The size of the portfolio where the amount is not told: below 1,000, up to 10,000, above it.',
    { unit: 'name', effect: `counts as 500, 10,000 or 50,000 USD while portfolio.quote is not set` },
  ),
}

const costs = {
  feePctPerSide: about(z.number().min(0).max(10), 'The fee of one side of a trade.', {
    unit: 'percent',
    effect: calls,
  }),
  slippageBpsPerSide: about(z.number().min(0).max(1000), 'What one side of a trade slips.', {
    unit: 'basis points',
    effect: calls,
  }),
}

const distance = z.number().min(0.1).max(1000)

const trading = {
  maxPositionPct: about(z.number().min(0.1).max(100), 'The most of the portfolio in one position.', {
    unit: 'percent of the portfolio',
    effect: `the position size of ${calls}`,
  }),
  maxStopPct: about(
    z.number().min(0.1).max(100).nullable(),
    'The farthest a stop may lie from the price. It only tightens: a nearer stop of the arithmetic stays, and where costs leave no room there is no trade. Null: no bound.',
    { unit: 'percent of the price', effect: calls },
  ),
  takeProfitPct: about(
    z
      .tuple([distance, distance, distance])
      .refine(([a, b, c]) => a < b && b < c, 'three distances, each farther than the one before')
      .nullable(),
    'The farthest the three targets may lie from the price. They only tighten; where the first would pay less than the risk there is no trade. Null: no bound.',
    { unit: 'percents of the price', effect: calls },
  ),
}

const usd = z.number().min(0).max(1e14)
const pct = z.number().min(0).max(100)

const tokens = {
  minMarketCapUsd: about(usd, 'The least market capitalisation of a token.', { unit: 'USD', effect: choice }),
  maxMarketCapUsd: about(usd.nullable(), 'The largest market capitalisation of a token. Null: no bound.', {
    unit: 'USD',
    effect: choice,
  }),
  minLiquidityUsd: about(usd, 'The least liquidity in the pools of a contract.', { unit: 'USD', effect: choice }),
  minHolders: about(z.int().min(0).max(1e9), 'The least number of holders of a contract.', {
    unit: 'count',
    effect: choice,
  }),
  minAgeHours: about(z.number().min(0).max(100_000), 'The least age of the oldest pool of a contract.', {
    unit: 'hours',
    effect: choice,
  }),
  minBondingCurvePct: about(pct, 'The least progress of a token that is still on its bonding curve.', {
    unit: 'percent of the curve',
    effect: choice,
  }),
  maxBondingCurvePct: about(pct, 'The most progress of a token that is still on its bonding curve.', {
    unit: 'percent of the curve',
    effect: choice,
  }),
  preferredBondingCurvePct: about(
    z
      .tuple([pct, pct])
      .refine(([low, high]) => low <= high, 'the lower end comes first')
      .nullable(),
    'Tokens on a bonding curve within this range come first. Null: none is preferred.',
    { unit: 'percents of the curve', effect: 'the order in which batches take tokens that are chosen for you' },
  ),
  excludeMemes: about(
    z.boolean(),
    'Leaves out what was launched on a bonding curve and the known meme coins of the catalogue.',
    { unit: 'yes or no', effect: choice },
  ),
}

const dayMs = 86_400_000
const everyMs = (leastMs: number, what: string) =>
  about(
    z.int().min(leastMs).max(dayMs),
    `After so long what is known of ${what} is asked again, of tokens that you need.`,
    {
      unit: 'ms',
      effect:
        'collection of the tokens you asked about or watch, and evidence of your recommendations; others who want it sooner are served sooner',
    },
  )

const refreshMs = {
  news: everyMs(60_000, 'the news'),
  onchain: everyMs(60_000, 'chain data'),
  technical: everyMs(30_000, 'derivatives and other figures of the market'),
  social: everyMs(60_000, 'posts'),
}

const forMs = (leastMs: number, what: string) =>
  about(z.int().min(leastMs).max(dayMs), `For so long ${what} may be decided on where nothing newer could be had.`, {
    unit: 'ms',
    effect: 'evidence of your recommendations; never below the refresh of the kind',
  })

const ttlMs = {
  news: forMs(60_000, 'the news'),
  onchain: forMs(60_000, 'chain data'),
  technical: forMs(30_000, 'figures of the market'),
  social: forMs(60_000, 'posts'),
  answer: about(
    z.int().min(10_000).max(dayMs),
    'A recommendation of yours no older than this is given again instead of a new one.',
    {
      unit: 'ms',
      effect: 'recommendations asked for without maxAgeMs',
    },
  ),
}

const model = {
  temperature: about(z.number().min(0).max(2), 'How freely the analyst model chooses its words.', {
    unit: 'none',
    effect: 'questions to the analyst model; families of models that take none are asked without',
  }),
  topP: about(
    z.number().min(0.01).max(1).nullable(),
    'The share of likely words the analyst model chooses among. Null: as its vendor does.',
    {
      unit: 'share',
      effect: 'questions to the analyst model; families that take no temperature are asked without this, too',
    },
  ),
  maxOutputTokens: about(
    z.int().min(100).max(8_000),
    'The longest answer of the analyst model; a shorter bound costs less and may cut it off.',
    {
      unit: 'tokens',
      effect: 'questions to the analyst model',
    },
  ),
}

/** Settings that stand together; what is not in a group stands alone. */
export const settingGroups = { portfolio, costs, trading, tokens, refreshMs, ttlMs, model } as const
export const aloneSettings = decision
