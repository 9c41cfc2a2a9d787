import { minutes, toIso } from '@pumpiq/domain'
import { chanceOf, purpose } from '../chance.ts'
import { createDesk, desks, type Article } from '../desk.ts'
import { answerText, type Vendor, type VendorNeeds } from './answer.ts'
import { cdata, escaped, feedDate, rssOf } from './feed.ts'

/** CoinDesk's feed: www.coindesk.com/arc/outboundfeeds/rss. */

const site = 'https://www.coindesk.com'
const itemsAtMost = 25
/** The feed is built anew this often. */
const builtEveryMs = minutes(1)

export function createCoindesk({ market, clock }: VendorNeeds): Vendor {
  const desk = createDesk({ market, desk: desks.coindesk })

  return function coindesk(request) {
    const now = clock.now()
    const headers = { date: new Date(now).toUTCString() }
    if (!/^\/arc\/outboundfeeds\/rss\/?$/.test(new URL(request.url).pathname))
      return answerText('<!doctype html><title>Not Found</title>', { status: 404, headers, type: 'text/html' })
    const builtAt = now - (now % builtEveryMs)
    const items = desk.newest(builtAt, itemsAtMost).map((article) => itemOf(market.seed, article))
    const feed = rssOf({ title: 'CoinDesk, simulated', link: site, ttlMinutes: 5, builtAt, items })
    return answerText(feed, { headers, type: 'application/rss+xml; charset=utf-8' })
  }
}

/** Where an article would stand; there is no such page. */
export const coindeskUrl = ({ at, section, slug, id }: Article): string =>
  `${site}/${section.toLowerCase()}/${toIso(at).slice(0, 10).replaceAll('-', '/')}/simulated-${slug}-${id}`

function itemOf(seed: number, article: Article): string {
  const { at, title, summary, section, id, happening } = article
  return [
    `<item><title>${cdata(title)}</title><link>${escaped(coindeskUrl(article))}</link>`,
    `<guid isPermaLink="false">${guidOf(seed, id)}</guid><pubDate>${feedDate(at)}</pubDate>`,
    `<dc:creator>${section} desk</dc:creator><description>${cdata(summary)}</description>`,
    '<content:encoded/><dc:description/>',
    `<category domain="${site}/${section.toLowerCase()}">${section}</category>`,
    `<category domain="tag">${cdata(happening.token.name)}</category><category domain="${site}/">News</category></item>`,
  ].join('\n')
}

/** In the form of a UUID, the same for the same article. */
function guidOf(seed: number, id: number): string {
  const { uniform } = chanceOf(seed, purpose.desk, desks.coindesk, id, 1)
  const hex = Array.from({ length: 32 }, () => Math.floor(uniform() * 16).toString(16)).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-')
}
