import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { OutcomeStatus } from '@pumpiq/domain'
import type { BaselinesBeside, PerformanceSummary } from '@pumpiq/api'
import { expect, it } from 'vitest'
import { Verdict } from './beside.tsx'
import { CountsCard } from './counts.tsx'
import { RateTile } from './tile.tsx'
import { shareShown } from './measured.tsx'
import { VerdictNote } from './verdict-note.tsx'

const textOf = (html: string) => html.replaceAll(/<span class="sr-only">[^<]*<\/span>/g, '').replaceAll(/<[^>]*>/g, '')
const rate = { value: 0.431, low: 0.369, high: 0.493, n: 412, effectiveN: 206.5, note: null }
const tileOf = (
  given: typeof rate | { value: null; low: null; high: null; n: number; effectiveN: number; note: string },
) =>
  renderToStaticMarkup(
    createElement(RateTile, {
      title: 'Hit',
      at: 'directional.hit',
      show: shareShown,
      unit: '%',
      rate: given,
    }),
  )

it('a rate stands with its interval and its independent sample, and is not told of too few', () => {
  expect(textOf(tileOf(rate))).toBe('Hit43.1 %36.9 to 49.3 % 95 % interval412 ended, 206.5 independent windows')
  const few = { value: null, low: null, high: null, n: 31, effectiveN: 29, note: 'too few' }
  expect(textOf(tileOf(few))).toBe('HitToo few to say31 ended, 29 independent windows; 30 are needed')
})

it('every figure of a rate says where in the answer it stands', () => {
  expect([...tileOf(rate).matchAll(/data-fact="([^"]*)"/g)].map(([, fact]) => fact)).toEqual(
    ['value', 'low', 'high', 'n', 'effectiveN'].map((part) => `summary#directional.hit.${part}`),
  )
})

it('every status is in the counts, those of which there is none too', () => {
  const byStatus = Object.fromEntries(OutcomeStatus.options.map((status, i) => [status, i]))
  const directional = { notFilled: 1, unresolved: 2, delisted: 3 }
  const summary = { calls: 28, byStatus, directional, notes: [] } as unknown as PerformanceSummary
  const html = renderToStaticMarkup(createElement(CountsCard, { summary }))
  expect(html.match(/<tr/g)).toHaveLength(1 + OutcomeStatus.options.length + 1)
  expect(textOf(html)).toMatch(/All house calls28Of BUY and SELL: 1 not filled, 2 unresolved, 3 delisted\.$/)
})

it.each([
  [-0.1, -0.3, 'border-sell'],
  [0.1, -0.1, 'border-sell'],
  [0.2, 0.1, 'border-buy'],
  [null, null, 'border-line-2'],
])('a lead of %s on holding, at least %s, is told as loud as it must be', (leadPct, leadLow, tone) => {
  const baselines = { rows: [{ id: 'buy-and-hold', leadPct, leadLow }], verdict: 'So it is.' } as unknown
  expect(renderToStaticMarkup(createElement(Verdict, { baselines: baselines as BaselinesBeside }))).toContain(tone)
})

it('names the first record that does not hold, or the line where no record can be read', () => {
  const verdict = { ok: false, count: 9, withheld: 0, note: null, head: null, faultCount: 2 }
  const told = (seq: number | null) => {
    const faults = [{ line: 4, seq, sentence: 'it is altered' }]
    return textOf(renderToStaticMarkup(createElement(VerdictNote, { of: 'a.jsonl', verdict: { ...verdict, faults } })))
  }
  expect(told(4)).toContain('Record 4 does not hold.')
  expect(told(null)).toContain('Line 4 is not a record that holds.')
})
