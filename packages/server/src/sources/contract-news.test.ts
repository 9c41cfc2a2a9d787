import { readFileSync } from 'node:fs'
import { Token, tokenId, type Document } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { createAsk } from '../network/ask.ts'
import type { Fetch } from '../network/fetch.ts'
import { mishapOf } from '../network/mishap.ts'
import { createCollectedLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { createSecret } from '../platform/secret.ts'
import { createLeapingClock, readSample } from '../testing/test-source.ts'
import { askWatch, testWatches, watchedVendor, type WatchSample } from '../testing/test-watch.ts'
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
import type { Source } from './source.ts'
import { theblock } from './theblock.ts'

const now = Date.UTC(2026, 2, 1, 12, 34, 56)
const exampleCoin = Token.parse({
  id: tokenId('ethereum:0x00000000000000000000000000000000000000ec'),
  chain: 'ethereum',
  address: '0x00000000000000000000000000000000000000ec',
  symbol: 'EXC',
  name: 'Example Coin',
  catalogueId: 'example-coin',
  marketCapRank: 42,
  marketCapUsd: null,
  priceUsd: null,
})

const readText = (file: string): string => readFileSync(new URL(`./fixtures/${file}`, import.meta.url), 'utf8')
const always = (said: unknown) => () => said

const market = (watch: string, answer: WatchSample['answer'], more: Partial<WatchSample> = {}): WatchSample => ({
  watch,
  token: null,
  now,
  answer,
  ...more,
})
const ofToken = (answer: WatchSample['answer'], empty: unknown, more: Partial<WatchSample> = {}): WatchSample => ({
  ...market('articles', answer, more),
  token: exampleCoin,
  empty: always(empty),
})
const feed = (file: string): WatchSample => market('articles', always(readText(file)))

const catalogs: Record<string, unknown> = {
  48: readSample('binance-announcements/catalog-48.json'),
  161: readSample('binance-announcements/catalog-161.json'),
}
const okxPages: Record<string, unknown> = {
  'announcements-new-listings': readSample('okx-announcements/new-listings.json'),
  'announcements-delistings': readSample('okx-announcements/delistings.json'),
}
const bybitPages: Record<string, unknown> = {
  new_crypto: readSample('bybit-announcements/new-crypto.json'),
  delistings: readSample('bybit-announcements/delistings.json'),
}

const samples: readonly [Source, WatchSample][] = [
  [coindesk, feed('coindesk/feed.xml')],
  [cointelegraph, feed('cointelegraph/feed.xml')],
  [decrypt, feed('decrypt/feed.xml')],
  [theblock, feed('theblock/feed.xml')],
  [krakenAnnouncements, feed('kraken-announcements/feed.xml')],
  [
    binanceAnnouncements,
    market('announcements', (url) => catalogs[url.searchParams.get('catalogId')!], {
      empty: (url) => ({
        code: '000000',
        data: { catalogs: [{ catalogId: Number(url.searchParams.get('catalogId')), articles: [] }] },
      }),
    }),
  ],
  [
    okxAnnouncements,
    market('announcements', (url) => okxPages[url.searchParams.get('annType')!], {
      empty: always({ code: '0', msg: '', data: [{ details: [], totalPage: '0' }] }),
    }),
  ],
  [
    bybitAnnouncements,
    market('announcements', (url) => bybitPages[url.searchParams.get('type')!], {
      empty: always({ retCode: 0, retMsg: 'OK', result: { total: 0, list: [] } }),
    }),
  ],
  [gdelt, ofToken(always(readSample('gdelt/artlist.json')), {})],
  [newsapi, ofToken(always(readSample('newsapi/everything.json')), { status: 'ok', totalResults: 0, articles: [] })],
  [cryptonews, ofToken(always(readSample('cryptonews/tickers.json')), { data: [], total_pages: 0 })],
  [cryptopanic, ofToken(always(readSample('cryptopanic/posts.json')), { next: null, previous: null, results: [] })],
  [
    googleNews,
    ofToken(
      always(readText('google-news/search.xml')),
      '<rss version="2.0"><channel><title>nothing</title></channel></rss>',
    ),
  ],
]

for (const [source, sample] of samples) testWatches(source, [sample], { payloads: 300 })

const sampleOf = (source: Source): WatchSample => samples.find(([one]) => one === source)![1]
const documents = async (source: Source, answer?: unknown): Promise<Document[]> => {
  const sample = sampleOf(source)
  const body = answer === undefined ? sample.answer : always(answer)
  return (await askWatch(source, sample, { fetch: watchedVendor(source, sample, body) })) as Document[]
}

describe('the articles', () => {
  const fetchedAt = '2026-03-01T12:34:56.000Z'

  it('of CoinDesk are those of its feed, under its own ids, with author, categories and a clean link', async () => {
    const [first, second, ...others] = await documents(coindesk)
    expect(first).toEqual({
      what: 'document',
      source: 'coindesk',
      token: null,
      kind: 'news',
      id: 'coindesk:00000000-0000-4000-8000-000000000001',
      observedAt: '2026-03-01T12:14:05.000Z',
      fetchedAt,
      title: 'Exchange “Example” halts withdrawals after a bug',
      text: 'The venue says that funds are safe & that trading goes on.',
      publisher: 'coindesk.com',
      url: 'https://www.coindesk.com/markets/2026/03/01/exchange-example-halts-withdrawals',
      author: {
        id: 'The desk',
        name: 'The desk',
        createdAt: null,
        followers: null,
        following: null,
        posts: null,
        verified: null,
      },
      tags: ['Markets', 'Example Coin', 'News'],
      likes: null,
      reposts: null,
      views: null,
      vendorSentiment: null,
    })
    expect([second!.url, second!.author, others]).toEqual([
      'https://www.coindesk.com/opinion/2026/03/01/what-a-quiet-week-says',
      null,
      [],
    ])
  })

  it('of Cointelegraph have their text without pictures', async () => {
    const [only] = await documents(cointelegraph)
    expect([only!.text, only!.url, only!.tags]).toEqual([
      'Fees fell by half.',
      'https://cointelegraph.com/news/example-coin-upgrade',
      ['Technology', 'Altcoin'],
    ])
  })

  it('of Decrypt are two, the newest first', async () => {
    expect((await documents(decrypt)).map(({ id, title, observedAt }) => [id, title, observedAt])).toEqual([
      [
        'decrypt:https://decrypt.co/?p=100001',
        "Why gamers don't trade & traders don't play",
        '2026-02-28T23:59:59.000Z',
      ],
      ['decrypt:https://decrypt.co/?p=100000', 'A second one', '2026-02-28T20:00:00.000Z'],
    ])
  })

  it('of The Block are of the hour of New York', async () => {
    const [only] = await documents(theblock)
    expect([only!.observedAt, only!.text, only!.tags]).toEqual([
      '2026-03-01T12:15:28.000Z',
      'It paid in "Example dollars".',
      ['Companies', 'Mergers & Acquisitions'],
    ])
  })

  it('of GDELT have joined titles and the domain of their address', async () => {
    const found = await documents(gdelt)
    expect(
      found.map(({ token, title, publisher, url, observedAt }) => [token, title, publisher, url, observedAt]),
    ).toEqual([
      [
        exampleCoin.id,
        "Example Coin's upgrade, explained: what now?",
        'desk.example',
        'https://www.desk.example/2026/03/example-coin-s-upgrade',
        '2026-03-01T12:15:00.000Z',
      ],
      [
        exampleCoin.id,
        'Markets end the week lower',
        'other.example',
        'https://other.example/markets/1',
        '2026-03-01T09:00:00.000Z',
      ],
    ])
  })

  it('of NewsAPI are without those that were taken back, and without the count of what is missing', async () => {
    expect((await documents(newsapi)).map(({ title, text, publisher }) => [title, text, publisher])).toEqual([
      ['Example Coin falls 3 %', 'The coin fell for a third day.', 'desk.example'],
      ['Blockchain for beginners', 'What is a block? It is a list of', 'other.example'],
    ])
  })

  it('of cryptonews-api are those with the ticker, with its word for their tone', async () => {
    const found = await documents(cryptonews)
    expect(
      found.map(({ title, vendorSentiment, tags, observedAt }) => [title, vendorSentiment, tags, observedAt]),
    ).toEqual([
      ['Example Coin finds a partner', 1, ['EXC', 'BTC', 'partnership'], '2026-03-01T11:00:00.000Z'],
      ['Example Coin is flat', 0, ['EXC'], '2026-03-01T00:00:00.000Z'],
    ])
  })

  it('of CryptoPanic are not those of a namesake, with the tone of their votes', async () => {
    const found = await documents(cryptopanic)
    expect(
      found.map(({ title, url, publisher, likes, vendorSentiment }) => [title, url, publisher, likes, vendorSentiment]),
    ).toEqual([
      // For: 4 + 3, against: 1.
      ['Example Coin wins a case', 'https://desk.example/wins', 'desk.example', 3, 0.75],
      ['Of a small plan', 'https://cryptopanic.com/news/900000/Plain', 'cryptopanic.com', null, null],
    ])
  })

  it('of Google News are sorted by time, without the outlet in the title, under its domain', async () => {
    expect((await documents(googleNews)).map(({ title, publisher, id, text }) => [title, publisher, id, text])).toEqual(
      [
        ['Example Coin in the news', 'other.example', 'google-news:CBMiNEWER', ''],
        ['Older: Example Coin rises - again', 'desk.example', 'google-news:CBMiOLDER', ''],
      ],
    )
  })
})

describe('the announcements', () => {
  it('of Binance are of both lists, with the tickers of their titles', async () => {
    const found = await documents(binanceAnnouncements)
    expect(found.map(({ title, tags, observedAt }) => [title.slice(0, 20), tags, observedAt])).toEqual([
      ['Binance Will List Ex', ['EXC'], '2026-03-01T11:00:00.123Z'],
      ['Binance Will Delist ', ['OLD', 'OLDER', 'OLDEST'], '2026-03-01T09:00:00.000Z'],
      ['Binance Futures Will', ['EXC'], '2026-02-28T07:00:00.000Z'],
      ['Notice of Removal of', [], '2026-02-26T10:00:00.000Z'],
    ])
    expect([found[0]!.id, found[0]!.url, found[0]!.publisher]).toEqual([
      'binance-announcements:0000000000000000000000000000000a',
      'https://www.binance.com/en/support/announcement/0000000000000000000000000000000a',
      'binance.com',
    ])
  })

  it('of OKX are of the time they were first published at', async () => {
    expect(
      (await documents(okxAnnouncements)).map(({ publisher, tags, observedAt }) => [publisher, tags, observedAt]),
    ).toEqual([
      ['okx.com', ['EXC'], '2026-03-01T10:00:00.500Z'],
      ['okx.com', ['OLD', 'OLDER'], '2026-02-28T10:00:00.000Z'],
    ])
  })

  it('of Bybit are of the time of publication where it is told, else of the date on them', async () => {
    expect((await documents(bybitAnnouncements)).map(({ text, tags, observedAt }) => [text, tags, observedAt])).toEqual(
      [
        ['Bybit lists EXC on its spot market.', ['EXC'], '2026-03-01T08:00:00.000Z'],
        ['', ['EXC'], '2026-03-01T07:00:00.000Z'],
        ['', ['OLD'], '2026-02-28T08:00:00.000Z'],
      ],
    )
  })

  it('of Kraken are its blog’s', async () => {
    const [only] = await documents(krakenAnnouncements)
    expect([only!.publisher, only!.tags, only!.text]).toEqual([
      'kraken.com',
      ['EXC', 'Asset Listings'],
      'Trading for Example Coin (EXC) is live. […]',
    ])
  })
})

describe('what a vendor says instead of an answer', () => {
  const failureOf = async (source: Source, answer: unknown, status = 200) => {
    const fetch: Fetch = async () =>
      new Response(typeof answer === 'string' ? answer : JSON.stringify(answer), { status })
    return mishapOf(await askWatch(source, sampleOf(source), { fetch }).catch((thrown: unknown) => thrown))
  }

  it.each<[string, Source, unknown, number, string]>([
    ['a newsroom’s feed without an item', coindesk, '<rss><channel></channel></rss>', 200, 'drift'],
    ['a page for robots', cointelegraph, '<!doctype html><html><body>Are you a robot?</body></html>', 200, 'garbled'],
    ['a page for robots, refused', theblock, '<html></html>', 403, 'refused'],
    ['items without times', decrypt, readText('decrypt/feed.xml').replaceAll('pubDate', 'when'), 200, 'drift'],
    ['GDELT’s limit with status 200', gdelt, 'Please limit requests to one every 5 seconds', 200, 'throttled'],
    ['GDELT’s limit', gdelt, 'Please limit requests to one every 5 seconds', 429, 'throttled'],
    ['GDELT’s opinion of a query', gdelt, 'The specified phrase is too short.', 200, 'refused'],
    [
      'a Binance code',
      binanceAnnouncements,
      { code: '000002', message: 'x', data: null, success: false },
      200,
      'refused',
    ],
    ['lists that were not asked for', binanceAnnouncements, { code: '000000', data: { catalogs: [] } }, 200, 'drift'],
    ['OKX’s limit', okxAnnouncements, readSample('okx-announcements/error-limit.json'), 429, 'throttled'],
    ['Bybit’s limit', bybitAnnouncements, readSample('bybit-announcements/error-limit.json'), 200, 'throttled'],
    ['NewsAPI’s limit', newsapi, readSample('newsapi/error-limit.json'), 429, 'throttled'],
    ['a key that NewsAPI does not take', newsapi, readSample('newsapi/error-key.json'), 401, 'refused'],
    ['a key that cryptonews-api does not take', cryptonews, readSample('cryptonews/error.json'), 200, 'refused'],
    ['the end of CryptoPanic’s month', cryptopanic, readSample('cryptopanic/error-quota.json'), 429, 'refused'],
    ['no such plan at CryptoPanic', cryptopanic, 'Unknown API endpoint.', 404, 'refused'],
  ])('is named: %s', async (_, source, answer, status, mishap) => {
    expect(await failureOf(source, answer, status)).toBe(mishap)
  })

  it.each<[Source, (text: string) => string]>([
    [binanceAnnouncements, (text) => text.replaceAll(/"releaseDate":(\d+)\d{3}\b/g, '"releaseDate":$1')],
    [bybitAnnouncements, (text) => text.replaceAll(/("(?:publishTime|dateTimestamp)":\d+)/g, '$1000')],
  ])('is refused where times are seconds or microseconds: $id', async (source, change) => {
    const sample = sampleOf(source)
    const fetch = watchedVendor(source, sample, (url) => change(JSON.stringify(sample.answer(url, null))))
    expect(mishapOf(await askWatch(source, sample, { fetch }).catch((thrown: unknown) => thrown))).toBe('drift')
  })

  it('is read in spite of signs that JSON does not allow', async () => {
    const text = JSON.stringify(readSample('gdelt/artlist.json')).replace('Markets end', 'Markets\u0001 \\x end')
    expect((await documents(gdelt, text))[1]!.title).toBe('Markets end the week lower')
  })
})

describe('a question', () => {
  const asked = async (
    source: Source,
    answer: Fetch = watchedVendor(source, sampleOf(source)),
    token = exampleCoin,
  ) => {
    const requests: Request[] = []
    const fetch: Fetch = (request) => {
      requests.push(request)
      return answer(request)
    }
    await askWatch(source, { ...sampleOf(source), token }, { fetch, key: 'a-secret' }).catch(() => undefined)
    return requests.map(({ url, headers }) => ({ url: new URL(url), headers }))
  }

  it('carries the key where the vendor wants it, and nowhere else', async () => {
    expect((await asked(newsapi))[0]!.headers.get('x-api-key')).toBe('a-secret')
    expect((await asked(newsapi))[0]!.url.href).not.toContain('a-secret')
    expect((await asked(cryptonews))[0]!.url.searchParams.get('token')).toBe('a-secret')
    expect((await asked(cryptopanic))[0]!.url.searchParams.get('auth_token')).toBe('a-secret')
    for (const [source] of samples.filter(([{ key }]) => key === 'none'))
      for (const { url, headers } of await asked(source))
        expect(JSON.stringify([url, [...headers]])).not.toContain('a-secret')
  })

  it('is put again on the path of another plan where CryptoPanic knows no such path', async () => {
    const requests = await asked(cryptopanic, async (request) =>
      request.url.includes('/enterprise/')
        ? Response.json(sampleOf(cryptopanic).answer(new URL(request.url), null))
        : new Response('Unknown API endpoint.', { status: 404 }),
    )
    expect(requests.map(({ url }) => url.pathname)).toEqual([
      '/api/growth/v2/posts/',
      '/api/growth_weekly/v2/posts/',
      '/api/enterprise/v2/posts/',
    ])
  })

  it('names the token in words that cannot turn into a query of their own', async () => {
    const hostile = { ...exampleCoin, name: 'Coin" OR domain:evil.example (x' }
    const name = '"Coin OR domain evil example x"'
    expect((await asked(newsapi, undefined, hostile))[0]!.url.searchParams.get('q')).toContain(`${name} AND (crypto`)
    expect((await asked(googleNews, undefined, hostile))[0]!.url.searchParams.get('q')).toContain(`${name} (crypto`)
  })

  it('is not asked of tokens that the vendor could not know', () => {
    const serves = (source: Source, more: Partial<Token>) =>
      source.watches!.some((watch) => watch.about === 'token' && watch.serves({ ...exampleCoin, ...more }))
    expect(serves(gdelt, {})).toBe(true)
    expect(serves(gdelt, { name: '0x Protocol' })).toBe(false)
    expect(serves(newsapi, { name: '0x Protocol' })).toBe(true)
    for (const source of [gdelt, newsapi, cryptonews, cryptopanic, googleNews]) {
      expect(serves(source, { marketCapRank: null })).toBe(false)
      expect(serves(source, { name: '??', symbol: '$$' })).toBe(false)
    }
    expect(serves(cryptonews, { marketCapRank: 501 })).toBe(false)
  })
})

it('a thousand keys are in no log, no failure and nothing that is kept', async () => {
  const random = seededRandom(11)
  const secretOf = () => Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 32).toString(36)).join('x')
  const told: string[] = []
  const secrets = Array.from({ length: 1_000 }, secretOf)
  for (const [i, secret] of secrets.entries()) {
    const [source, sample] = samples[i % samples.length]!
    const log = createCollectedLog()
    // A vendor that says back what it was sent, in its answers of every kind.
    const echo = (request: Request) => JSON.stringify([request.url, [...request.headers], { message: request.url }])
    const ways: Fetch[] = [
      watchedVendor(source, sample),
      async (request) => new Response(echo(request), { status: 401 }),
      async (request) => new Response(echo(request)),
      async (request) => Promise.reject(new TypeError(`fetch failed: ${request.url}`)),
    ]
    const ask = createAsk({
      fetch: ways[Math.floor(i / samples.length) % ways.length]!,
      clock: createLeapingClock(now),
      random,
      log,
      keys: { [source.id]: createSecret(secret) },
    })
    const watch = source.watches![0]!
    const get = ask.from(source)
    const question = watch.about === 'market' ? watch.see({ now, get }) : watch.see({ token: exampleCoin, now, get })
    const said = await question.catch((thrown: unknown) => thrown)
    const failure = said instanceof Error ? [said.message, said.stack, said.cause] : null
    told.push(JSON.stringify([said, failure, log.entries, ask.health()]))
  }
  expect(told.filter((text, i) => text.includes(secrets[i]!))).toEqual([])
  expect(told.filter((text) => text.includes('"document"')).length).toBeGreaterThan(200)
  expect(told.filter((text) => text.includes('"mishap"')).length).toBeGreaterThan(700)
})
