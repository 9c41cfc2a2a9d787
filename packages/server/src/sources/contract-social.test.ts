import { readFileSync } from 'node:fs'
import { isFailure, Token, type Document, type Figure, type Observation } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import type { Fetch } from '../network/fetch.ts'
import { mishapOf } from '../network/mishap.ts'
import { createCollectedLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { readSample } from '../testing/test-source.ts'
import { askWatch, testWatches, watchedVendor, type WatchSample } from '../testing/test-watch.ts'
import { alternativeMe } from './alternative-me.ts'
import { bluesky } from './bluesky.ts'
import { blueskySearch } from './bluesky-search.ts'
import { farcaster } from './farcaster.ts'
import { lunarcrush } from './lunarcrush.ts'
import { redditRss } from './reddit-rss.ts'
import { reddit } from './reddit.ts'
import { santiment } from './santiment.ts'
import type { Source } from './source.ts'
import { stocktwits } from './stocktwits.ts'
import { telegram } from './telegram.ts'
import { x } from './x.ts'

const now = Date.UTC(2026, 2, 1, 12, 34, 56)
const payloads = 300

const bitcoin = Token.parse({
  id: 'bitcoin:native',
  chain: 'bitcoin',
  address: 'native',
  symbol: 'BTC',
  name: 'Bitcoin',
  catalogueId: 'bitcoin',
  marketCapRank: 1,
  marketCapUsd: 1e12,
  priceUsd: '63000',
})

const textOf = (file: string): string => readFileSync(new URL(`./fixtures/${file}`, import.meta.url), 'utf8')
const always = (body: unknown) => () => body

const ofMarket = (watch: string, answer: WatchSample['answer']): WatchSample => ({ watch, token: null, now, answer })
const ofBitcoin = (watch: string, answer: WatchSample['answer'], more: Partial<WatchSample> = {}): WatchSample => ({
  watch,
  token: bitcoin,
  now,
  answer,
  ...more,
})

const page = textOf('telegram/channel.html')
const channelOf = ({ pathname }: URL): string => pathname.split('/')[2] ?? ''
const santimentFile = (body: unknown): string => {
  const { query } = (body ?? { query: '' }) as { query: string }
  return query.includes('social_volume_total')
    ? 'social-volume'
    : query.includes('social_dominance_total')
      ? 'social-dominance'
      : 'addresses'
}
const noRows = { data: { getMetric: { timeseriesDataJson: [] } } }

const samples: readonly (readonly [Source, readonly WatchSample[]])[] = [
  [
    redditRss,
    [{ ...ofMarket('posts', always(textOf('reddit-rss/new.xml'))), empty: always(textOf('reddit-rss/empty.xml')) }],
  ],
  [
    reddit,
    [ofBitcoin('search', always(readSample('reddit/search.json')), { empty: always(readSample('reddit/empty.json')) })],
  ],
  [
    telegram,
    telegram.watches!.map(({ name }) => ofMarket(name, (url) => page.replaceAll('a_channel', channelOf(url)))),
  ],
  [bluesky, [{ ...ofMarket('accounts', always(readSample('bluesky/author-feed.json'))), empty: always({ feed: [] }) }]],
  [
    blueskySearch,
    [ofBitcoin('posts', always(readSample('bluesky/search.json')), { empty: always({ posts: [], hitsTotal: 0 }) })],
  ],
  [stocktwits, [ofBitcoin('messages', always(readSample('stocktwits/stream.json')))]],
  [
    farcaster,
    [
      ofBitcoin('casts', always(readSample('farcaster/search.json')), {
        empty: always(readSample('farcaster/empty.json')),
      }),
    ],
  ],
  [
    x,
    [
      ofBitcoin('counts', always(readSample('x/counts.json')), {
        empty: always({ data: [], meta: { total_tweet_count: 0 } }),
      }),
      ofBitcoin('posts', always(readSample('x/search.json')), { empty: always(readSample('x/empty.json')) }),
    ],
  ],
  [
    lunarcrush,
    [
      ofBitcoin('crowd', ({ pathname }) =>
        readSample(pathname.includes('/coins/') ? 'lunarcrush/coin-hours.json' : 'lunarcrush/topic.json'),
      ),
    ],
  ],
  [
    santiment,
    ['crowd', 'addresses'].map((watch) =>
      ofBitcoin(watch, (_, body) => readSample(`santiment/${santimentFile(body)}.json`), { empty: always(noRows) }),
    ),
  ],
  [alternativeMe, [ofMarket('fear-greed', always(readSample('alternative-me/fng.json')))]],
]

for (const [source, its] of samples)
  testWatches(source, its, { payloads: source === telegram ? payloads / 3 : payloads })

const sampleOf = (source: Source, watch: string): WatchSample =>
  samples.find(([one]) => one === source)![1].find((sample) => sample.watch === watch)!

/** What a watch makes of its sample, or of another answer. */
function seen(source: Source, watch: string, answer?: WatchSample['answer'], token?: Token): Promise<Observation[]> {
  const sample = { ...sampleOf(source, watch), ...(token && { token }) }
  return askWatch(source, sample, { fetch: watchedVendor(source, sample, answer) })
}

const documentsOf = (observations: Observation[]): Document[] =>
  observations.filter((one): one is Document => one.what === 'document')
const figuresIn = (observations: Observation[]): [string, number, string][] =>
  observations
    .filter((one): one is Figure => one.what === 'figure')
    .map(({ name, value, observedAt }) => [name, value, observedAt])

describe('what the samples tell', () => {
  it('reddit-rss: posts of the market with their room and without what stands behind each', async () => {
    const posts = documentsOf(await seen(redditRss, 'posts'))
    expect(posts.map(({ id, title, text, publisher, author }) => [id, title, text, publisher, author?.name])).toEqual([
      ['reddit-rss:t3_1bbbb1', 'A question & more', "First line It isn't", 'r/Bitcoin', 'reader_1'],
      ['reddit-rss:t3_1bbbb2', 'A picture', '', 'r/solana', undefined],
    ])
    expect(posts[0]).toMatchObject({
      token: null,
      observedAt: '2026-03-01T12:30:00.000Z',
      url: 'https://www.reddit.com/r/Bitcoin/comments/1bbbb1/a_title/',
      likes: null,
    })
  })

  it('reddit: posts about a token, without what was removed or deleted', async () => {
    const posts = documentsOf(await seen(reddit, 'search'))
    expect(posts.map(({ id, title, text, author, likes }) => [id, title, text, author?.id, likes])).toEqual([
      ['reddit:t3_1aaaa1', 'A question', 'Words & more', 't2_abc1', 12],
      ['reddit:t3_1aaaa2', 'A link', '', undefined, 0],
      ['reddit:t3_1aaaa4', 'Its text was deleted', '', 't2_abc1', 12],
    ])
    expect(posts[0]).toMatchObject({ token: 'bitcoin:native', publisher: 'r/Bitcoin', reposts: 1 })
    expect(posts[0]?.observedAt).toBe('2026-03-01T12:30:00.000Z')
  })

  it('telegram: messages with words, their views and the subscribers of the channel', async () => {
    const posts = documentsOf(await seen(telegram, 'wublockchainenglish'))
    expect(posts.map(({ id, text, views }) => [id, text, views])).toEqual([
      ['telegram:wublockchainenglish/41', 'First $BTC line second line & more', 1840],
      ['telegram:wublockchainenglish/42', 'The answer', 522],
      ['telegram:wublockchainenglish/44', 'An album tells', 7],
    ])
    expect(posts[0]).toMatchObject({
      observedAt: '2026-03-01T09:10:11.000Z',
      publisher: 't.me/wublockchainenglish',
      url: 'https://t.me/wublockchainenglish/41',
      author: { id: 'wublockchainenglish', name: 'A channel of news', followers: 12_500 },
    })
  })

  it('bluesky: posts of an account at the instant the network saw them, without reposts', async () => {
    const posts = documentsOf(await seen(bluesky, 'accounts'))
    expect(posts.map(({ text, observedAt }) => [text, observedAt])).toEqual([
      ['Bitcoin passes a mark', '2026-03-01T12:00:01.250Z'],
      ['Said to be of next year', '2026-03-01T09:00:01.000Z'],
    ])
    expect(posts[0]).toMatchObject({
      url: 'https://bsky.app/profile/did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/post/3aaaaaaaaaa22',
      author: { name: 'desk.example', createdAt: '2024-01-02T03:04:05.678Z' },
      likes: 14,
      reposts: 3,
    })
  })

  it('bluesky-search: posts about a token', async () => {
    const posts = documentsOf(await seen(blueskySearch, 'posts'))
    expect(posts.map(({ token, text, author }) => [token, text, author?.id])).toEqual([
      ['bitcoin:native', 'I like bitcoin', 'did:plc:bbbbbbbbbbbbbbbbbbbbbbbb'],
      ['bitcoin:native', 'I do not', 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'],
    ])
  })

  it('stocktwits: who watches, and messages with the tag their writers gave them', async () => {
    const said = await seen(stocktwits, 'messages')
    expect(figuresIn(said)).toEqual([['watchers', 512_345, '2026-03-01T12:34:56.000Z']])
    expect(documentsOf(said).map(({ text, vendorSentiment, likes }) => [text, vendorSentiment, likes])).toEqual([
      ["$BTC.X isn't stopping", 1, 4],
      ['$BTC.X down it goes', -1, 0],
      ['$BTC.X what now', null, 0],
    ])
    expect(documentsOf(said)[0]?.author).toEqual({
      id: '900103',
      name: 'reader103',
      createdAt: null,
      followers: 103,
      following: 12,
      posts: 340,
      verified: false,
    })
  })

  it('farcaster: casts about a token, their text as it was written', async () => {
    const posts = documentsOf(await seen(farcaster, 'casts'))
    expect(posts.map(({ text, publisher, author, likes }) => [text, publisher, author?.followers, likes])).toEqual([
      ['bitcoin is up', 'farcaster.xyz/bitcoin', 321, 5],
      ['$BTC < $ETH', 'farcaster.xyz', 321, 5],
    ])
  })

  it('x: posts with the author of each, in either spelling', async () => {
    const posts = documentsOf(await seen(x, 'posts'))
    expect(
      posts.map(({ text, author, reposts, views }) => [text, author?.name, author?.posts, reposts, views]),
    ).toEqual([
      ['$BTC is cut here & goes on there', 'desk_1', 45_000, 2, 800],
      ['Bitcoin?', 'reader_1', 12, 3, null],
    ])
    expect(posts[0]).toMatchObject({ url: 'https://x.com/desk_1/status/2028092000000000001', tags: ['BTC'] })
    expect(posts[0]?.author).toMatchObject({ verified: true, createdAt: '2015-05-05T05:05:05.000Z', following: 90 })
  })

  it('x: mentions of the last whole hour and of the 24 that end with it', async () => {
    // Hours 2 to 25 of 100, 101, ...: 24 * 100 + (2 + ... + 25).
    expect(figuresIn(await seen(x, 'counts'))).toEqual([
      ['mentions1h', 125, '2026-03-01T12:00:00.000Z'],
      ['mentions24h', 2_724, '2026-03-01T12:00:00.000Z'],
    ])
  })

  it('lunarcrush: the closed hours of a day, percent as ratios, and who wrote', async () => {
    // Hours 3 to 26: the 28th is open. 24 * 500 + (3 + ... + 26) and the same over a million.
    expect(figuresIn(await seen(lunarcrush, 'crowd'))).toEqual([
      ['mentions1h', 526, '2026-03-01T12:00:00.000Z'],
      ['mentions24h', 12_348, '2026-03-01T12:00:00.000Z'],
      ['engagement24h', 24_000_348, '2026-03-01T12:00:00.000Z'],
      ['socialDominanceRatio', 0.205, '2026-03-01T12:00:00.000Z'],
      ['vendorSentiment', 0.4, '2026-03-01T12:00:00.000Z'],
      ['contributors24h', 90_321, '2026-03-01T12:34:56.000Z'],
    ])
  })

  it('santiment: the closed hours of a day, and the last whole day of addresses', async () => {
    // Hours 1 to 24: the 26th is open. 24 * 1,000 + (1 + ... + 24).
    expect(figuresIn(await seen(santiment, 'crowd'))).toEqual([
      ['mentions1h', 1_024, '2026-03-01T12:00:00.000Z'],
      ['mentions24h', 24_300, '2026-03-01T12:00:00.000Z'],
      ['socialDominanceRatio', 0.255, '2026-03-01T12:00:00.000Z'],
    ])
    expect(figuresIn(await seen(santiment, 'addresses'))).toEqual([
      ['activeAddresses24h', 812_345, '2026-03-01T00:00:00.000Z'],
    ])
  })

  it('alternative-me: the index of the day, as of its begin', async () => {
    expect(figuresIn(await seen(alternativeMe, 'fear-greed'))).toEqual([['fearGreed', 31, '2026-03-01T00:00:00.000Z']])
  })
})

describe('what vendors refuse', () => {
  const cases: [string, Source, string, string, number, string, string][] = [
    ['a private room', reddit, 'search', 'reddit/error-private.json', 403, 'refused', 'private'],
    ['an unknown account', bluesky, 'accounts', 'bluesky/error.json', 400, 'refused', 'HTTP 400'],
    ['a query', blueskySearch, 'posts', 'bluesky/error.json', 400, 'refused', 'HTTP 400'],
    ['an unknown symbol', stocktwits, 'messages', 'stocktwits/error-not-found.json', 200, 'absent', 'no such symbol'],
    ['a plan', farcaster, 'casts', 'farcaster/error-plan.json', 402, 'refused', 'plan'],
    ['credits', x, 'posts', 'x/error-credits.json', 402, 'refused', 'no credits'],
    ['a used up month', x, 'counts', 'x/error-cap.json', 429, 'refused', 'used up'],
    ['either name of the fields', x, 'posts', 'x/error-fields.json', 400, 'refused', "'tweet'"],
    ['a plan', lunarcrush, 'crowd', 'lunarcrush/error-plan.json', 402, 'refused', 'plan'],
    ['an unknown coin', lunarcrush, 'crowd', 'lunarcrush/error-plan.json', 404, 'absent', 'no such coin'],
    ['days outside a plan', santiment, 'crowd', 'santiment/error-plan.json', 200, 'refused', 'plan'],
    ['everything', alternativeMe, 'fear-greed', 'alternative-me/error.json', 200, 'server', 'went wrong'],
  ]
  it.each(cases)('%s: %o', async (_, source, watch, file, status, mishap, words) => {
    const sample = sampleOf(source, watch)
    const answers = watchedVendor(source, sample, always(readSample(file)))
    const fetch: Fetch = async (request) => {
      const answer = await answers(request)
      return /token|Session/.test(request.url) ? answer : new Response(answer.body, { status })
    }
    const thrown = await askWatch(source, sample, { fetch }).catch((caught: unknown) => caught)
    expect(mishapOf(thrown)).toBe(mishap)
    expect(String(thrown)).toContain(words)
    expect(String(thrown)).not.toContain('body-words')
  })

  it('a closed preview of a channel is no channel without news', async () => {
    const thrown = await seen(telegram, 'cointelegraph', always(textOf('telegram/closed.html'))).catch(
      (caught: unknown) => caught,
    )
    expect(mishapOf(thrown)).toBe('garbled')
  })

  it('messages of another channel, symbol, coin or topic are not taken for ours', async () => {
    const stream = readSample('stocktwits/stream.json')
    const others: Promise<Observation[]>[] = [
      seen(telegram, 'cointelegraph', always(page)),
      seen(stocktwits, 'messages', always(stream), { ...bitcoin, symbol: 'ETH' }),
      seen(lunarcrush, 'crowd', always(readSample('lunarcrush/coin-hours.json')), { ...bitcoin, symbol: 'ETH' }),
    ]
    for (const other of others) expect(mishapOf(await other.catch((caught: unknown) => caught))).toBe('drift')
  })

  it('a ticker that is worth half or double what the catalogue knows is another coin', async () => {
    for (const priceUsd of ['30000', '130000']) {
      const token = Token.parse({ ...bitcoin, priceUsd })
      const thrown = await seen(lunarcrush, 'crowd', undefined, token).catch((caught: unknown) => caught)
      expect(isFailure(thrown) && thrown.code).toBe('notFound')
    }
  })

  it('x asks by the new name of posts where the old one is refused', async () => {
    const asked: string[] = []
    const sample = sampleOf(x, 'posts')
    const fetch: Fetch = async ({ url }) => {
      asked.push(url.includes('post.fields') ? 'post' : 'tweet')
      return url.includes('post.fields')
        ? Response.json(readSample('x/search.json'))
        : Response.json(readSample('x/error-fields.json'), { status: 400 })
    }
    expect(await askWatch(x, sample, { fetch })).toHaveLength(2)
    expect(asked).toEqual(['tweet', 'post'])
  })
})

describe('what is sent', () => {
  /** The requests of one watch. */
  async function sent(source: Source, watch: string, key: string): Promise<Request[]> {
    const requests: Request[] = []
    const sample = sampleOf(source, watch)
    const vendor = watchedVendor(source, sample)
    const fetch: Fetch = (request) => {
      requests.push(request.clone())
      return vendor(request)
    }
    await askWatch(source, sample, { fetch, key })
    return requests
  }

  it('keys go where each vendor wants them', async () => {
    const places: [Source, string, string, string][] = [
      [farcaster, 'casts', 'x-api-key', 'a:key'],
      [x, 'counts', 'authorization', 'Bearer a:key'],
      [lunarcrush, 'crowd', 'authorization', 'Bearer a:key'],
      [santiment, 'crowd', 'authorization', 'Apikey a:key'],
      [reddit, 'search', 'authorization', 'Bearer a-token'],
      [blueskySearch, 'posts', 'authorization', 'Bearer a-token'],
    ]
    for (const [source, watch, header, value] of places)
      expect((await sent(source, watch, 'a:key')).at(-1)?.headers.get(header)).toBe(value)
    const [login] = await sent(blueskySearch, 'posts', 'a.handle:a-password')
    expect(await login?.json()).toEqual({ identifier: 'a.handle', password: 'a-password' })
  })

  it('a search names the token by name and ticker', async () => {
    const queries: [Source, string, string, string][] = [
      [reddit, 'search', 'q', '"Bitcoin" OR "$BTC"'],
      [blueskySearch, 'posts', 'q', '"Bitcoin"'],
      [farcaster, 'casts', 'q', '"Bitcoin" | "$BTC"'],
      [x, 'posts', 'query', '("Bitcoin" OR $BTC) -is:retweet -is:nullcast'],
      [x, 'counts', 'query', '("Bitcoin" OR $BTC) -is:retweet -is:nullcast'],
    ]
    for (const [source, watch, name, query] of queries)
      expect(new URL((await sent(source, watch, 'a:key')).at(-1)!.url).searchParams.get(name)).toBe(query)
  })

  it('reddit is told who asks in the form it wants', async () => {
    for (const [source, watch] of [[redditRss, 'posts'] as const, [reddit, 'search'] as const])
      expect((await sent(source, watch, 'a:key')).at(-1)?.headers.get('user-agent')).toMatch(/^server:pumpiq:/)
  })

  it('a thousand secrets are in no log, no error and nothing that is kept', async () => {
    const random = seededRandom(9)
    const asked = samples.flatMap(([source, its]) => its.map((sample) => [source, sample] as const))
    for (let i = 0; i < 1_000; i++) {
      const secret = Array.from({ length: 24 }, () => 'abcdefghijkmnpqrstuvwxyz'[Math.floor(random() * 24)]).join('')
      const log = createCollectedLog()
      const [source, sample] = asked[i % asked.length]!
      const vendor = watchedVendor(source, sample)
      // Every other vendor tells the key in its refusal.
      const fetch: Fetch =
        i % 2 < 1 ? vendor : async () => Response.json({ error: secret, message: secret }, { status: 403 })
      const key = `id-${secret}:${secret}`
      const said = await askWatch(source, sample, { fetch, log, key }).catch((thrown: unknown) =>
        isFailure(thrown) ? [thrown.message, thrown.cause] : String(thrown),
      )
      expect(JSON.stringify(said)).not.toContain(secret)
      expect(JSON.stringify(log.entries)).not.toContain(secret)
    }
  })
})

it('asks only of tokens that a vendor could know', () => {
  const unranked = { ...bitcoin, marketCapRank: null }
  const odd = { ...bitcoin, symbol: '$X', name: '..' }
  for (const [source] of samples)
    for (const watch of source.watches ?? []) {
      if (watch.about === 'market') continue
      expect([source.id, watch.serves(bitcoin), watch.serves(unranked)]).toEqual([source.id, true, false])
      if (source !== santiment) expect([source.id, watch.serves(odd)]).toEqual([source.id, false])
    }
})
