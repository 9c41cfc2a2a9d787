import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Token, type Document, type Observation } from '@pumpiq/domain'
import { afterAll, describe, expect, it } from 'vitest'
import type { Fetch } from '../network/fetch.ts'
import { mishapOf } from '../network/mishap.ts'
import { askWatch, watchedVendor } from '../testing/test-watch.ts'
import { alternativeMe } from './alternative-me.ts'
import { bluesky } from './bluesky.ts'
import { lunarcrush } from './lunarcrush.ts'
import { redditRss } from './reddit-rss.ts'
import { reddit } from './reddit.ts'
import type { Source } from './source.ts'
import { stocktwits } from './stocktwits.ts'
import { telegram } from './telegram.ts'
import { x } from './x.ts'

// Literals were read from the recorded answers by hand, with another program; nothing here was printed by a connector.

const folder = process.env['EVALUATION_DIR']
const files = new Set<string>()

function textOf(file: string): string {
  files.add(file)
  return readFileSync(join(folder!, 'fixtures', file), 'utf8')
}
const recorded = (file: string): unknown => JSON.parse(textOf(file))

/** The body of a recorded exchange. */
const bodyOf = (exchange: unknown): unknown => (exchange as { response: { body: unknown } }).response.body

const coin = (id: string, symbol: string, name: string, priceUsd: string): Token =>
  Token.parse({
    id,
    chain: id.split(':')[0],
    address: 'native',
    symbol,
    name,
    catalogueId: name.toLowerCase(),
    marketCapRank: 1,
    marketCapUsd: null,
    priceUsd,
  })
const bitcoin = coin('bitcoin:native', 'BTC', 'Bitcoin', '43000')
const ether = coin('ethereum:native', 'ETH', 'Ethereum', '2500')

type Asked = { watch: string; token?: Token; at: string; body: unknown; status?: number }

/** What a watch makes of a recorded answer that came at `at`, or what it throws. */
function read(source: Source, { watch, token, at, body, status = 200 }: Asked): Promise<Observation[]> {
  const answer = typeof body === 'function' ? (body as (url: URL) => unknown) : () => body
  const sample = { watch, token: token ?? null, now: Date.parse(at), answer }
  const vendor = watchedVendor(source, sample)
  const fetch: Fetch = async (request) => {
    const said = await vendor(request)
    return request.method === 'POST' ? said : new Response(said.body, { status, headers: said.headers })
  }
  return askWatch(source, sample, { fetch })
}

const thrownBy = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(() => null).catch((thrown: unknown) => thrown)

/** Id, instant and length of the text of each post. */
const outline = (said: Observation[]) =>
  (said as Document[]).map(({ id, observedAt, text }) => [id, observedAt, text.length])
const figuresOf = (said: Observation[]) =>
  said.flatMap((one) => (one.what === 'figure' ? [[one.name, one.value, one.observedAt]] : []))

