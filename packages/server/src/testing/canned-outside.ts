import { readFileSync } from 'node:fs'
import type { Fetch } from '../network/fetch.ts'
import type { Clock } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'
import { readSample as read } from './test-source.ts'

/** One request as it went out: to which source's vendor, when (ms of the clock), and all that it says. */
export type Sent = { readonly source: string; readonly at: number; readonly said: string }

type Answer = (url: URL, body: unknown) => unknown
/** Whose it is, by host and the beginning of the path, and what is answered. */
type Vendor = readonly [source: string, place: string, answer: Answer]
type Call = { id: number; method: string; params?: readonly unknown[] }

const text = (file: string) => readFileSync(new URL(`../sources/fixtures/${file}`, import.meta.url), 'utf8')
const samples = new Map<string, unknown>()
/** Read once: an hour has tens of thousands of answers. */
function readSample(file: string): unknown {
  if (!samples.has(file)) samples.set(file, read(file))
  return samples.get(file)
}
const always =
  (body: unknown): Answer =>
  () =>
    body
const json = (file: string): Answer => always(readSample(file))
const page = (file: string): Answer => always(text(file))

/** By the last part of the path. */
const byPath = (folder: string, files: Readonly<Record<string, string>>): Answer => {
  const bodies = Object.fromEntries(
    Object.entries(files).map(([part, file]) => [part, readSample(`${folder}/${file}.json`)]),
  )
  return ({ pathname }) => bodies[pathname.split('/').at(-1)!]
}

/** By one parameter of the query. */
const byQuery =
  (name: string, bodies: Readonly<Record<string, unknown>>): Answer =>
  ({ searchParams }) =>
    bodies[searchParams.get(name) ?? '']

/** By module and action, as explorers are asked. */
const byAction = (file: string): Answer => {
  const bodies = readSample(file) as Record<string, unknown>
  return ({ searchParams }) => bodies[`${searchParams.get('module')}/${searchParams.get('action')}`]
}

/** A JSON-RPC node, whatever is in the batch. */
const node =
  (result: (call: Call) => unknown): Answer =>
  (_, body) => {
    const reply = (call: Call) => ({ jsonrpc: '2.0', id: call.id, result: result(call) })
    return Array.isArray(body) ? (body as Call[]).map(reply) : reply(body as Call)
  }
const byMethod = (...files: readonly string[]): Answer => {
  const results = Object.assign({}, ...files.map((file) => readSample(file))) as Record<string, unknown>
  return node(({ method }) => results[method])
}

const channel = text('telegram/channel.html')
const evmRows = readSample('evm-rpc/results.json') as [string, string, string, unknown][]
const evm = node(({ method }) => evmRows.find((row) => row[0] === method)?.[3])
const evmHosts = [
  'ethereum.publicnode.com',
  'eth.merkle.io',
  '1rpc.io',
  'bsc-mainnet.public.blastapi.io',
  'binance.llamarpc.com',
  'polygon-bor.publicnode.com',
  'polygon.drpc.org',
  'base.publicnode.com',
  'mainnet.base.org',
  'arbitrum.meowrpc.com',
]
const grant = always({ access_token: 'a-token', expires_in: 3_600, accessJwt: 'a-token' })

