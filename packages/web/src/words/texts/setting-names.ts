import { texts } from '../language.ts'
import { words } from '../show.ts'

const names = texts<Readonly<Record<string, string>>>({
  en: {
    mode: 'Mode',
    weights: 'Weights',
    riskTolerance: 'Risk tolerance',
    timeframe: 'Timeframe',
    maxRecommendations: 'Most recommendations at once',
    minConfidence: 'Least confidence',
    'portfolio.quote': 'Portfolio',
    'portfolio.sizeCategory': 'Size of the portfolio',
    'costs.feePctPerSide': 'Fee, each side',
    'costs.slippageBpsPerSide': 'Slippage, each side',
    'trading.maxPositionPct': 'Largest position',
    'trading.maxStopPct': 'Farthest stop',
    'trading.takeProfitPct': 'Farthest targets',
    'tokens.minMarketCapUsd': 'Least market cap',
    'tokens.maxMarketCapUsd': 'Largest market cap',
    'tokens.minLiquidityUsd': 'Least liquidity',
    'tokens.minHolders': 'Fewest holders',
    'tokens.minAgeHours': 'Least age',
    'tokens.minBondingCurvePct': 'Least progress on the curve',
    'tokens.maxBondingCurvePct': 'Most progress on the curve',
    'tokens.preferredBondingCurvePct': 'Preferred progress on the curve',
    'tokens.excludeMemes': 'Leave out meme coins',
    'refreshMs.news': 'Ask for news again after',
    'refreshMs.onchain': 'Ask for chain data again after',
    'refreshMs.technical': 'Ask for market figures again after',
    'refreshMs.social': 'Ask for posts again after',
    'ttlMs.news': 'News may be used for',
    'ttlMs.onchain': 'Chain data may be used for',
    'ttlMs.technical': 'Market figures may be used for',
    'ttlMs.social': 'Posts may be used for',
    'ttlMs.answer': 'Give the same answer again for',
    'model.temperature': 'Temperature',
    'model.topP': 'Top P',
    'model.maxOutputTokens': 'Longest answer',
  },
})

/** What people call a setting; one that is newer than this page goes by its own name. */
export const settingName = (path: string): string =>
  names[path] ?? words(path.replaceAll('.', ': ').replaceAll(/([a-z])([A-Z])/g, '$1 $2'))
