/** Text for XML. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Text of which nothing is markup but its own end. */
export const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

/** RFC 822 with the zone in digits, as feeds write it. */
export const feedDate = (at: number): string => new Date(at).toUTCString().replace('GMT', '+0000')

const spaces: Readonly<Record<string, string>> = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  media: 'http://search.yahoo.com/mrss/',
}

type Channel = { title: string; link: string; ttlMinutes: number; builtAt: number; items: readonly string[] }

/** An RSS 2.0 document; the items are XML already. */
export function rssOf({ title, link, ttlMinutes, builtAt, items }: Channel): string {
  const names = Object.entries(spaces).map(([name, uri]) => ` xmlns:${name}="${uri}"`)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<rss version="2.0"${names.join('')}><channel>`,
    `<title>${escaped(title)}</title><link>${escaped(link)}</link><description>${escaped(title)}</description>`,
    `<language>en-us</language><lastBuildDate>${feedDate(builtAt)}</lastBuildDate><ttl>${ttlMinutes}</ttl>`,
    ...items,
    '</channel></rss>',
  ].join('\n')
}
