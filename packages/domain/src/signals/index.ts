import { activity } from './activity.ts'
import { adx14 } from './adx14.ts'
import { aroon25 } from './aroon25.ts'
import { basis } from './basis.ts'
import { bollinger } from './bollinger.ts'
import { crowdBurst } from './crowd-burst.ts'
import { curveProgress } from './curve.ts'
import { developerShare } from './developer-share.ts'
import { emaTrend } from './ema-trend.ts'
import { exchangeFlow } from './exchange-flow.ts'
import { fearGreed } from './fear-greed.ts'
import { flow } from './flow.ts'
import { funding } from './funding.ts'
import type { GatheredSignal } from './gathered.ts'
import { holdersChange } from './holders-change.ts'
import { ichimokuCloud } from './ichimoku.ts'
import { inboundAlerts } from './inbound-alerts.ts'
import { liquidityChange } from './liquidity-change.ts'
import { longShort } from './long-short.ts'
import { macdHistogram } from './macd.ts'
import { mentions } from './mentions.ts'
import { mfi14 } from './mfi14.ts'
import { momentum } from './momentum.ts'
import { newsCount } from './news-count.ts'
import { newsEvent } from './news-event.ts'
import { newsTone } from './news-tone.ts'
import { openInterest } from './open-interest.ts'
import { poolAge } from './pool-age.ts'
import { priceTrend } from './price-trend.ts'
import { protocolValue } from './protocol-value.ts'
import { regime } from './regime.ts'
import { rsi14 } from './rsi14.ts'
import type { Signal } from './signal.ts'
import { relativeStrength } from './relative-strength.ts'
import { socialTone } from './social-tone.ts'
import { stablecoins } from './stablecoins.ts'
import { stochastic } from './stochastic.ts'
import { structure } from './structure.ts'
import { supertrendSide } from './supertrend.ts'
import { takerFlow } from './taker-flow.ts'
import { timeframes } from './timeframes.ts'
import { topHolders } from './top-holders.ts'
import { vendorSentiment } from './vendor-sentiment.ts'
import { volatilityState } from './volatility.ts'
import { volumeAnomaly } from './volume-anomaly.ts'
import { volumePressure } from './volume-pressure.ts'
import { vwapDistance } from './vwap-distance.ts'
import { washVolume } from './wash-volume.ts'
import { whales } from './whales.ts'

/** Every signal over candles; adding one is a file and a line. */
export const signals: readonly Signal[] = [
  emaTrend,
  priceTrend,
  adx14,
  macdHistogram,
  rsi14,
  bollinger,
  stochastic,
  mfi14,
  supertrendSide,
  ichimokuCloud,
  aroon25,
  momentum,
  volumePressure,
  vwapDistance,
  structure,
  volatilityState,
  regime,
  timeframes,
  volumeAnomaly,
]

/** Every signal over what was gathered beside candles. */
export const gatheredSignals: readonly GatheredSignal[] = [
  flow,
  liquidityChange,
  holdersChange,
  topHolders,
  developerShare,
  whales,
  protocolValue,
  funding,
  openInterest,
  basis,
  longShort,
  takerFlow,
  activity,
  stablecoins,
  exchangeFlow,
  washVolume,
  poolAge,
  curveProgress,
  relativeStrength,
  inboundAlerts,
  newsTone,
  newsEvent,
  newsCount,
  socialTone,
  vendorSentiment,
  mentions,
  crowdBurst,
  fearGreed,
]

/** In a person's words what a reading is; the id of one that no signal bears. */
export const labelOf = (id: string): string =>
  [...signals, ...gatheredSignals].find((signal) => signal.id === id)?.label ?? id

/** Where the rule of a reading comes from; null for an id that no signal bears. */
export const seeOf = (id: string): string | null =>
  [...signals, ...gatheredSignals].find((signal) => signal.id === id)?.see ?? null
