import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { CitedObservation, Explanation, Recommendation } from '@pumpiq/domain'
import { createSampleMarket } from '../../../server/src/http/sample-market.ts'
import { CitedText } from './cited-text.tsx'
import { FactorBars } from './factor-bars.tsx'
import { ReferenceCard } from './reference-card.tsx'
import { Seen } from './seen.tsx'
import { WhyCard } from './why-card.tsx'

const market = createSampleMarket({ now: Date.parse('2026-06-01T12:00:00.000Z') })
const call = market.recommendations.find(({ symbol }) => symbol === 'BTC')!
const told = market.explanations.get(call.id)!
const at = Date.parse(told.at)
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

const why = (over: Partial<Recommendation> = {}, data: Explanation | null = told, problem: string | null = null) =>
  renderToStaticMarkup(
    createElement(WhyCard, {
      call: { ...call, ...over },
      explanation: { data, problem, code: null, at: null, again: () => {} },
    }),
  )
const opening = { opened: 'score', open: () => {} }
const card = (id: string) => renderToStaticMarkup(createElement(ReferenceCard, { id, told, opening, close: () => {} }))

describe('a reference in the reasons', () => {
  it('is a button that says what it opens and that it is closed', () => {
    const [button = ''] = /<button[^>]*>score</.exec(why()) ?? []
    expect(button).toContain('type="button"')
    expect(button).toContain('aria-expanded="false"')
    expect(button).toContain('aria-label="score: what it stands for"')
  })

  it('stays a link to its reading while nothing can be opened, and the page says why', () => {
    const html = why({}, null, 'no answer')
    expect(html).toMatch(/<a href="#reading-tech\.[a-z0-9-]+">/)
    expect(textOf(html)).toContain('could not be read: no answer')
  })

  it('is known by its form: other brackets are text', () => {
    const html = renderToStaticMarkup(
      createElement(CitedText, { text: 'a [SIMULATED] b [score] c [x:y] [tech.rsi14]', opening }),
    )
    expect(html.match(/<button/g)).toHaveLength(2)
    expect(html).toContain('[SIMULATED]')
    expect(html).toContain('aria-expanded="true" aria-controls="opened-reference"')
  })
})

describe('what a reference opens', () => {
  it('tells value, unit, lean, share of the score, and the rule of a reading', () => {
    const reading = told.readings.find(({ weight }) => weight > 0)!
    const text = textOf(card(reading.id))
    expect(text).toContain(reading.id)
    expect(text).toContain(String(reading.value))
    expect(text).toMatch(/Leans .* of −1 to \+1 In the score .* at a weight of .* Rule /)
    expect(card(reading.id)).toContain(`role="region" aria-label="What ${reading.id} stands for"`)
  })

  it('opens further what a figure was made of, and says of what stands for nothing that it does', () => {
    expect(card('score').match(/class="reference"/g)!.length).toBeGreaterThan(5)
    expect(textOf(card('facts.none'))).toContain('stands for nothing that was sealed')
  })

  const seen = (one: CitedObservation) => renderToStaticMarkup(createElement(Seen, { seen: one, at }))
  const instant = new Date(at - 300_000).toISOString()

  it('tells who saw a figure, how long ago, and what it was the day before', () => {
    const figure = {
      what: 'figure',
      cite: 'one:holders',
      source: 'one',
      name: 'holders',
      value: 1_200,
      unit: 'count',
    } as const
    const seenAt = {
      ofMarket: false,
      observedAt: instant,
      fetchedAt: instant,
      earlier: { value: 900, observedAt: instant },
    }
    expect(textOf(seen({ ...figure, ...seenAt }))).toBe(' one holders 1200 count, 5 min old ; the day before 900 ')
  })

  it('shows what strangers wrote as text of strangers, and links to web pages alone', () => {
    const story = {
      what: 'story',
      cite: 'a:1',
      foreign: true,
      quote: '<img src=x onerror=alert(1)>',
      url: 'javascript:alert(1)',
      publishers: ['<i>a.example'],
      documents: 2,
      event: 'listing',
      sentiment: 0.5,
      flags: ['injection'],
      publishedAt: instant,
      knownAt: instant,
    } as const
    const html = seen({ ...story, flags: [...story.flags], publishers: [...story.publishers] })
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).not.toMatch(/<a |<img|<i>/)
    expect(textOf(html)).toMatch(
      /Written by strangers: .* 2 documents, listing, bullish, 5 min old , flagged injection/,
    )
    const page = seen({ ...story, flags: [], publishers: ['a.example'], url: 'https://a.example/1' })
    expect(page).toContain('<a href="https://a.example/1" rel="noreferrer nofollow">')
  })

  it('tells candles by venue, count, interval and newest rows, and what is not kept by why', () => {
    const bar = { openAt: instant, open: '1', high: '3', low: '0.5', close: '2', volume: '9' } as never
    const candles = {
      what: 'candles',
      cite: 'kraken:X:1h',
      source: 'kraken',
      intervalMs: 3_600_000,
      count: 500,
    } as const
    expect(textOf(seen({ ...candles, firstOpenAt: instant, lastOpenAt: instant, last: [bar] }))).toMatch(
      /kraken 500 closed candles of 1 h, .* 1 3 0\.5 2 /,
    )
    expect(textOf(seen({ what: 'absent', cite: 'a:b', why: 'it is gone' }))).toBe(' a:b : it is gone ')
  })

  it('has something to tell of all that the samples cite', () => {
    for (const one of told.observations) expect(textOf(seen(one)).trim()).not.toBe('')
  })
})

describe('who wrote the words', () => {
  const engine = (over: Partial<Recommendation['engine']>) => textOf(why({ engine: { ...call.engine, ...over } }))

  it('is told with what it cost, or why there are none of a model', () => {
    expect(engine({})).toContain('by rules; no language model was asked')
    const asked = { model: 'gpt-4o', costUsd: 0.0061 }
    expect(engine({ ...asked, analyst: 'model', ending: 'answered' })).toContain('AI text by gpt-4o, $0.0061')
    expect(engine({ ...asked, ending: 'slow', costUsd: null })).toContain('no AI text: slow (gpt-4o, cost not told)')
    expect(engine({ ...asked, ending: 'answered' })).toContain('no AI text: its answer was not of the agreed form')
  })

  it('is told with what would change it, and what it says of a factor', () => {
    expect(textOf(why({ wouldChange: ['A turn of 70.00 [tech.rsi14].'] }))).toContain(
      'What would change it A turn of 70.00',
    )
    const factors = [{ ...call.keyFactors[0]!, why: '<b>near</b> 70.00 [tech.rsi14]' }]
    const html = renderToStaticMarkup(createElement(FactorBars, { factors, score: 0.2 }))
    expect(html).toContain('&lt;b&gt;near&lt;/b&gt;')
    expect(html).toContain('<a href="#reading-tech.rsi14">tech.rsi14</a>')
  })

  it('what was held back is told by rule, from what, to what and why, and what happened alike is counted', () => {
    const clamp = { rule: 'text-cap', from: '0.61', to: '0.55', why: 'one source' } as const
    const prose = { rule: 'model-prose', from: 'a sentence', to: 'left out', why: 'a number' } as const
    expect(textOf(why({ clamps: [clamp, prose, prose] }))).toMatch(
      /Held back text cap : 0\.61 became 0\.55 , because one source model prose : a sentence became left out , because a number \(2 times\)/,
    )
    expect(textOf(why({ clamps: [] }))).not.toContain('Held back')
  })
})
