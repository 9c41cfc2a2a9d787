import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Token, tokenId, type Document } from '@pumpiq/domain'
import { afterAll, describe, expect, it } from 'vitest'
import { mishapOf } from '../network/mishap.ts'
import { askWatch, watchedVendor } from '../testing/test-watch.ts'
import { binanceAnnouncements } from './binance-announcements.ts'
import { bybitAnnouncements } from './bybit-announcements.ts'
import { coindesk } from './coindesk.ts'
import { cointelegraph } from './cointelegraph.ts'
import { gdelt } from './gdelt.ts'
import { googleNews } from './google-news.ts'
import { newsapi } from './newsapi.ts'
import { okxAnnouncements } from './okx-announcements.ts'
import type { Source } from './source.ts'
import { theblock } from './theblock.ts'

// Literals were read from the recorded answers by hand, with another program; nothing here was printed by a connector.

const folder = process.env['EVALUATION_DIR']
const files = new Set<string>()

function recorded(file: string): string {
  files.add(file)
  return readFileSync(join(folder!, 'fixtures', file), 'utf8')
}

const bitcoin = Token.parse({
  id: tokenId('bitcoin:native'),
  chain: 'bitcoin',
  address: 'native',
  symbol: 'BTC',
  name: 'Bitcoin',
  catalogueId: 'bitcoin',
  marketCapRank: 1,
  marketCapUsd: null,
  priceUsd: null,
})

/** What a source makes of recorded answers that came at an instant, or what it throws. */
async function read(source: Source, at: string, answer: (url: URL) => string): Promise<Document[]> {
  const watch = source.watches![0]!
  const token = watch.about === 'token' ? bitcoin : null
  const sample = { watch: watch.name, token, now: Date.parse(at), answer }
  return (await askWatch(source, sample, { fetch: watchedVendor(source, sample) })) as Document[]
}

const shown = ({ observedAt, title, tags }: Document) => [observedAt, title, tags]

