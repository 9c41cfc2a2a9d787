import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { Price, Recommendation } from '@pumpiq/domain'
import { CallBadge, EdgeNote } from './call-badge.tsx'
import { CitedText } from './cited-text.tsx'
import { ConfidenceMeter } from './confidence-meter.tsx'
import { PriceText } from './price-text.tsx'
import { ReadingsTable } from './readings-table.tsx'

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
