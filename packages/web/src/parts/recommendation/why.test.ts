import { createElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { CitedObservation, Explanation, Recommendation } from '@pumpiq/domain'
import { createSampleMarket } from '../../../../server/src/http/sample-market.ts'
import { CitedText, OpeningContext } from '../cited-text.tsx'
import { ChangesCard } from './changes-card.tsx'
import { Factors } from './factors.tsx'
import { ReasonsCard } from './reasons-card.tsx'
import { ReferenceTold } from './reference-panel.tsx'
import { Seen } from './seen.tsx'

const market = createSampleMarket({ now: Date.parse('2026-06-01T12:00:00.000Z') })
const call = market.recommendations.find(({ symbol }) => symbol === 'BTC')!
const told = market.explanations.get(call.id)!
const at = Date.parse(told.at)
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const opening = { opened: 'score', open: () => {} }
const within = (part: ReactNode) => renderToStaticMarkup(createElement(OpeningContext, { value: opening }, part))

const why = (over: Partial<Recommendation> = {}, data: Explanation | null = told, problem: string | null = null) => {
  const explanation = { data, problem, code: null, at: null, again: () => {} }
  const part = createElement(ReasonsCard, { call: { ...call, ...over }, explanation })
  return data ? within(part) : renderToStaticMarkup(part)
}
const card = (id: string) => within(createElement(ReferenceTold, { id, told, close: () => {} }))

describe('a reference in the reasons', () => {
  it('is a button that says what it opens and whether it is open', () => {
    const [button = ''] = /<button[^>]*>score</.exec(why()) ?? []
    expect(button).toContain('type="button"')
    expect(button).toContain('aria-expanded="true" aria-controls="opened-reference"')
    expect(button).toContain('aria-label="score: what it stands for"')
  })

  it('stays a link to its reading while nothing can be opened, and the page says why', () => {
    const html = why({}, null, 'no answer')
    expect(html).toMatch(/<a class="[^"]*" href="#reading-tech\.[a-z0-9-]+">/)
    expect(textOf(html)).toContain('could not be read: no answer')
  })

  it('is known by its form: other brackets are text', () => {
    const html = within(createElement(CitedText, { text: 'a [SIMULATED] b [score] c [x:y] [tech.rsi14]' }))
    expect(html.match(/<button/g)).toHaveLength(2)
    expect(html).toContain('[SIMULATED]')
  })

  it('leaves the text as it is told, to the bracket', () => {
    const text = 'A turn of 70.00 [tech.rsi14, chain.flow], then [score].'
    expect(within(createElement(CitedText, { text })).replaceAll(/<[^>]*>/g, '')).toBe(text)
  })
})

describe('what a reference opens', () => {
  it('tells value, unit, lean, share of the score, and the rule of a reading', () => {
    const reading = told.readings.find(({ weight }) => weight > 0)!
    const text = textOf(card(reading.id))
    expect(text).toContain(reading.id)
    expect(text.replaceAll('−', '-')).toContain(String(reading.value))
    expect(text).toMatch(/Leans .* of −1 to \+1 In the score .* at a weight of .* Rule /)
  })

  it('opens further what a figure was made of, and says of what stands for nothing that it does', () => {
    expect(card('score').match(/aria-label="[^"]*: what it stands for"/g)!.length).toBeGreaterThan(5)
    expect(textOf(card('facts.none'))).toContain('stands for nothing that was sealed')
  })

  const seen = (one: CitedObservation) =>
    renderToStaticMarkup(createElement(Seen, { seen: one, at, from: 'observations.0' }))
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
      earlier: { value: 0.0000001, observedAt: instant },
    }
    expect(textOf(seen({ ...figure, ...seenAt }))).toMatch(
      /one holders 1200 count , 5 min old ; the day before 0\.0000001 /,
    )
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
    expect(page).toContain('<a href="https://a.example/1" rel="noreferrer nofollow"')
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
      /kraken 500 closed candles of 1 h .* 1 3 0\.5 2 /,
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
    expect(engine({ ...asked, analyst: 'model', ending: 'answered' })).toMatch(/AI text by gpt-4o , \$ ?0\.0061/)
    expect(engine({ ...asked, ending: 'slow', costUsd: null })).toMatch(/no AI text: slow \( gpt-4o , cost not told\)/)
    expect(engine({ ...asked, ending: 'answered' })).toContain('no AI text: its answer was not of the agreed form')
  })

  it('is told with what it says of a factor, as text', () => {
    const factors = [{ ...call.keyFactors[0]!, why: '<b>near</b> 70.00 [tech.rsi14]' }]
    const html = renderToStaticMarkup(createElement(Factors, { factors, score: 0.2 }))
    expect(html).toContain('&lt;b&gt;near&lt;/b&gt;')
    expect(html).toContain('href="#reading-tech.rsi14"')
  })
})

describe('the factors', () => {
  it('end in the score they add up to; the small ones are one line until all are asked for', () => {
    const factor = (contribution: number, name: string) => ({
      factor: name,
      impact: 'bullish' as const,
      weight: 1,
      contribution,
      evidence: ['tech.a'],
    })
    const html = renderToStaticMarkup(
      createElement(Factors, { factors: [factor(0.3, 'Up'), factor(-0.1, 'Down')], score: 0.2 }),
    )
    expect(html).toContain('+0.300')
    expect(html).toContain('−0.100')
    expect(html.slice(html.indexOf('<tfoot>'))).toContain('+0.200')
    const many = Array.from({ length: 14 }, (_, i) => factor(0.01, `F${i}`))
    const text = textOf(renderToStaticMarkup(createElement(Factors, { factors: many, score: 0.14 })))
    expect(text).toContain('6 smaller ones together +0.060')
    expect(text).toContain('Show all 14')
  })
})

describe('what would change it', () => {
  const changes = (over: Partial<Recommendation>, data: Explanation | null = told) =>
    textOf(renderToStaticMarkup(createElement(ChangesCard, { call: { ...call, ...over }, told: data })))

  it('tells how far the score is from another type', () => {
    const thresholds = { ...told.call, score: 0.05, unboundedScore: 0.05, buyAt: 0.13, sellAt: -0.13 }
    expect(changes({}, { ...told, call: { ...thresholds, leaning: 'HOLD' } })).toContain(
      '0.080 higher and it would lean BUY',
    )
    expect(changes({}, { ...told, call: { ...thresholds, score: 0.2, leaning: 'BUY' } })).toContain(
      '0.070 lower and it would not lean BUY any more',
    )
  })

  it('tells the words of the model with their references', () => {
    expect(changes({ wouldChange: ['A turn of 70.00 [tech.rsi14].'] })).toContain('A turn of 70.00')
  })

  it('tells what was held back by rule, from what, to what and why, and counts what happened alike', () => {
    const clamp = { rule: 'text-cap', from: '0.61', to: '0.55', why: 'one source' } as const
    const prose = { rule: 'model-prose', from: 'a sentence', to: 'left out', why: 'a number' } as const
    const text = changes({ clamps: [clamp, prose, prose] })
    expect(text).toMatch(/text cap : 0\.61 became 0\.55 , because one source/)
    expect(text).toMatch(/model prose : a sentence became left out , because a number \(2 times\)/)
    expect(changes({ clamps: [] })).toContain('Nothing was held back')
  })
})
