import { days, fromIso, hours, minutes } from '@pumpiq/domain'
import { DomUtils, parseDocument } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createAsker } from './asker.ts'

const now = fromIso('2026-11-22T12:44:30.000Z')
const { market, hear, text, json } = createAsker({ seed: 7, now })

describe('reddit-rss', () => {
  const url =
    'https://www.reddit.com/r/CryptoCurrency+CryptoMarkets+Bitcoin+ethereum+solana+ethtrader+altcoin/new.rss?limit=100'
  const field = (entry: Parameters<typeof DomUtils.textContent>[0], name: string) =>
    DomUtils.textContent(DomUtils.getElementsByTagName(name, entry, true, 1))
  const entries = async (at = now, from = url) =>
    DomUtils.getElementsByTagName('entry', parseDocument(await text(from, { now: at }), { xmlMode: true })).map(
      (entry) => ({
        id: field(entry, 'id'),
        author: field(entry, 'name'),
        title: field(entry, 'title'),
        html: field(entry, 'content'),
        at: Date.parse(field(entry, 'published')),
        room: DomUtils.getElementsByTagName('category', entry)[0]!.attribs['term']!,
      }),
    )

  it('is Atom with the newest posts, newest first, none from the future', async () => {
    expect((await hear(url)).headers.get('content-type')).toBe('application/atom+xml; charset=UTF-8')
    for (const back of [0, minutes(1), hours(3)]) {
      const found = await entries(now - back)
      expect(found.length).toBe(100)
      const times = found.map(({ at }) => at)
      expect(times).toEqual(times.toSorted((a, b) => b - a))
      expect(times[0]).toBeLessThanOrEqual(now - back)
      expect(times.at(-1)).toBeGreaterThan(now - back - hours(8))
      expect(new Set(found.map(({ id }) => id)).size).toBe(100)
      for (const { id, author, html } of found) {
        expect(id).toMatch(/^t3_\w+$/)
        expect(author).toMatch(/^\/u\/\w+$/)
        expect(html).toContain(`submitted by &#32; <a href="https://www.reddit.com/user/${author.slice(3)}">`)
      }
    }
  })

  it('keeps what was said', async () => {
    const later = new Map((await entries(now + minutes(30))).map((entry) => [entry.id, entry]))
    const kept = (await entries()).filter(({ id }) => later.has(id))
    expect(kept.length).toBeGreaterThan(50)
    for (const entry of kept) expect(later.get(entry.id)).toEqual(entry)
  })

  it('gives the rooms that are asked for, and is not there for others', async () => {
    const found = await entries(now, 'https://www.reddit.com/r/bitcoin/new.rss?limit=10')
    expect(new Set(found.map(({ room }) => room))).toEqual(new Set(['Bitcoin']))
    expect((await hear('https://www.reddit.com/r/gardening/new.rss')).status).toBe(404)
    expect((await hear('https://www.reddit.com/r/bitcoin/new.json')).status).toBe(404)
  })

  it('has copies by accounts with many digits, most of them while a pump is on', async () => {
    const pump = market.calendar(now - days(60), now).find(({ event }) => event === 'pump')!
    const copied = async (at: number) => {
      const found = (await entries(at)).filter(({ at: said }) => said > at - hours(2))
      const groups = Map.groupBy(found, ({ html }) => /<p>(.*?)<\/p>/.exec(html)![1]!)
      const machines = found.filter(({ author }) => /\d{8}$/.test(author))
      return { copies: Math.max(...[...groups.values()].map(({ length }) => length)), machines: machines.length }
    }
    const during = await copied(pump.from + hours(2))
    const before = await copied(pump.from - hours(2))
    expect(during.copies).toBeGreaterThan(20)
    expect(during.machines).toBeGreaterThan(before.machines + 15)
  })

  it('talks more of what moves', async () => {
    const pumps = market.calendar(now - days(200), now).filter(({ event }) => event === 'pump')
    const people = async (at: number) =>
      (await entries(at)).filter(({ author, html }) => !/\d{8}$/.test(author) && /Rocket Mule|RMULE/.test(html)).length
    const sum = async (from: number) =>
      (await Promise.all(pumps.map((pump) => people(pump.from + from)))).reduce((all, one) => all + one, 0)
    expect(await sum(hours(4))).toBeGreaterThan(10 + 3 * (await sum(-hours(2))))
  })
})

