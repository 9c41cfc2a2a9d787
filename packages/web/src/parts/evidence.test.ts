import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Crowd, SafetyAssessment, Story } from '@pumpiq/domain'
import { CrowdCard } from './crowd-card.tsx'
import { GapsNote } from './gaps-note.tsx'
import { ReadingsTable } from './readings-table.tsx'
import { SafetyCard } from './safety-card.tsx'
import { StoriesCard } from './stories-card.tsx'

const at = Date.parse('2026-06-01T12:00:00.000Z')
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

const story: Story = {
  id: 'sample-news:1',
  at: '2026-06-01T11:30:00.000Z',
  publishedAt: '2026-06-01T11:20:00.000Z',
  quote: 'It <b>rises</b>',
  url: 'https://news.example/1',
  publishers: ['news.example', '<i>daily.example'],
  documents: 3,
  tellers: 2,
  trust: 0.7,
  relevance: 1,
  event: 'listing',
  sentiment: 0.6,
  magnitude: 0.5,
  flags: ['pump_call'],
}
const stories = (...told: Partial<Story>[]) =>
  renderToStaticMarkup(createElement(StoriesCard, { stories: told.map((more) => ({ ...story, ...more })), at }))

describe('a story', () => {
  it('is told with who tells it, in how many documents, what of, how it leans, how old it is and what is wrong with it', () => {
    expect(textOf(stories({}))).toContain(
      'bullish listing news.example, &lt;i&gt;daily.example 3 documents 40 min old pump call news.example/1',
    )
    expect(textOf(stories({ sentiment: 0 }))).toContain('neutral')
    expect(textOf(stories({ sentiment: -0.6, documents: 1 }))).toMatch(/bearish .* 1 document /)
  })

  it('is text, whatever it holds', () => {
    expect(stories({})).toContain('It &lt;b&gt;rises&lt;/b&gt;')
  })

  it('links to web pages alone, without telling where from', () => {
    expect(stories({})).toContain('<a href="https://news.example/1" rel="noreferrer nofollow"')
    for (const url of ['javascript:alert(1)', 'data:text/html,<script>alert(1)</script>', null])
      expect(stories({ url })).not.toContain('<a ')
    expect(textOf(stories({ url: 'javascript:alert(1)' }))).toContain('javascript:alert(1)')
  })

  it('that nobody told and nobody could be asked for are two things', () => {
    expect(textOf(stories())).toContain('tell no story about it')
    expect(textOf(renderToStaticMarkup(createElement(StoriesCard, { stories: null, at })))).toContain(
      'No source of news could be asked',
    )
  })
})

describe('the safety of a token', () => {
  const of = (safety: SafetyAssessment | null) => textOf(renderToStaticMarkup(createElement(SafetyCard, { safety })))
  const check = (verdict: 'pass' | 'fail' | 'unknown') => ({
    id: verdict,
    label: 'check',
    verdict,
    detail: `detail of ${verdict}`,
    cites: [],
  })

  it('shows what failed first, then what is unknown, then what passed', () => {
    const text = of({ applicable: true, verdict: 'fail', checks: [check('pass'), check('unknown'), check('fail')] })
    expect(text).toMatch(/✕ failed .*1 failed, 1 unknown, 1 passed.*detail of fail.*detail of unknown.*detail of pass/)
  })

  it('never calls unknown safe', () => {
    const text = of({ applicable: true, verdict: 'unknown', checks: [check('unknown')] })
    expect(text).toContain('Unknown is not safe')
    expect(text).not.toContain('passed')
  })

  it('is not assessed where nobody was asked, and there is nothing to assess of a coin of its own chain', () => {
    expect(of(null)).toContain('Not assessed')
    expect(of({ applicable: false })).toContain('Coin of its own chain')
  })
})

it('posts are told with their authors, their tone, their rate and the shares that are not to be trusted', () => {
  const crowd: Crowd = {
    at: '2026-06-01T11:58:00.000Z',
    posts: 1_640,
    authors: 71,
    platforms: ['reddit'],
    tone: -0.3,
    agreement: null,
    perHour: 160,
    usualPerHour: 6,
    burst: true,
    newAccountShare: 0.64,
    botShare: 0.71,
    copiedShare: 0.58,
    flagged: { promo: 0, scam: 0.12, phishing: 0, pump_call: 0, injection: 0 },
  }
  expect(textOf(renderToStaticMarkup(createElement(CrowdCard, { crowd, at })))).toBe(
    ' Posts Posts 1,640 Authors 71 Heard on reddit Tone bearish −0.30 Burst yes, 160.0 an hour against 6.0' +
      ' Like bots 71 % New accounts 64 % Copied 58 % Flagged: scam 12 % Newest 2 min old ',
  )
  const voices = [{ author: 'bluesky:1', name: null, posts: 2, calls: 64, hits: 45, loudness: 1.51 }]
  expect(textOf(renderToStaticMarkup(createElement(CrowdCard, { crowd, at, voices })))).toContain(
    'bluesky:1 45 of 64 calls came true, heard 1.5 times as loud',
  )
  expect(textOf(renderToStaticMarkup(createElement(CrowdCard, { crowd: null, at })))).toContain('could be asked')
})

it('a gap names its kind, its source and its reason', () => {
  const gap = { kind: 'onchain', source: 'goplus', reason: 'no answer within 5 s', at: story.at } as const
  const text = textOf(renderToStaticMarkup(createElement(GapsNote, { gaps: [gap, { ...gap, source: null }] })))
  expect(text).toContain('On-chain, goplus: no answer within 5 s')
  expect(text).toContain('On-chain, no answer within 5 s')
})

it('readings stand under their kind, with what they are from and how old it is', () => {
  const reading = { id: 'chain.flow', kind: 'onchain', value: 0.5, unit: 'share', lean: 0.1, label: 'buys' } as const
  const news = { ...reading, id: 'news.tone', kind: 'news', label: 'tone' } as const
  const html = renderToStaticMarkup(
    createElement(ReadingsTable, {
      readings: [
        { ...reading, cites: ['dexscreener:buys24h'], observedAt: story.at },
        { ...reading, id: 'chain.top10', label: 'holders', cites: ['goplus:top10Ratio'], observedAt: null },
        { ...news, cites: ['one', 'two'] },
      ],
      at,
    }),
  )
  expect(textOf(html)).toMatch(
    /News all from 2 stories .* Tone news\.tone .* On-chain .* Buys chain\.flow from dexscreener:buys24h, 30 min old .* Holders chain\.top10 from goplus:top10Ratio 0\.5/,
  )
})

it('where most readings of a kind are from is said once, and of the others beside them', () => {
  const reading = (id: string, cite: string) => ({
    id,
    kind: 'technical' as const,
    value: 1,
    unit: 'ATR',
    lean: 0,
    label: id,
    cites: [cite],
  })
  const html = renderToStaticMarkup(
    createElement(ReadingsTable, {
      readings: [reading('tech.a', 'binance:1h'), reading('tech.b', 'binance:1h'), reading('tech.c', 'binance:1d')],
      at,
    }),
  )
  const text = textOf(html)
  expect(text).toContain('from binance:1h where nothing else is said')
  expect(text.split('binance:1h')).toHaveLength(2)
  expect(text).toContain('tech.c from binance:1d')
})
