import { minutes } from '@pumpiq/domain'
import { createDesk, desks, type Article } from '../desk.ts'
import { answerText, type Vendor, type VendorNeeds } from './answer.ts'
import { cdata, escaped, feedDate, rssOf } from './feed.ts'

/** Cointelegraph's feed: cointelegraph.com/rss-feeds. */

const site = 'https://cointelegraph.com'
const itemsAtMost = 30
const builtEveryMs = minutes(1)
const trackers = 'utm_source=rss_feed&utm_medium=rss&utm_campaign=rss_partner_inbound'

export function createCointelegraph({ market, clock }: VendorNeeds): Vendor {
  const desk = createDesk({ market, desk: desks.cointelegraph })

  return function cointelegraph(request) {
    const now = clock.now()
    const headers = { date: new Date(now).toUTCString() }
    const { pathname } = new URL(request.url)
    if (pathname !== '/rss')
      return answerText('<!doctype html><title>404</title>', { status: 404, headers, type: 'text/html' })
    const builtAt = now - (now % builtEveryMs)
    const items = desk.newest(builtAt, itemsAtMost).map(itemOf)
    const feed = rssOf({ title: 'Cointelegraph, simulated', link: site, ttlMinutes: 2, builtAt, items })
    return answerText(feed, { headers, type: 'application/rss+xml; charset=utf-8' })
  }
}

/** The summary is HTML with a picture before it; the address itself is the id, and the link bears trackers. */
function itemOf({ id, at, title, summary, slug, section, happening }: Article): string {
  const url = `${site}/news/simulated-${slug}-${id}`
  const html = `<p style="float:right; margin:0 0 10px 15px; width:240px;"><img src="${site}/simulated.png"></p><p>${escaped(summary)}</p>`
  return [
    `<item><title>${escaped(title)}</title><link>${cdata(`${url}?${trackers}`)}</link>`,
    `<guid isPermaLink="true">${escaped(url)}</guid><pubDate>${feedDate(at)}</pubDate>`,
    `<dc:creator>Cointelegraph by ${section} desk</dc:creator><description>${cdata(html)}</description>`,
    `<category>${section}</category><category>${cdata(happening.token.name)}</category></item>`,
  ].join('\n')
}
