import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { feedTime } from './feed-time.ts'
import { plainText } from './plain.ts'
import { parseFeed } from './rss.ts'

const rss = (inside: string, prolog = '<?xml version="1.0" encoding="UTF-8"?>') =>
  `${prolog}<rss version="2.0"><channel><title>A desk</title><link>https://desk.example/</link>${inside}</channel></rss>`

describe('a feed', () => {
  it('of RSS 2.0 gives its items in plain text, whether in CDATA, escaped or plain', () => {
    const item = `<item>
      <title>Bulls &amp;amp; bears: &#8220;flat&#8221;</title>
      <atom:link href="true" rel="hub"/>
      <link><![CDATA[https://desk.example/a?utm_source=rss]]></link>
      <guid isPermaLink="false">a-1</guid>
      <pubDate>Sat, 15 Aug 2026 17:26:43 -0400</pubDate>
      <dc:creator><![CDATA[ The desk ]]></dc:creator>
      <category domain="tag"><![CDATA[Bitcoin]]></category><category/><category>Markets</category>
      <media:content url="https://img.example/1.png"><media:title>not this one</media:title></media:content>
      <description><![CDATA[<p style="float:right"><img src="x"></p><p>One&nbsp;line.</p><p>Two<br>three.</p>]]></description>
      <content:encoded/>
    </item>`
    expect(parseFeed(rss(item)).entries).toEqual([
      {
        id: 'a-1',
        title: 'Bulls & bears: “flat”',
        text: 'One line. Two three.',
        url: 'https://desk.example/a?utm_source=rss',
        at: Date.UTC(2026, 7, 15, 21, 26, 43),
        author: 'The desk',
        tags: ['Bitcoin', 'Markets'],
        outlet: null,
      },
    ])
  })

  it('takes the text from content:encoded where the description is empty, the address from a permanent guid', () => {
    const [entry] = parseFeed(
      rss(
        '<item><title>T</title><guid>https://desk.example/b</guid><link>https://desk.example/b?utm_medium=rss</link>' +
          '<description/><content:encoded>&lt;b&gt;whole&lt;/b&gt;</content:encoded>' +
          '<source url="https://other.example">Other</source></item>',
      ),
    ).entries
    expect([entry!.text, entry!.url, entry!.at]).toEqual(['whole', 'https://desk.example/b', null])
    expect(entry!.outlet).toEqual({ name: 'Other', url: 'https://other.example' })
  })

  it('of Atom gives its entries: the author’s name, the link to the entry, the first date, terms as tags', () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>A board</title><entry>
      <author><name>/u/somebody</name><uri>https://board.example/u/somebody</uri></author>
      <category term="Board" label="r/Board"/>
      <content type="html">&lt;div class="md"&gt;&lt;p&gt;To the moon&lt;/p&gt;&lt;/div&gt;</content>
      <id>t3_abc</id><link rel="edit" href="https://board.example/edit"/><link href="https://board.example/t3_abc"/>
      <updated>2026-09-12T10:00:00+00:00</updated><published>2026-09-12T09:59:30+00:00</published>
      <title>Moon?</title></entry></feed>`
    expect(parseFeed(atom).entries).toEqual([
      {
        id: 't3_abc',
        title: 'Moon?',
        text: 'To the moon',
        url: 'https://board.example/t3_abc',
        at: Date.UTC(2026, 8, 12, 9, 59, 30),
        author: '/u/somebody',
        tags: ['Board'],
        outlet: null,
      },
    ])
  })

  it('without items is an empty one', () => {
    expect(parseFeed(rss('')).entries).toEqual([])
  })

  it.each([
    ['a web page', '<!doctype html><html><body>Are you a robot?</body></html>'],
    ['JSON', '{"rss": true}'],
    ['nothing but its first line', '<?xml version="1.0"?>'],
    ['one that is cut off', rss('<item><title>A</title></item>').slice(0, -20)],
    ['an element without its end', rss('<item><title>A<link>https://a.example</link></item>')],
    ['one nested without end', rss('<item>' + '<a>'.repeat(100_000))],
    ['one of more than five million characters', rss(`<item><title>${'a'.repeat(5_000_000)}</title></item>`)],
  ])('that is %s is refused', (_, text) => {
    expect(() => parseFeed(text)).toThrow(SyntaxError)
  })

  it('does not expand entities that it declares itself', () => {
    const bomb =
      '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    const [entry] = parseFeed(rss('<item><title>&lol2;&x;</title></item>', bomb)).entries
    expect(entry!.title).toBe('&lol2;&x;')
  })

  it('is read or refused with a SyntaxError, whatever is in it', () => {
    const pieces = fc.constantFrom(
      '<item>',
      '</item>',
      '<title>',
      '</title>',
      '<link/>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '&#0;',
      '&amp;',
      '<feed>',
      '</rss>',
      '\ud800',
      'text',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), fc.boolean(), (some, inFeed) => {
        try {
          const { entries } = parseFeed(inFeed ? rss(some.join('')) : some.join(''))
          expect(entries.every(({ title, text }) => title.isWellFormed() && text.isWellFormed())).toBe(true)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(SyntaxError)
        }
      }),
    )
  })
})

describe('the time of a feed', () => {
  const at = Date.UTC(2026, 7, 15, 17, 26, 43)
  it.each([
    'Sat, 15 Aug 2026 17:26:43 +0000',
    'Sat, 15 Aug 2026 17:26:43 GMT',
    '15 Aug 2026 17:26:43 UT',
    'sat, 15 august 26 17:26:43 Z',
    'Saturday, 15-Aug-26 17:26:43 UTC',
    'Sat, 15 Aug 2026 13:26:43 EDT',
    'Sat, 15 Aug 2026 13:26:43 -0400 (Eastern)',
    'Sat,  15  Aug  2026  19:26:43  +02:00',
    'Sat, 15 Aug 2026 17:26:43',
    '2026-08-15T17:26:43Z',
    '2026-08-15T19:26:43.123456+02:00',
    '2026-08-15 17:26:43',
    '2026-08-15T17:26:43',
  ])('is understood as %s', (text) => {
    expect(feedTime(text)).toBe(at)
  })

  it('may lack its seconds', () => {
    expect(feedTime('Sat, 5 Sept 2026 08:00 -0500')).toBe(Date.UTC(2026, 8, 5, 13))
  })

  it.each([
    '',
    'yesterday',
    'Sat, 31 Feb 2026 17:26:43 +0000',
    'Sat, 15 Foo 2026 17:26:43 +0000',
    '2026-13-01T00:00:00Z',
    'Sat, 15 Aug 2026 25:00:00 GMT',
    'Sat, 15 Aug 2026 17:26:43 XYZ',
    'Sat, 15 Aug 2026 17:26:43 +9900',
    '1786814803',
  ])('is not made up of %j', (text) => {
    expect(feedTime(text)).toBeNull()
  })

  it('comes back from every instant as the two standards write it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (second) => {
        const date = new Date(second * 1_000)
        expect(feedTime(date.toUTCString())).toBe(second * 1_000)
        expect(feedTime(date.toISOString())).toBe(second * 1_000)
      }),
    )
  })
})

describe('plain text', () => {
  it.each([
    ['<p>Fell to&nbsp;$60,000.</p><p>Again?</p>', 'Fell to $60,000. Again?'],
    ['a<b>b</b>c<br>d', 'abc d'],
    ['AT&amp;T &lt;up&gt; 3 < 4 & 5', 'AT&T <up> 3 < 4 & 5'],
    ['<script>alert(1)</script>seen<style>p{}</style>', 'seen'],
    ['<img src=x onerror="alert(1)">tail', 'tail'],
    ['tabs\t\u0000and\r\nlines \ud800', 'tabs and lines \ufffd'],
    ['no tags at all', 'no tags at all'],
  ])('of %j is %j', (html, text) => {
    expect(plainText(html)).toBe(text)
  })

  it('of what is nested without end comes at once', () => {
    const startedAt = performance.now()
    plainText(`seen${'<a>'.repeat(20_000)}${'</b>'.repeat(20_000)}`)
    plainText('<'.repeat(100_000))
    plainText('&'.repeat(100_000))
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })
})
