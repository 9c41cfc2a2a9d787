import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { OutcomeStatus, type Price, type Recommendation } from '@pumpiq/domain'
import { CallBadge, EdgeNote } from './call-badge.tsx'
import { CitedText } from './cited-text.tsx'
import { ConfidenceMeter } from './confidence-meter.tsx'
import { FactorBars } from './factor-bars.tsx'
import { MeasuredTile } from './measured-tile.tsx'
import { PriceText } from './price-text.tsx'
import { ReadingsTable } from './readings-table.tsx'
import { StatusCounts } from './status-counts.tsx'

const buy = { type: 'BUY', abstained: null, actionable: { yes: false, why: 'a prior' } } as const
const prior = {
  value: 0.41,
  low: 0.37,
  high: 0.45,
  n: 335,
  method: 'prior',
  measured: 0.41,
} as const satisfies Recommendation['confidence']

it('a call without a measured edge says so beside its type', () => {
  expect(renderToStaticMarkup(createElement(CallBadge, { call: buy }))).toContain('BUY')
  expect(renderToStaticMarkup(createElement(EdgeNote, { call: buy }))).toContain('no measured edge')
  expect(
    renderToStaticMarkup(createElement(EdgeNote, { call: { ...buy, actionable: { yes: true, why: '' } } })),
  ).toContain('>measured edge')
})

it('an abstained call never reads HOLD', () => {
  const html = renderToStaticMarkup(createElement(CallBadge, { call: { ...buy, type: 'HOLD', abstained: 'no price' } }))
  expect(html).toContain('NO CALL')
  expect(html).not.toContain('HOLD')
})

it('a chance is told with its interval, its sample, its method and break-even, to eyes and to readers', () => {
  const html = renderToStaticMarkup(
    createElement(ConfidenceMeter, { call: { type: 'BUY', confidence: prior, breakEven: 0.43 } }),
  )
  for (const said of [
    '41 %',
    '37–45 %',
    'prior',
    'n 335',
    'even at 43 %',
    'aria-label="Target 1 before stop: 41 %, interval 37 % to 45 %, prior of 335, against a break-even of 43 %"',
  ])
    expect(html).toContain(said)
  const hold = renderToStaticMarkup(
    createElement(ConfidenceMeter, { call: { type: 'HOLD', confidence: prior, breakEven: null } }),
  )
  expect(hold).toContain('Stays inside the band')
  expect(hold).not.toContain('Target 1')
})

it('a tiny price is shown with its zeros counted and keeps its exact string', () => {
  expect(renderToStaticMarkup(createElement(PriceText, { value: '0.000000001234' as Price }))).toBe(
    '<span class="num" title="0.000000001234">0.0₈1234</span>',
  )
})

it('foreign text stays text', () => {
  const html = renderToStaticMarkup(
    createElement(CitedText, {
      text: '<img src=x onerror=alert(1)> rises [tech.rsi14, tech.macd]. [javascript:alert(1)]',
    }),
  )
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(html.match(/href="[^"]*"/g)).toEqual(['href="#reading-tech.rsi14"', 'href="#reading-tech.macd"'])
})

it('the bars end in the score they add up to', () => {
  const factor = (contribution: number, name: string) => ({
    factor: name,
    impact: 'bullish' as const,
    weight: 1,
    contribution,
    evidence: ['tech.a'],
  })
  const html = renderToStaticMarkup(
    createElement(FactorBars, { factors: [factor(0.3, 'Up'), factor(-0.1, 'Down')], score: 0.2 }),
  )
  expect(html).toContain('+0.300')
  expect(html).toContain('−0.100')
  expect(html.slice(html.indexOf('<tfoot>'))).toContain('+0.200')
})

it('a small reading is written out, never with an exponent', () => {
  const reading = {
    id: 'tech.a',
    kind: 'technical' as const,
    value: 0.00000012345,
    unit: 'ATR',
    lean: 0,
    cites: ['x'],
    label: 'A',
  }
  const html = renderToStaticMarkup(
    createElement(ReadingsTable, { readings: [reading, { ...reading, id: 'tech.b', value: 1e21 }], at: 0 }),
  )
  expect(html).toContain('0.0000001235')
  expect(html).not.toMatch(/\de[-+]\d/)
})

const rate = { value: 0.431, low: 0.369, high: 0.493, n: 412, effectiveN: 206.5, note: null }
const tile = { id: 'hit', title: 'Hit', show: (value: number) => (value * 100).toFixed(1), unit: '%', children: null }
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, '')

it('a rate stands with its interval and its independent sample, and is not told of too few', () => {
  expect(textOf(renderToStaticMarkup(createElement(MeasuredTile, { ...tile, measured: rate })))).toBe(
    'Hit43.1 % 36.9 to 49.3 % 95 % interval412 ended, worth 206 independent ones',
  )
  const few = { value: null, low: null, high: null, n: 31, effectiveN: 29, note: 'too few' }
  expect(textOf(renderToStaticMarkup(createElement(MeasuredTile, { ...tile, measured: few })))).toBe(
    'HitToo few to say31 ended, worth 29 independent ones; 30 are needed',
  )
  const short = { ...rate, low: null, high: null, note: 'too short a time for an interval' }
  expect(textOf(renderToStaticMarkup(createElement(MeasuredTile, { ...tile, measured: short })))).toContain(
    '43.1 % too short a time for an interval',
  )
})

it('every status is in the counts, those of which there is none too', () => {
  const byStatus = Object.fromEntries(OutcomeStatus.options.map((status, i) => [status, i])) as Record<
    OutcomeStatus,
    number
  >
  const html = renderToStaticMarkup(createElement(StatusCounts, { calls: 28, byStatus }))
  expect(html.match(/<tr/g)).toHaveLength(1 + OutcomeStatus.options.length + 1)
  expect(textOf(html)).toMatch(/All house calls28$/)
})
