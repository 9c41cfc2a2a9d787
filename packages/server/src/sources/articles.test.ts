import { Document, minutes, toIso } from '@pumpiq/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { articlesOf, domainOf, faultOfPublished, type Article } from './articles.ts'

const now = Date.UTC(2026, 2, 1, 12)
const told = { source: 'desk', token: null, now, fetchedAt: now + 400 }
const article = (more: Partial<Article> = {}): Article => ({
  id: 'a',
  title: 'A title',
  url: 'https://desk.example/a',
  publishedAt: now - minutes(5),
  publisher: 'desk.example',
  ...more,
})
const kept = (...articles: Partial<Article>[]) => articlesOf(told, articles.map(article))

describe('an article', () => {
  it('of up to a minute ahead counts as published now, of later is left out', () => {
    const at = (aheadMs: number) => kept({ publishedAt: now + aheadMs }).map(({ observedAt }) => observedAt)
    expect(at(-1)).toEqual([toIso(now - 1)])
    expect(at(minutes(1))).toEqual([toIso(now)])
    expect(at(minutes(1) + 1)).toEqual([])
  })

  it('that comes twice, by its id or by its address without trackers, is told once, as it was first', () => {
    const first = { publishedAt: now - minutes(9) }
    expect(kept({}, first)).toEqual(kept(first))
    expect(kept({ id: 'b', url: 'https://desk.example/a?utm_source=x#top' }, first)).toEqual(kept(first))
    expect(kept({ id: 'b', url: 'https://desk.example/a?page=2' }, first)).toHaveLength(2)
  })

  it.each<[string, Partial<Article>]>([
    ['a script for a link', { url: 'javascript:alert(1)' }],
    ['a name and a password in its link', { url: 'https://desk.example:x@evil.example/' }],
    ['no link', { url: '' }],
    ['a title of nothing but tags', { title: '<b> </b>' }],
    ['no publisher', { publisher: ' ' }],
  ])('with %s is left out', (_, more) => {
    expect(kept(more)).toEqual([])
  })

  it('has text without HTML, and a tag once', () => {
    const [one] = kept({ title: 'Up &amp; <i>down</i>', text: '<p>a</p><p>b</p>', tags: ['X', ' X', '', '<b>Y</b>'] })
    expect([one!.title, one!.text, one!.tags, one!.author]).toEqual(['Up & down', 'a b', ['X', 'Y'], null])
  })

  it('keeps an id that is long or cannot be kept apart from every other by its hash', () => {
    const long = 'x'.repeat(400)
    const ids = kept({ id: `${long}1` }, { id: `${long}2`, url: 'https://desk.example/2' }).map(({ id }) => id)
    expect(new Set(ids).size).toBe(2)
    expect(ids.every((id) => /^desk:x{100}#[0-9a-f]{64}$/.test(id))).toBe(true)
    expect(kept({ id: 'a\u0000b' })[0]!.id).toMatch(/^desk:a b#[0-9a-f]{64}$/)
  })

  it('may be stored, whatever is in it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('<', '&#0;', '\ud800', 'a'.repeat(2e4)),
    )
    const any = fc.record({
      id: text,
      title: text,
      text,
      url: fc.oneof(text, fc.webUrl({ withQueryParameters: true, withFragments: true })),
      publishedAt: fc.integer({ min: Date.UTC(2009, 0), max: now + minutes(2) }),
      publisher: text,
      author: text,
      tags: fc.array(text, { maxLength: 60 }),
    })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), (articles) => {
        const documents = articlesOf(told, articles).map((document) => Document.parse(document))
        expect(documents.every(({ observedAt }) => Date.parse(observedAt) <= now)).toBe(true)
        expect(documents.every(({ title }) => title !== '')).toBe(true)
        expect(new Set(documents.map(({ url }) => url)).size).toBe(documents.length)
      }),
    )
  })
})

it('a time of publication in another unit is a fault', () => {
  expect(faultOfPublished([article()])).toBeNull()
  for (const publishedAt of [now / 1_000, now * 1_000, Number.NaN])
    expect(faultOfPublished([article(), article({ publishedAt })])).toContain('another unit')
})

it.each([
  ['https://www.desk.example/a', 'desk.example'],
  ['https://DESK.example.', 'desk.example'],
  ['https://соindesk.com/a', 'xn--indesk-vqfx.com'],
  ['no address', ''],
])('the domain of %j is %j', (address, domain) => {
  expect(domainOf(address)).toBe(domain)
})
