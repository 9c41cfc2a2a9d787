import { binance } from './binance.ts'
import { binanceFutures } from './binance-futures.ts'
import { bybit } from './bybit.ts'
import { birdeye } from './birdeye.ts'
import { coinbase } from './coinbase.ts'
import { coingecko } from './coingecko.ts'
import { defillama } from './defillama.ts'
import { deribit } from './deribit.ts'
import { dexscreener } from './dexscreener.ts'
import { geckoterminal } from './geckoterminal.ts'
import { goplus } from './goplus.ts'
import { hyperliquid } from './hyperliquid.ts'
import { kraken } from './kraken.ts'
import { krakenFutures } from './kraken-futures.ts'
import { okx } from './okx.ts'
import { rugcheck } from './rugcheck.ts'
import { binanceAnnouncements } from './binance-announcements.ts'
import { bybitAnnouncements } from './bybit-announcements.ts'
import { coindesk } from './coindesk.ts'
import { cointelegraph } from './cointelegraph.ts'
import { cryptonews } from './cryptonews.ts'
import { cryptopanic } from './cryptopanic.ts'
import { decrypt } from './decrypt.ts'
import { gdelt } from './gdelt.ts'
import { googleNews } from './google-news.ts'
import { krakenAnnouncements } from './kraken-announcements.ts'
import { newsapi } from './newsapi.ts'
import { okxAnnouncements } from './okx-announcements.ts'
import { pumpfun } from './pumpfun.ts'
import { pumpportal } from './pumpportal.ts'
import { solanaRpc } from './solana-rpc.ts'
import { theblock } from './theblock.ts'
import { alternativeMe } from './alternative-me.ts'
import { blockscout } from './blockscout.ts'
import { bluesky } from './bluesky.ts'
import { blueskySearch } from './bluesky-search.ts'
import { etherscan } from './etherscan.ts'
import { evmRpc } from './evm-rpc.ts'
import { farcaster } from './farcaster.ts'
import { helius } from './helius.ts'
import { lunarcrush } from './lunarcrush.ts'
import { redditRss } from './reddit-rss.ts'
import { reddit } from './reddit.ts'
import { routescan } from './routescan.ts'
import { santiment } from './santiment.ts'
import { solscan } from './solscan.ts'
import { stocktwits } from './stocktwits.ts'
import { telegram } from './telegram.ts'
import { x } from './x.ts'
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
  dexscreener,
  geckoterminal,
  defillama,
  goplus,
  rugcheck,
  birdeye,
  coindesk,
  cointelegraph,
  decrypt,
  theblock,
  gdelt,
  binanceAnnouncements,
  okxAnnouncements,
  bybitAnnouncements,
  krakenAnnouncements,
  cryptopanic,
  newsapi,
  cryptonews,
  googleNews,
  solanaRpc,
  pumpfun,
  pumpportal,
  redditRss,
  reddit,
  telegram,
  bluesky,
  blueskySearch,
  stocktwits,
  farcaster,
  x,
  lunarcrush,
  santiment,
  alternativeMe,
  helius,
  solscan,
  evmRpc,
  etherscan,
  blockscout,
  routescan,
]