const vendors: readonly Vendor[] = [
  [
    'okx-announcements',
    'www.okx.com/api/v5/support',
    byQuery('annType', {
      'announcements-new-listings': readSample('okx-announcements/new-listings.json'),
      'announcements-delistings': readSample('okx-announcements/delistings.json'),
    }),
  ],
  [
    'okx',
    'www.okx.com/',
    byPath('okx', {
      'index-tickers': 'index-ticker',
      'mark-price': 'mark-price',
      'funding-rate': 'funding-rate',
      'open-interest': 'open-interest',
      'long-short-account-ratio-contract': 'long-short-ratio',
    }),
  ],
  [
    'bybit-announcements',
    'api.bybit.com/v5/announcements',
    byQuery('type', {
      new_crypto: readSample('bybit-announcements/new-crypto.json'),
      delistings: readSample('bybit-announcements/delistings.json'),
    }),
  ],
  [
    'bybit',
    'api.bybit.com/',
    byPath('bybit', { tickers: 'tickers-linear', 'account-ratio': 'account-ratio', 'open-interest': 'open-interest' }),
  ],
  [
    'binance-announcements',
    'www.binance.com/',
    byQuery('catalogId', {
      48: readSample('binance-announcements/catalog-48.json'),
      161: readSample('binance-announcements/catalog-161.json'),
    }),
  ],
  [
    'binance-futures',
    'fapi.binance.com/',
    byPath('binance-futures', {
      premiumIndex: 'premium-index',
      fundingInfo: 'funding-info',
      openInterest: 'open-interest',
      openInterestHist: 'open-interest-hist',
      globalLongShortAccountRatio: 'long-short-account-ratio',
      takerlongshortRatio: 'taker-long-short-ratio',
    }),
  ],
  ['hyperliquid', 'api.hyperliquid.xyz/', json('hyperliquid/meta-and-asset-ctxs.json')],
  [
    'deribit',
    'www.deribit.com/',
    byPath('deribit', { ticker: 'ticker', get_volatility_index_data: 'volatility-index' }),
  ],
  ['kraken-futures', 'futures.kraken.com/', json('kraken-futures/ticker.json')],
  ['dexscreener', 'api.dexscreener.com/', json('dexscreener/token-pairs.json')],
  [
    'geckoterminal',
    'api.geckoterminal.com/',
    (url) => readSample(`geckoterminal/${url.pathname.endsWith('/info') ? 'info' : 'pools'}.json`),
  ],
  [
    'defillama',
    'api.llama.fi/',
    ({ pathname }) =>
      readSample(
        `defillama/${['chains', 'dexs', 'fees', 'protocols'].find((part) => pathname.includes(part)) ?? 'chains'}.json`,
      ),
  ],
  ['defillama', 'stablecoins.llama.fi/', json('defillama/stablecoins.json')],
  [
    'goplus',
    'api.gopluslabs.io/',
    ({ pathname }) => readSample(`goplus/${pathname.includes('solana') ? 'solana' : 'evm'}.json`),
  ],
  ['rugcheck', 'api.rugcheck.xyz/', json('rugcheck/report.json')],
  [
    'birdeye',
    'public-api.birdeye.so/',
    ({ pathname }) => readSample(`birdeye/${pathname.includes('security') ? 'security' : 'overview'}.json`),
  ],
  ['coindesk', 'www.coindesk.com/', page('coindesk/feed.xml')],
  ['cointelegraph', 'cointelegraph.com/', page('cointelegraph/feed.xml')],
  ['decrypt', 'decrypt.co/', page('decrypt/feed.xml')],
  ['theblock', 'www.theblock.co/', page('theblock/feed.xml')],
  ['kraken-announcements', 'blog.kraken.com/', page('kraken-announcements/feed.xml')],
  ['gdelt', 'api.gdeltproject.org/', json('gdelt/artlist.json')],
  ['cryptopanic', 'cryptopanic.com/', json('cryptopanic/posts.json')],
  ['newsapi', 'newsapi.org/', json('newsapi/everything.json')],
  ['cryptonews', 'cryptonews-api.com/', json('cryptonews/tickers.json')],
  ['google-news', 'news.google.com/', page('google-news/search.xml')],
  [
    'solana-rpc',
    'api.mainnet-beta.solana.com/',
    byMethod('solana-rpc/mint.json', 'solana-rpc/holders.json', 'solana-rpc/chain.json'),
  ],
  ['pumpfun', 'frontend-api-v3.pump.fun/', json('pumpfun/coin.json')],
  ['pumpfun', 'swap-api.pump.fun/', json('pumpfun/market-activity.json')],
  ['reddit-rss', 'www.reddit.com/r/', page('reddit-rss/new.xml')],
  ['reddit', 'www.reddit.com/api/v1/access_token', grant],
  ['reddit', 'oauth.reddit.com/', json('reddit/search.json')],
  ['telegram', 't.me/', ({ pathname }) => channel.replaceAll('a_channel', pathname.split('/')[2] ?? '')],
  ['bluesky', 'public.api.bsky.app/', json('bluesky/author-feed.json')],
  [
    'bluesky-search',
    'bsky.social/',
    (url) => (url.pathname.endsWith('createSession') ? grant(url, null) : readSample('bluesky/search.json')),
  ],
  ['stocktwits', 'api.stocktwits.com/', json('stocktwits/stream.json')],
  ['farcaster', 'api.neynar.com/', json('farcaster/search.json')],
  ['x', 'api.x.com/', ({ pathname }) => readSample(`x/${pathname.includes('counts') ? 'counts' : 'search'}.json`)],
  [
    'lunarcrush',
    'lunarcrush.com/',
    ({ pathname }) => readSample(`lunarcrush/${pathname.includes('/coins/') ? 'coin-hours' : 'topic'}.json`),
  ],
  [
    'santiment',
    'api.santiment.net/',
    (_, body) => {
      const { query } = body as { query: string }
      const file = ['social_volume', 'social_dominance'].find((name) => query.includes(name))?.replace('_', '-')
      return readSample(`santiment/${file ?? 'addresses'}.json`)
    },
  ],
  ['alternative-me', 'api.alternative.me/', json('alternative-me/fng.json')],
  [
    'helius',
    'mainnet.helius-rpc.com/',
    byMethod('solana-rpc/holders.json', 'helius/results.json', 'helius/signatures.json'),
  ],
  ['solscan', 'pro-api.solscan.io/', byPath('solscan', { meta: 'meta', holders: 'holders', transfer: 'transfers' })],
  ...evmHosts.map((host): Vendor => ['evm-rpc', `${host}/`, evm]),
  ['etherscan', 'api.etherscan.io/', byAction('etherscan/answers.json')],
  [
    'blockscout',
    'api.blockscout.com/',
    ({ pathname }) =>
      readSample(
        `blockscout/${pathname.endsWith('/stats') ? 'stats' : pathname.endsWith('/holders') ? 'holders' : 'token'}.json`,
      ),
  ],
  ['routescan', 'api.routescan.io/', byAction('routescan/answers.json')],
]