describe.skipIf(!folder)('recorded answers of social vendors (needs EVALUATION_DIR)', () => {
  afterAll(() => {
    process.stdout.write(`read ${files.size} recorded answers: ${[...files].toSorted().join(', ')}\n`)
  })

  it('reddit-rss: three posts of two rooms, and one of another', async () => {
    const body = textOf('reddit/multi_top.rss.atom.xml')
    const said = await read(redditRss, { watch: 'posts', at: '2026-09-12T12:00:00Z', body })
    expect(outline(said)).toEqual([
      ['reddit-rss:t3_1weahzr', '2026-09-12T11:47:45.000Z', 0],
      ['reddit-rss:t3_1wdtjpc', '2026-09-11T21:35:37.000Z', 0],
      ['reddit-rss:t3_1wdr4i2', '2026-09-11T20:03:45.000Z', 0],
    ])
    const posts = said as Document[]
    expect(
      posts.map(({ publisher, title, author }) => [publisher, title.length, author?.name?.startsWith('/u/')]),
    ).toEqual([
      ['r/Bitcoin', 41, false],
      ['r/CryptoCurrency', 79, false],
      ['r/Bitcoin', 22, false],
    ])
    const other = textOf('reddit/subreddit.rss.atom.xml')
    expect(outline(await read(redditRss, { watch: 'posts', at: '2025-12-30T00:00:00Z', body: other }))).toEqual([
      ['reddit-rss:t3_1pz1lp2', '2025-12-29T23:22:35.000Z', 0],
    ])
  })

  it('reddit: three posts of 2026 (comments, which a search does not give, left out here)', async () => {
    type Listing = { data: { children: { kind: string }[] } }
    const [, exchange] = recorded('reddit/listing_2026.json') as unknown[]
    const listing = bodyOf(exchange) as Listing
    const children = listing.data.children.filter(({ kind }) => kind === 't3')
    const body = { ...listing, data: { ...listing.data, children } }
    const said = await read(reddit, { watch: 'search', token: bitcoin, at: '2026-06-08T22:15:51Z', body })
    expect(outline(said)).toEqual([
      ['reddit:t3_1tvsa59', '2026-06-03T15:11:07.000Z', 0],
      ['reddit:t3_1tp51gf', '2026-05-27T13:06:39.000Z', 0],
      ['reddit:t3_1t4nr7v', '2026-05-05T18:19:02.000Z', 149],
    ])
    expect((said as Document[]).map(({ publisher, likes, reposts }) => [publisher, likes, reposts])).toEqual([
      ['r/redditstock', 97, 0],
      ['r/redditstock', 273, 0],
      [expect.stringMatching(/^r\/u_/), 60, 2],
    ])
  })

  it.each([
    ['401', 401, 'refused'],
    ['403', 403, 'refused'],
    ['404', 404, 'refused'],
    ['429', 429, 'throttled'],
  ])('reddit: its refusals (%s)', async (name, status, mishap) => {
    const body = bodyOf((recorded(`reddit/error_${name}.json`) as unknown[]).at(-1))
    const asked = read(reddit, { watch: 'search', token: bitcoin, at: '2026-06-08T22:15:51Z', body, status })
    expect(mishapOf(await thrownBy(asked))).toBe(mishap)
  })

  it('telegram: four messages of a channel and their views', async () => {
    const body = textOf('telegram/t_me_s_channel.html')
    const said = await read(telegram, { watch: 'wublockchainenglish', at: '2026-09-13T10:00:16Z', body })
    expect(outline(said)).toEqual([
      ['telegram:wublockchainenglish/26000', '2026-09-12T14:09:47.000Z', 1084],
      ['telegram:wublockchainenglish/26001', '2026-09-13T01:32:29.000Z', 698],
      ['telegram:wublockchainenglish/26002', '2026-09-13T08:44:41.000Z', 446],
      ['telegram:wublockchainenglish/26003', '2026-09-13T09:59:58.000Z', 640],
    ])
    const posts = said as Document[]
    expect(posts.map(({ views }) => views)).toEqual([1840, 1360, 522, 5])
    expect(posts[2]?.text).toMatch(/^Uniswap Monthly .* \$70B, /)
  })

  it('bluesky: two posts with words, of three', async () => {
    const body = recorded('bluesky/getAuthorFeed.json')
    const said = await read(bluesky, { watch: 'accounts', at: '2026-09-10T00:00:00Z', body })
    expect((said as Document[]).map(({ observedAt, text, likes }) => [observedAt, text.length, likes])).toEqual([
      ['2026-09-09T15:40:37.359Z', 152, 9],
      ['2026-09-08T19:16:39.168Z', 72, 4],
    ])
    expect((said as Document[])[0]?.author?.createdAt).toBe('2023-05-05T04:53:45.807Z')
  })

  it('stocktwits: one message (the page around it is ours, none was recorded)', async () => {
    const message = recorded('stocktwits/message.json')
    const symbol = { id: 1, symbol: 'BTC.X', title: 'Bitcoin', watchlist_count: 1 }
    const body = { response: { status: 200 }, symbol, cursor: { more: false, since: 1, max: 1 }, messages: [message] }
    const said = await read(stocktwits, { watch: 'messages', token: bitcoin, at: '2026-08-20T13:45:00Z', body })
    expect(outline(said.slice(1))).toEqual([['stocktwits:662402175', '2026-08-20T13:44:28.000Z', 26]])
    const [post] = said.slice(1) as Document[]
    expect([post?.likes, post?.reposts, post?.vendorSentiment, post?.tags]).toEqual([1, 0, null, ['SPY']])
    expect(post?.author).toMatchObject({ id: '4313722', followers: 62, following: 19, posts: 4483, verified: false })
  })

  it('x: ten posts that do not say when they were written, at the instants in their ids', async () => {
    const body = bodyOf(recorded('x/search_recent.json'))
    const said = await read(x, { watch: 'posts', token: bitcoin, at: '2022-10-07T22:43:19Z', body })
    expect(said).toHaveLength(10)
    expect([outline(said)[0], outline(said)[9]]).toEqual([
      ['x:1578516068309794817', '2022-10-07T22:42:12.752Z', 33],
      ['x:1578511538419212288', '2022-10-07T22:24:12.742Z', 33],
    ])
    // Each of them says in its text when it was sent.
    for (const { text, observedAt } of said as Document[]) {
      const sentAt = Date.parse(`${text.slice(0, 23).replace(' ', 'T')}Z`)
      expect(Math.abs(Date.parse(observedAt) - sentAt)).toBeLessThan(1_000)
    }
  })

  it('x: a week of hours, of which the first and the last are parts', async () => {
    const body = bodyOf(recorded('x/counts_recent.json'))
    const said = await read(x, { watch: 'counts', token: bitcoin, at: '2021-09-20T19:18:34Z', body })
    expect(figuresOf(said)).toEqual([
      ['mentions1h', 1, '2021-09-20T19:00:00.000Z'],
      ['mentions24h', 60, '2021-09-20T19:00:00.000Z'],
    ])
  })

  it('x: credits or a month that are used up will not come back by waiting', async () => {
    for (const [file, status] of [
      ['error_402_credits_depleted', 402],
      ['error_429_usage_cap', 429],
    ] as const) {
      const asked = {
        watch: 'posts',
        token: bitcoin,
        at: '2026-05-22T00:00:00Z',
        body: recorded(`x/${file}.json`),
        status,
      }
      expect(mishapOf(await thrownBy(read(x, asked)))).toBe('refused')
    }
  })

  it('lunarcrush: one hour of ether (the summary is of bitcoin, so its name is changed here)', async () => {
    const summary = textOf('lunarcrush/topic.json').replaceAll('"bitcoin"', '"ethereum"')
    const series = recorded('lunarcrush/coin_time_series.json')
    const body = ({ pathname }: URL) => (pathname.includes('/coins/') ? series : JSON.parse(summary))
    const asked = { watch: 'crowd', token: ether, at: '2025-06-15T01:00:00Z', body }
    expect(figuresOf(await read(lunarcrush, asked))).toEqual([
      ['mentions1h', 483, '2025-06-15T01:00:00.000Z'],
      ['socialDominanceRatio', expect.closeTo(0.093292, 9), '2025-06-15T01:00:00.000Z'],
      ['vendorSentiment', 0.66, '2025-06-15T01:00:00.000Z'],
      ['contributors24h', 90_751, '2025-06-15T01:00:00.000Z'],
    ])
    const unchanged = ({ pathname }: URL) => (pathname.includes('/coins/') ? series : recorded('lunarcrush/topic.json'))
    expect(mishapOf(await thrownBy(read(lunarcrush, { ...asked, body: unchanged })))).toBe('drift')
  })

  it('alternative-me: one day, and the newer of two', async () => {
    const one = { watch: 'fear-greed', at: '2021-12-20T06:38:13Z', body: recorded('alternative_me/fng_limit1.json') }
    expect(figuresOf(await read(alternativeMe, one))).toEqual([['fearGreed', 25, '2021-12-20T00:00:00.000Z']])
    const two = { watch: 'fear-greed', at: '2026-04-27T12:00:00Z', body: recorded('alternative_me/fng_limit2.json') }
    expect(figuresOf(await read(alternativeMe, two))).toEqual([['fearGreed', 47, '2026-04-27T00:00:00.000Z']])
  })
})
