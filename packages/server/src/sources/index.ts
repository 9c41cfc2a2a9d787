import { binance } from './binance.ts'
import { binanceFutures } from './binance-futures.ts'
import { bybit } from './bybit.ts'
import { coinbase } from './coinbase.ts'
import { coingecko } from './coingecko.ts'
import { deribit } from './deribit.ts'
import { hyperliquid } from './hyperliquid.ts'
import { kraken } from './kraken.ts'
import { krakenFutures } from './kraken-futures.ts'
import { okx } from './okx.ts'
import type { Source } from './source.ts'

/** Every vendor we can ask; of those with the same feed, in order of preference. */
export const sources: readonly Source[] = [
  binance,
  coinbase,
  kraken,
  okx,
  bybit,
  coingecko,
  binanceFutures,
  hyperliquid,
  deribit,
  krakenFutures,
]
