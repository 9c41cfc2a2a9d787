import type { z } from 'zod'
import type { Plan } from './plan.ts'

/**
 * The plan for a folder of recorded history in the layout below: hourly and daily candles of Binance, news of CryptoTrade's Google News set,
 * of cryptonews and of InvestorBench, daily chain figures of Dune and exchange flows, fear and greed, a few tweets. Paths, columns and units
 * are facts about those files; none of their rows is here. `npx pumpiq evaluate --data DIR --plan FILE` takes another.
 */
export const recordedPlan: z.input<typeof Plan> = {
  name: 'recorded-2021-2023',
  about:
    'Bitcoin, Ethereum, Solana, BNB and XRP from October 2021 to September 2023, as far as news, chain figures and posts were recorded',
  tokens: [
    { symbol: 'BTC', name: 'Bitcoin', id: 'bitcoin:native', marketCapRank: 1 },
    { symbol: 'ETH', name: 'Ethereum', id: 'ethereum:native', marketCapRank: 2 },
    { symbol: 'BNB', name: 'BNB', id: 'bnb:native', marketCapRank: 4 },
    { symbol: 'XRP', name: 'XRP', id: 'xrp:native', marketCapRank: 5 },
    { symbol: 'SOL', name: 'Solana', id: 'solana:native', marketCapRank: 9 },
  ],
  candles: [
    ...['BTC', 'ETH', 'BNB', 'XRP', 'SOL'].map((token) => ({
      id: `${token.toLowerCase()}-1h`,
      token,
      file: `candles/binance_1h_2021_2023/${token}USDT_1h.csv.gz`,
      interval: '1h' as const,
    })),
    ...['BTC', 'ETH'].map((token) => ({
      id: `${token.toLowerCase()}-1d`,
      token,
      file: `candles/binance_daily/${token}USDT_1d.csv.gz`,
      interval: '1d' as const,
    })),
  ],
  documents: [
    {
      id: 'gnews',
      kind: 'news',
      source: 'google-news',
      file: 'news/cryptotrade_gnews_2023/news.jsonl.gz',
      columns: { text: 'content', title: 'title', publisher: 'source', url: 'url', token: 'coin' },
      // `published` is a stamp of the day for nearly all: an item is known, and as old as, the end of its day.
      arrival: { at: 'end-of-day', of: 'file_date' },
      publishers: {
        'Yahoo Finance': 'finance.yahoo.com',
        Bloomberg: 'bloomberg.com',
        CoinDesk: 'coindesk.com',
        'The Economic Times': 'economictimes.com',
        CNBC: 'cnbc.com',
        Cointelegraph: 'cointelegraph.com',
        'The Daily Hodl': 'dailyhodl.com',
        'U.Today': 'u.today',
        Decrypt: 'decrypt.co',
        Blockworks: 'blockworks.co',
        CoinGape: 'coingape.com',
        ZyCrypto: 'zycrypto.com',
        CryptoPotato: 'cryptopotato.com',
        'AMBCrypto News': 'ambcrypto.com',
        Nasdaq: 'nasdaq.com',
        'BSC NEWS': 'bsc.news',
        NewsBTC: 'newsbtc.com',
        CryptoSlate: 'cryptoslate.com',
        'The Motley Fool': 'fool.com',
        'Finance in Bold': 'finbold.com',
        'Watcher Guru': 'watcher.guru',
        'The Crypto Basic': 'thecryptobasic.com',
        'The Cryptonomist': 'cryptonomist.ch',
        FXStreet: 'fxstreet.com',
        'crypto.news': 'crypto.news',
        'Forkast News': 'forkast.news',
        Bitcoinist: 'bitcoinist.com',
        'Financial Times': 'ft.com',
        'Crypto News Flash': 'crypto-news-flash.com',
        DailyCoin: 'dailycoin.com',
        Fortune: 'fortune.com',
        'Coinpedia Fintech News': 'coinpedia.org',
        Benzinga: 'benzinga.com',
        CoinCodex: 'coincodex.com',
        'The New York Times': 'nytimes.com',
        'Crypto Times': 'cryptotimes.io',
        TechCrunch: 'techcrunch.com',
        'Business Insider': 'businessinsider.com',
        'PR Newswire': 'prnewswire.com',
        CryptoGlobe: 'cryptoglobe.com',
        'The Coin Republic': 'thecoinrepublic.com',
        'CCN.com': 'ccn.com',
        Unchained: 'unchainedcrypto.com',
        'Blockchain.News': 'blockchain.news',
        Forbes: 'forbes.com',
        Reuters: 'reuters.com',
      },
    },
    {
      id: 'cryptonews',
      kind: 'news',
      source: 'cryptonews-sites',
      file: 'news/cryptonews_2021_2022/news.jsonl.gz',
      columns: {
        text: 'text',
        title: 'title',
        publisher: 'source',
        url: 'url',
        token: 'subject',
        written: 'published',
      },
      tokens: { bitcoin: 'BTC', ethereum: 'ETH' },
      // The zone of the stamps is not told: twelve hours later they are past in all zones.
      arrival: { at: 'instant', of: 'published', lag: '12h', dayStamps: true },
      publishers: {
        CoinTelegraph: 'cointelegraph.com',
        CryptoNews: 'cryptonews.com',
        CryptoPotato: 'cryptopotato.com',
      },
    },
    ...['BTC', 'ETH'].map((token) => ({
      id: `investorbench-${token.toLowerCase()}`,
      kind: 'news' as const,
      source: 'investorbench',
      file: `news/investorbench_btc_eth/${token.toLowerCase()}.jsonl.gz`,
      each: 'news',
      columns: { text: 'text', token: 'coin' },
      arrival: { at: 'end-of-day' as const, of: 'date' },
    })),
    {
      id: 'eth-tweets',
      kind: 'social',
      source: 'x',
      file: 'social/eth_influencer_tweets/tweets.csv.gz',
      columns: { text: 'text', author: 'user', written: 'ts' },
      token: 'ETH',
      publisher: 'x.com',
      arrival: { at: 'instant', of: 'ts', lag: '10m' },
    },
    {
      id: 'btc-tweets',
      kind: 'social',
      source: 'x',
      file: 'social/btc_tweets_2023_03/items.csv.gz',
      columns: { text: 'text', written: 'ts' },
      token: 'BTC',
      publisher: 'x.com',
      arrival: { at: 'instant', of: 'ts', lag: '10m' },
    },
    {
      id: 'elon-tweets',
      kind: 'social',
      source: 'x',
      file: 'social/elon_tweets_2022/tweets.csv.gz',
      columns: { text: 'text', written: 'ts' },
      // About whatever it names.
      tokens: {},
      publisher: 'x.com',
      arrival: { at: 'instant', of: 'ts', lag: '10m' },
    },
  ],
  figures: [
    ...(['BTC', 'ETH', 'BNB', 'SOL'] as const).map((token) => ({
      id: `dune-${token.toLowerCase()}`,
      source: 'dune',
      file: `onchain/cryptotrade_dune/${token}.csv`,
      token,
      date: 'date',
      columns: {
        total_transactions: { figure: 'transactions24h' as const },
        ...(token !== 'SOL' && { unique_addresses: { figure: 'activeAddresses24h' as const } }),
        ...((token === 'ETH' || token === 'BNB') && {
          average_gas_price: { figure: 'gasPriceGwei' as const, factor: 1e-9 },
        }),
      },
      arrival: { at: 'end-of-day' as const, of: 'date', lag: '24h' },
      freshFor: '26h',
    })),
    {
      id: 'netflows-btc',
      source: 'exchange-netflows',
      file: 'onchain/itb_btc_exchange_netflows/btc_netflows.csv.gz',
      token: 'BTC',
      date: 'date',
      columns: { aggregated_exchanges: { figure: 'exchangeNetflow24h' } },
      arrival: { at: 'end-of-day', of: 'date', lag: '24h' },
      freshFor: '26h',
    },
    {
      id: 'fear-greed',
      source: 'alternative-me',
      file: 'onchain/fear_greed_index/fear_greed.csv',
      token: null,
      date: 'date',
      columns: { value: { figure: 'fearGreed' } },
      arrival: { at: 'end-of-day', of: 'date' },
      freshFor: '26h',
    },
  ],
  constants: [
    // Blocks issue it by a schedule: 18.6 to 19.5 million within these windows.
    {
      id: 'btc-schedule',
      token: 'BTC',
      figure: 'circulatingSupply',
      value: 19_000_000,
      from: '2021-01-01T00:00:00.000Z',
    },
  ],
  windows: windowsOf(),
}