type Wish = {
  clock: Clock
  random: Random
  /** How long the vendor of a source takes, in ms of the clock, Infinity for ever; 50 to 800 unless said. */
  takesMs?(source: string): number
  /** What comes instead of an answer in JSON. */
  lie?(said: unknown): unknown
}

/**
 * Every vendor outside, answering with our own samples whatever token it is asked about; what no sample fits is not found. `sent` is what
 * went out, in order.
 */
export function createCannedOutside({ clock, random, takesMs = () => 50 + 750 * random(), lie }: Wish) {
  const sent: Sent[] = []
  const fetch: Fetch = async (request) => {
    const url = new URL(request.url)
    const told = request.method === 'POST' ? await request.text() : ''
    const vendor = vendors.find(([, place]) => `${url.host}${url.pathname}`.startsWith(place))
    if (!vendor) throw new TypeError(`nobody answers at ${url.host}${url.pathname}`)
    sent.push({ source: vendor[0], at: clock.now(), said: `${decodeURIComponent(url.href)} ${told}` })
    const ms = takesMs(vendor[0])
    await (ms === Infinity ? new Promise<never>(() => {}) : clock.sleep(ms, request.signal))
    const honest = vendor[2](url, told.startsWith('{') || told.startsWith('[') ? JSON.parse(told) : null)
    const said = lie && typeof honest !== 'string' ? lie(honest) : honest
    const headers = { date: new Date(clock.now()).toUTCString() }
    if (said === undefined) return new Response('{}', { status: 404, headers })
    return new Response(typeof said === 'string' ? said : JSON.stringify(said), { headers })
  }
  return { fetch, sent }
}