describe.skipIf(!folder)('recorded answers of news vendors (needs EVALUATION_DIR)', () => {
  afterAll(() => {
    process.stdout.write(`read ${files.size} recorded answers: ${[...files].toSorted().join(', ')}\n`)
  })

  it('CoinDesk, 25 September 2026: three articles', async () => {
    const found = await read(coindesk, '2026-09-25T16:22:09Z', () => recorded('coindesk/rss_full.xml'))
    expect(found.map(({ id, observedAt, tags, text }) => [id, observedAt, tags, text.length])).toEqual([
      [
        'coindesk:a0b4a6ba-5569-4fef-940c-e402f9698d89',
        '2026-09-25T14:41:53.000Z',
        ['Markets', 'Circle', 'Tether', 'News'],
        145,
      ],
      ['coindesk:4b1641e9-2454-46f5-841d-56cf7c985a35', '2026-09-25T14:37:32.000Z', ['Opinion'], 129],
      ['coindesk:8c72534c-d321-4ff2-a9db-0d3ee8cc1a04', '2026-09-25T14:32:48.000Z', ['Policy', 'Tether', 'News'], 156],
    ])
    expect(found.map(({ url, author, publisher }) => [url?.split('/')[3], author !== null, publisher])).toEqual([
      ['markets', true, 'coindesk.com'],
      ['opinion', true, 'coindesk.com'],
      ['policy', true, 'coindesk.com'],
    ])
    const early = await read(coindesk, '2026-09-25T14:35:00Z', () => recorded('coindesk/rss_full.xml'))
    expect(early.map(({ observedAt }) => observedAt)).toEqual(['2026-09-25T14:32:48.000Z'])
  })

  it('CoinDesk, 15 August 2026, simplified by whoever captured it: two articles', async () => {
    const found = await read(coindesk, '2026-08-15T18:00:00Z', () => recorded('coindesk/rss.xml'))
    expect(found.map(shown)).toEqual([
      [
        '2026-08-15T16:00:00.000Z',
        'Robot maker Unitree is going public. Hyperliquid traders see 4x upside from IPO price',
        [],
      ],
      ['2026-08-15T15:10:00.000Z', 'Swiss mega-bank UBS ramps up its Bitcoin exposure', []],
    ])
  })

  it('Cointelegraph, 15 August 2026: two articles, links without trackers', async () => {
    const found = await read(cointelegraph, '2026-08-15T18:00:00Z', () => recorded('cointelegraph/rss.xml'))
    expect(found.map(({ observedAt, url, text }) => [observedAt, url, text.length])).toEqual([
      ['2026-08-15T17:26:43.000Z', 'https://cointelegraph.com/news/tokenized-stock-holders', 68],
      ['2026-08-15T14:40:24.000Z', 'https://cointelegraph.com/news/what-happened-in-crypto-today', 43],
    ])
  })

  it('The Block, 16 July 2026: six articles, the hours of New York read as such', async () => {
    const found = await read(theblock, '2026-07-16T16:01:00Z', () => recorded('theblock/rss.xml'))
    expect(found.map(({ id, observedAt, tags }) => [id, observedAt, tags.length])).toEqual([
      ['theblock:https://www.theblock.co/post/408670', '2026-07-16T16:00:02.000Z', 6],
      ['theblock:https://www.theblock.co/post/408645', '2026-07-16T15:15:28.000Z', 4],
      ['theblock:https://www.theblock.co/post/408654', '2026-07-16T15:06:14.000Z', 4],
      ['theblock:https://www.theblock.co/post/408633', '2026-07-16T14:59:02.000Z', 6],
      ['theblock:https://www.theblock.co/post/408639', '2026-07-16T14:42:26.000Z', 6],
      ['theblock:https://www.theblock.co/post/408625', '2026-07-16T13:47:51.000Z', 10],
    ])
    expect([found[4]!.title, found[4]!.tags[3], found[4]!.text.length, found[4]!.url]).toEqual([
      'Keyrock closes deal for BlockFills’ institutional trading and brokerage assets',
      'Mergers & Acquisitions',
      121,
      'https://www.theblock.co/post/408639/keyrock-closes-deal-blockfill-institutional-trading-brokerage-assets',
    ])
  })

  it('GDELT, 2026: two articles of other matters', async () => {
    const found = await read(gdelt, '2026-06-26T05:00:00Z', () => recorded('gdelt/doc_artlist.json'))
    expect(found.map(({ observedAt, publisher, title }) => [observedAt, publisher, title])).toEqual([
      ['2026-06-26T04:45:00.000Z', 'law360.com', 'Apple Sued For Price-Fixing Amid Chipmaker Scandal'],
      [
        '2026-05-27T17:45:00.000Z',
        'mondaq.com',
        'New Frontiers In PFAS Litigation: Standing, Disclosure and the Lessons of Cavalier v. Apple',
      ],
    ])
  })

  it('NewsAPI, 19 February 2025 (headlines, which have the same form): four articles', async () => {
    const found = await read(newsapi, '2025-02-19T14:00:00Z', () => recorded('newsapi/top_headlines.json'))
    expect(found.map(({ observedAt, publisher, text, tags }) => [observedAt, publisher, text.length, tags])).toEqual([
      ['2025-02-19T13:33:00.000Z', 'wsj.com', 0, []],
      ['2025-02-19T12:41:20.000Z', 'cnbc.com', 142, []],
      ['2025-02-19T12:01:54.000Z', 'formula1.com', 71, []],
      ['2025-02-19T11:43:45.000Z', 'decrypt.co', 134, []],
    ])
  })

  it('Google News, 14 July 2026: eight articles of a search, sorted, under the outlets’ domains', async () => {
    const found = await read(googleNews, '2026-07-14T04:08:56Z', () => recorded('google-news/search_rss.xml'))
    expect(found.map(({ observedAt, publisher }) => [observedAt, publisher])).toEqual([
      ['2026-07-14T03:33:16.000Z', 'washingtonpost.com'],
      ['2026-07-14T00:53:00.000Z', 'apnews.com'],
      ['2026-07-14T00:45:53.000Z', 'fox13now.com'],
      ['2026-07-14T00:03:41.000Z', 'sjrnews.com'],
      ['2026-07-13T22:58:47.000Z', 'biologicaldiversity.org'],
      ['2026-07-13T22:41:18.000Z', 'utahnewsdispatch.com'],
      ['2026-07-13T22:34:54.000Z', 'npca.org'],
      ['2026-07-13T15:19:00.000Z', 'westernpriorities.org'],
    ])
    // The first id has 267 characters, too many to keep: it ends with its hash (sha256sum).
    expect(found[0]!.id).toMatch(
      /^google-news:CBMiwwFBVV95.*#cccc90a251f2e25d8daf4b644c877bad0d79db5e2e75b0ed1c83fd5bdda7e69a$/,
    )
    // No headline ends with its outlet any more.
    const outlets = /(Post|AP News|FOX 13 News Utah|Record \||Diversity|Dispatch|Association|Priorities)$/
    expect(found.filter(({ title }) => outlets.test(title))).toEqual([])
  })

  describe('Binance', () => {
    const list = (file: string, catalog: number) => (url: URL) =>
      url.searchParams.get('catalogId') === String(catalog)
        ? recorded(`binance_cms/${file}`)
        : JSON.stringify({
            code: '000000',
            data: { catalogs: [{ catalogId: Number(url.searchParams.get('catalogId')), articles: [] }] },
          })

    it('delistings of August 2024: five, one of which names what goes', async () => {
      const answer = list('article_list_query_catalog161_2024-08.json', 161)
      const found = await read(binanceAnnouncements, '2024-08-22T00:00:00Z', answer)
      expect(found.map(({ observedAt, title }) => [observedAt, title.slice(0, 33)])).toEqual([
        ['2024-08-21T07:00:02.529Z', 'Notice of Removal of Spot Trading'],
        ['2024-08-14T05:00:08.432Z', 'Notice of Removal of Spot Trading'],
        ['2024-08-14T04:00:07.883Z', 'Notice of Removal of Margin Tradi'],
        ['2024-08-12T07:00:11.329Z', 'Binance Will Delist CVP, EPX, FOR'],
        ['2024-07-31T07:00:08.662Z', 'Notice of Removal of Spot Trading'],
      ])
      expect(found.flatMap(({ tags }) => tags)).toEqual(['CVP', 'EPX', 'FOR', 'LOOM', 'REEF', 'VGX'])
      expect(found[3]!.url).toBe('https://www.binance.com/en/support/announcement/e2fcd2c945654c8d832395335429403e')
    })

    it('a listing of June 2025, in an answer that does not tell of success', async () => {
      const answer = list('article_list_query_catalog48_2025-06_partial.json', 48)
      expect((await read(binanceAnnouncements, '2025-06-25T10:00:00Z', answer)).map(shown)).toEqual([
        [
          '2025-06-25T09:30:41.537Z',
          'Binance Futures Will Launch USDⓈ-Margined OLUSDT Perpetual Contract (2025-06-25)',
          ['OL'],
        ],
      ])
    })

    it('the form of 2021, which has no dates, is refused', async () => {
      const answer = list('article_catalog_list_query_catalog48_2021-11.json', 48)
      const said = await read(binanceAnnouncements, '2021-11-08T00:00:00Z', answer).catch((thrown: unknown) => thrown)
      expect(mishapOf(said)).toBe('drift')
    })
  })

  it('OKX, October 2025 (the example of its manual): two announcements', async () => {
    const found = await read(okxAnnouncements, '2025-10-28T04:00:00Z', () =>
      recorded('okx/v5_support_announcements_docs_sample.json'),
    )
    expect(found.map(shown)).toEqual([
      ['2025-10-28T03:00:04.821Z', 'OKX to list Virtuals Protocol (VIRTUAL) for spot trading', ['VIRTUAL']],
      ['2025-10-27T16:32:36.071Z', 'Completion of X Layer Mainnet Upgrade', []],
    ])
  })

  it('Bybit, March 2023 (the example of its manual): one announcement', async () => {
    const found = await read(bybitAnnouncements, '2023-03-21T16:12:16Z', () =>
      recorded('bybit/v5_announcements_index_docs_sample.json'),
    )
    expect(found.map(({ observedAt, tags, text }) => [observedAt, tags, text.length])).toEqual([
      ['2023-03-17T09:33:28.000Z', ['ARB'], 72],
    ])
  })
})
