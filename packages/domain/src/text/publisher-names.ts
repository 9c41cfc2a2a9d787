/** Who a publisher is to us: how far its word goes, and why. */
export const publisherTiers = {
  authority: { trust: 0.95, why: 'a public authority, about what it does itself' },
  exchange: { trust: 0.9, why: 'a venue, about what it lists itself' },
  press: { trust: 0.85, why: 'a newsroom of long standing, with corrections and a name to lose' },
  desk: { trust: 0.75, why: 'an established newsroom for crypto' },
  site: { trust: 0.5, why: 'a site of news and opinions on prices, much of it rewritten' },
  aggregator: { trust: 0.4, why: 'shows what others write' },
  unknown: { trust: 0.3, why: 'not known to us' },
  wire: { trust: 0.15, why: 'what it prints is paid for by whom it is about' },
  open: { trust: 0.15, why: 'anybody may publish there' },
  imitation: { trust: 0, why: 'its name is made to look like that of another' },
} as const satisfies Readonly<Record<string, { trust: number; why: string }>>
export type PublisherTier = keyof typeof publisherTiers

const hosts = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Domains by tier; what stands below one of them is the same publisher's. */
export const publisherHosts: Partial<Readonly<Record<PublisherTier, readonly string[]>>> = {
  authority: hosts(`
    europa.eu fca.org.uk bis.org imf.org worldbank.org fatf-gafi.org finra.org nfa.futures.org bafin.de finma.ch
    amf-france.org consob.it cnmv.es afm.nl fsa.go.jp fsc.go.kr sfc.hk
  `),
  exchange: hosts(`
    binance.com binance.us coinbase.com kraken.com okx.com bybit.com kucoin.com bitfinex.com bitstamp.net gemini.com
    crypto.com gate.com gate.io bitget.com htx.com mexc.com upbit.com bithumb.com deribit.com bitmex.com bitflyer.com
  `),
  press: hosts(`
    reuters.com apnews.com bloomberg.com bloomberglaw.com ft.com wsj.com barrons.com marketwatch.com economist.com
    nytimes.com washingtonpost.com theguardian.com bbc.com bbc.co.uk cnbc.com cnn.com npr.org afp.com axios.com politico.com politico.eu
    law360.com americanbanker.com cbc.ca theatlantic.com nzherald.co.nz nikkei.com lemonde.fr faz.net handelsblatt.com
  `),
  desk: hosts(`
    coindesk.com theblock.co theblockcrypto.com decrypt.co blockworks.co dlnews.com thedefiant.io protos.com unchainedcrypto.com
    cointelegraph.com bitcoinmagazine.com
  `),
  site: hosts(`
    forbes.com fortune.com businessinsider.com techcrunch.com wired.com theverge.com kitco.com fxstreet.com
    cryptoslate.com crypto-news-flash.com cryptobriefing.com beincrypto.com cryptonews.com cryptopotato.com crypto.news bitcoinist.com newsbtc.com
    ambcrypto.com u.today dailyhodl.com coingape.com coinpedia.org coinspeaker.com blockonomi.com bitcoin.com
    thecoinrepublic.com watcher.guru benzinga.com fool.com seekingalpha.com zycrypto.com finbold.com theblockbeats.info
    economictimes.com forkast.news bsc.news thecryptobasic.com cryptonomist.ch dailycoin.com coincodex.com cryptotimes.io cryptoglobe.com
    ccn.com blockchain.news investopedia.com pymnts.com financemagnates.com ledgerinsights.com coinjournal.net fxempire.com
    panewslab.com odaily.news wublock123.com 8btc.com
  `),
  aggregator: hosts(`
    cryptopanic.com yahoo.com msn.com investing.com news.google.com tradingview.com
    coinmarketcap.com coingecko.com cryptonews-api.com stocktwits.com nasdaq.com
  `),
  wire: hosts(`
    prnewswire.com businesswire.com globenewswire.com accesswire.com newsfilecorp.com einpresswire.com prweb.com prlog.org
    openpr.com chainwire.org bitcoinprbuzz.com newswire.com issuewire.com marketersmedia.com prleap.com
  `),
  open: hosts(`
    medium.com substack.com mirror.xyz paragraph.xyz wordpress.com blogspot.com tumblr.com github.io gitbook.io notion.site
    vocal.media hackernoon.com publish0x.com steemit.com hive.blog t.me telegram.me reddit.com x.com twitter.com bsky.app
    farcaster.xyz warpcast.com youtube.com tiktok.com facebook.com instagram.com linkedin.com discord.com discord.gg
    bitcointalk.org 4chan.org quora.com pastebin.com docs.google.com sites.google.com
  `),
}