describe('bluesky', () => {
  const url = 'https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed'
  const count = z.int().nonnegative()
  const author = z.looseObject({ did: z.string().regex(/^did:plc:[a-z2-7]{24}$/), handle: z.string() })
  const Feed = z.strictObject({
    feed: z.array(
      z.strictObject({
        post: z.looseObject({
          uri: z.string().regex(/^at:\/\/did:plc:[a-z2-7]{24}\/app\.bsky\.feed\.post\/\w+$/),
          cid: z.string(),
          author,
          record: z.looseObject({ text: z.string().min(10), createdAt: z.iso.datetime() }),
          replyCount: count,
          repostCount: count,
          likeCount: count,
          quoteCount: count,
          indexedAt: z.iso.datetime(),
        }),
        reason: z.looseObject({ $type: z.literal('app.bsky.feed.defs#reasonRepost'), by: author }).optional(),
      }),
    ),
  })
  const feed = async (at = now) =>
    Feed.parse(await json(`${url}?actor=coindesk.com&limit=50&filter=posts_no_replies`, { now: at })).feed

  it('is the headlines of the desk as its own feed has them, and posts of others by repost', async () => {
    const found = await feed()
    expect(found.length).toBe(50)
    const own = found.filter(({ reason }) => !reason)
    expect(new Set(own.map(({ post }) => post.author.handle))).toEqual(new Set(['coindesk.com']))
    const rss = await text('https://www.coindesk.com/arc/outboundfeeds/rss/')
    for (const { post } of own.slice(0, 15)) expect(rss).toContain(`<![CDATA[${post.record.text}]]>`)
    const others = found.filter(({ reason }) => reason).map(({ post }) => post.author.handle)
    expect(others.length).toBeGreaterThan(0)
    expect(others).not.toContain('coindesk.com')
  })

  it('has nothing from the future, and likes that become no fewer', async () => {
    const before = await feed()
    expect(before.every(({ post }) => Date.parse(post.indexedAt) <= now)).toBe(true)
    const later = new Map((await feed(now + hours(1))).map(({ post }) => [post.uri, post]))
    const kept = before.filter(({ post }) => later.has(post.uri))
    expect(kept.length).toBeGreaterThan(30)
    for (const { post } of kept) expect(later.get(post.uri)!.likeCount).toBeGreaterThanOrEqual(post.likeCount)
  })

  it.each([
    ['?actor=nobody.example', 400, 'InvalidRequest'],
    ['?actor=coindesk.com&limit=101', 400, 'InvalidRequest'],
    ['/../app.bsky.feed.searchPosts?q=bitcoin', 403, 'Forbidden'],
    ['/../app.bsky.nothing', 404, 'XRPCNotSupported'],
  ])('refuses %s with %i', async (query, status, error) => {
    const answer = await hear(`${url}${query}`)
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([status, { error }])
  })
})

describe('alternative-me', () => {
  const Index = z.strictObject({
    name: z.string(),
    data: z.array(
      z.strictObject({
        value: z.string().regex(/^\d{1,3}$/),
        value_classification: z.enum(['Extreme Fear', 'Fear', 'Neutral', 'Greed', 'Extreme Greed']),
        timestamp: z.string().regex(/^\d{10}$/),
        time_until_update: z.string().optional(),
      }),
    ),
    metadata: z.strictObject({ error: z.null() }),
  })
  const index = async (limit: number, at = now) =>
    Index.parse(await json(`https://api.alternative.me/fng/?limit=${limit}`, { now: at })).data

  it('tells one value a day at midnight, newest first', async () => {
    const rows = await index(30)
    expect(rows.map(({ timestamp }) => Number(timestamp) * 1_000)).toEqual(
      Array.from({ length: 30 }, (_, back) => fromIso('2026-11-22') - days(back)),
    )
    expect(rows[0]!.time_until_update).toBe(String((fromIso('2026-11-23') - now) / 1_000))
    expect(rows[1]).not.toHaveProperty('time_until_update')
    expect(await index(1)).toEqual(rows.slice(0, 1))
  })

  it('does not change a day that was told', async () => {
    const tomorrow = await index(2, now + days(1))
    const { value, timestamp } = (await index(1))[0]!
    expect(tomorrow[1]).toMatchObject({ value, timestamp })
  })

  it('follows the market from fear to greed', async () => {
    const values = (await index(0)).map(({ value }) => Number(value))
    expect(values.length).toBeGreaterThan(2_400)
    expect([Math.min(...values) < 15, Math.max(...values) > 85, Math.max(...values) <= 100]).toEqual([true, true, true])
  })
})