function windowsOf(): z.input<typeof Plan>['windows'] {
  const year = { from: '2023-01-02T00:00:00.000Z', to: '2023-09-30T00:00:00.000Z' }
  const aftermath = { from: '2022-12-01T00:00:00.000Z', to: '2023-09-30T00:00:00.000Z' }
  const crash = { from: '2021-10-13T00:00:00.000Z', to: '2022-07-06T00:00:00.000Z' }
  const all = ['BTC', 'ETH', 'SOL', 'BNB', 'XRP']
  const two = ['BTC', 'ETH']
  const candles = (tokens: readonly string[], interval: string) =>
    tokens.map((token) => `${token.toLowerCase()}-${interval}`)
  const chain = ['dune-btc', 'dune-eth', 'netflows-btc', 'btc-schedule', 'fear-greed']
  const investorbench = ['investorbench-btc', 'investorbench-eth', ...chain, 'btc-tweets']
  const cryptonews = ['cryptonews', 'eth-tweets', 'elon-tweets', 'netflows-btc', 'btc-schedule', 'fear-greed']
  const gnews = ['gnews', 'btc-tweets', 'dune-bnb', 'dune-sol', ...chain]
  const swing = { timeframe: 'SWING', every: '4h' } as const
  const long = { timeframe: 'LONG_TERM', every: '24h' } as const
  return [
    {
      id: '2023-swing',
      about: 'five coins in 2023 with daily news and chain figures',
      ...swing,
      ...year,
      tokens: all,
      series: [...candles(all, '1h'), ...gnews],
    },
    {
      id: '2023-long',
      about: 'the same by daily candles made of hours',
      ...long,
      ...year,
      tokens: all,
      series: [...candles(all, '1h'), ...gnews],
    },
    {
      id: '2022-12-swing',
      about: 'Bitcoin and Ethereum after the fall of FTX, with headlines of unnamed sites',
      ...swing,
      ...aftermath,
      tokens: two,
      series: [...candles(two, '1h'), ...investorbench],
    },
    {
      id: '2022-12-long',
      about: 'the same by daily candles',
      ...long,
      ...aftermath,
      tokens: two,
      series: [...candles(two, '1d'), ...investorbench],
    },
    {
      id: '2021-10-swing',
      about: 'Bitcoin and Ethereum from the top of 2021 past Terra and Celsius',
      ...swing,
      ...crash,
      tokens: two,
      series: [...candles(two, '1h'), ...cryptonews],
    },
    {
      id: '2021-10-long',
      about: 'the same by daily candles',
      ...long,
      ...crash,
      tokens: two,
      series: [...candles(two, '1d'), ...cryptonews],
    },
  ]
}
