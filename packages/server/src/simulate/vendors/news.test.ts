import { days, fromIso, hours, minutes } from '@pumpiq/domain'
import { parseDocument, DomUtils } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { createAsker } from './asker.ts'

const now = fromIso('2026-11-22T12:44:30.000Z')
const { market, hear, text } = createAsker({ seed: 7, now })
const feeds = {
  coindesk: { url: 'https://www.coindesk.com/arc/outboundfeeds/rss/', most: 25 },
  cointelegraph: { url: 'https://cointelegraph.com/rss', most: 30 },
} as const
type Name = keyof typeof feeds
const everyName = Object.keys(feeds) as Name[]

type Item = Record<string, string>
/** Items by the names of their children, each once. */
function itemsOf(feed: string): Item[] {
  const document = parseDocument(feed, { xmlMode: true })
  return DomUtils.getElementsByTagName('item', document).map((item) =>
    Object.fromEntries(
      DomUtils.getElementsByTagName('*', item)
        .toReversed()
        .map((child) => [child.name, DomUtils.textContent(child)]),
    ),
  )
}
const items = async (name: Name, at = now) => itemsOf(await text(feeds[name].url, { now: at }))

describe.each(everyName)('%s', (name) => {
  it('is RSS 2.0 with the newest items, newest first, each with what an item needs', async () => {
    const { headers, text: feed } = await hear(feeds[name].url)
    expect(headers.get('content-type')).toMatch(/xml/)
    expect(feed.startsWith('<?xml version="1.0"')).toBe(true)
    const found = itemsOf(feed)
    expect(found.length).toBe(feeds[name].most)
    const times = found.map(({ pubDate }) => Date.parse(pubDate!))
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    for (const { title, link, guid, pubDate, description } of found) {
      expect([title, guid, description].every((field) => field && !field.includes('{'))).toBe(true)
      expect(new URL(link!).pathname).toContain('simulated')
      expect(pubDate).toMatch(/^\w{3}, \d{2} \w{3} 2026 \d{2}:\d{2}:\d{2} \+0000$/)
    }
    expect(new Set(found.map(({ guid }) => guid)).size).toBe(found.length)
  })

  it('publishes nothing before its time, and what was out stays as it was', async () => {
    for (const back of [0, minutes(17), hours(1), hours(5)]) {
      const before = await items(name, now - back)
      expect(before.every(({ pubDate }) => Date.parse(pubDate!) <= now - back)).toBe(true)
      const later = await items(name, now - back + minutes(30))
      const known = new Map(later.map((item) => [item['guid'], item]))
      const kept = before.filter(({ guid }) => known.has(guid))
      expect(kept.length).toBeGreaterThan(15)
      for (const item of kept) expect(known.get(item['guid'])).toEqual(item)
      // What is new came out since.
      const old = new Set(before.map(({ guid }) => guid))
      const fresh = later.filter(({ guid }) => !old.has(guid))
      expect(fresh.every(({ pubDate }) => Date.parse(pubDate!) > now - back - minutes(1))).toBe(true)
    }
  })

  it('is the same with the same seed, and another with another', async () => {
    expect(await createAsker({ seed: 7, now }).text(feeds[name].url)).toBe(await text(feeds[name].url))
    expect(await createAsker({ seed: 8, now }).text(feeds[name].url)).not.toBe(await text(feeds[name].url))
  })

  it('has no other page', async () => {
    expect((await hear(new URL('/nowhere', feeds[name].url).href)).status).toBe(404)
  })
})

describe('what is news', () => {
  const pumps = market.calendar(now - days(200), now).filter(({ event }) => event === 'pump')

  it('is a pump, some minutes after it was seen and not before', async () => {
    expect(pumps.length).toBeGreaterThan(4)
    for (const { from } of pumps) {
      const told = (await Promise.all(everyName.map((name) => items(name, from + hours(7))))).flat()
      const own = told.filter(
        ({ title, pubDate }) => /Rocket Mule|RMULE/.test(title!) && /\d%/.test(title!) && Date.parse(pubDate!) > from,
      )
      expect(own.length, new Date(from).toISOString()).toBeGreaterThan(0)
      for (const { pubDate } of own) expect(Date.parse(pubDate!)).toBeGreaterThan(from + hours(1))
    }
  })

  it('is a halt of a venue, by its name', async () => {
    const halts = market.calendar(now - days(200), now).flatMap((one) => (one.event === 'halt' ? [one] : []))
    let told = 0
    for (const { from, venue } of halts) {
      const found = (await Promise.all(everyName.map((name) => items(name, from + hours(1))))).flat()
      if (found.some(({ title }) => title!.toLowerCase().includes(venue))) told++
    }
    expect(told).toBeGreaterThan(halts.length * 0.75)
  })

  it('is told by both desks, each in its own words', async () => {
    const [one, other] = await Promise.all(everyName.map((name) => items(name)))
    const tokensOf = (found: Item[]) =>
      new Set(market.tokens.filter(({ name }) => found.some(({ title }) => title!.includes(name))))
    const shared = [...tokensOf(one!)].filter((token) => tokensOf(other!).has(token))
    expect(shared.length).toBeGreaterThan(4)
    expect(one!.map(({ title }) => title)).not.toEqual(other!.map(({ title }) => title))
  })

  it('is never of pegged or wrapped coins', async () => {
    const titles = (await Promise.all(everyName.map((name) => items(name)))).flat().map(({ title }) => title!)
    expect(titles.filter((title) => /Tether|USDC|Harbor Dollar|Wrapped/.test(title))).toEqual([])
  })
})
