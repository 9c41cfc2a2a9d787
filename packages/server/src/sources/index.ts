import { binance } from './binance.ts'
import { coinbase } from './coinbase.ts'
import { coingecko } from './coingecko.ts'
import { kraken } from './kraken.ts'
import { okx } from './okx.ts'
import type { Source } from './source.ts'

/** Every vendor we can ask; of those with the same feed, in order of preference. */
export const sources: readonly Source[] = [binance, coinbase, kraken, okx, coingecko]
