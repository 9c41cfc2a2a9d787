import { adx14 } from './adx14.ts'
import { aroon25 } from './aroon25.ts'
import { bollinger } from './bollinger.ts'
import { emaTrend } from './ema-trend.ts'
import { ichimokuCloud } from './ichimoku.ts'
import { macdHistogram } from './macd.ts'
import { mfi14 } from './mfi14.ts'
import { momentum } from './momentum.ts'
import { priceTrend } from './price-trend.ts'
import { regime } from './regime.ts'
import { rsi14 } from './rsi14.ts'
import type { Signal } from './signal.ts'
import { stochastic } from './stochastic.ts'
import { structure } from './structure.ts'
import { supertrendSide } from './supertrend.ts'
import { timeframes } from './timeframes.ts'
import { volatilityState } from './volatility.ts'
import { volumeAnomaly } from './volume-anomaly.ts'
import { volumePressure } from './volume-pressure.ts'
import { vwapDistance } from './vwap-distance.ts'

/** Every signal there is; adding one is a file and a line. */
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
