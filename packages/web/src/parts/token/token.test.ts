import { describe, expect, it } from 'vitest'
import { price, type Price } from '@pumpiq/domain'
import type { RecommendationSummary, TokenAnalysis, TokenHistory } from '@pumpiq/api'
import { fitted } from '../chart/areas.ts'
import { currentOf, levelsOf, supersededAt, zonesOf } from './call-shapes.ts'
import { mergedHistory } from './history.ts'
import { seenAt, toldBy } from './told-by.ts'
import { stepsOf, summed } from './views.ts'

const p = (text: string): Price => price(text)

const page = (first: number, values: (number | null)[], more: Partial<TokenHistory> = {}): TokenHistory => ({
  items: values.map((_, i) => ({
    ts: (first - i) * 60_000,
    open: p('1'),
    high: p('2'),
    low: p('1'),
    close: p(String(first - i)),
    volume: p('5'),
    minutes: 1,
  })),
  next: null,
  token: 'bitcoin:native',
  interval: '1m',
  source: 'kraken',
  why: null,
  series: { technical: { rsi14: values } as never, onchain: null, sentiment: null },
  ...more,
})

it('pages that come newest first are one history, oldest first, with each candle once and what is told beside it', () => {
  const merged = mergedHistory([page(9, [90, 80, 70]), page(7, [71, 60, null])])
  expect(merged.bars.map(({ close }) => close)).toEqual(['5', '6', '7', '8', '9'])
  expect(merged.technical['rsi14']).toEqual([null, 60, 70, 80, 90])
  expect([merged.source, merged.onchain]).toEqual(['kraken', {}])
})

type Call = RecommendationSummary
const call = (more: Partial<Call>): Call =>
  ({
    id: 'a',
    type: 'BUY',
    house: true,
    abstained: null,
    issuedAt: '2026-01-02T00:00:00.000Z',
    expiresAt: '2026-01-09T00:00:00.000Z',
    entry: { low: p('10'), high: p('11') },
    targets: [
      { price: p('13'), share: 0.5 },
      { price: p('15'), share: 0.5 },
    ],
    stopLoss: p('9'),
    band: null,
    outcome: null,
    ...more,
  }) as Call

describe('a call on the chart', () => {
  const at = (iso: string) => Date.parse(iso)
  const corners = (one: Call, superseded: number | null = null) =>
    zonesOf(one, superseded).map(({ tone, low, high }) => `${tone} ${low} ${high}`)

  it('is the way to its last target, its entry and the way to its stop, whichever way it goes', () => {
    expect(corners(call({}))).toEqual(['buy 11 15', 'accent 10 11', 'sell 9 10'])
    const down = call({ type: 'SELL', targets: [{ price: p('7'), share: 1 }] as never, stopLoss: p('12') })
    expect(corners(down)).toEqual(['buy 7 10', 'accent 10 11', 'sell 11 12'])
    expect(corners(call({ entry: null, targets: [], stopLoss: null, band: { low: p('8'), high: p('12') } }))).toEqual([
      'hold 8 12',
    ])
    expect(corners(call({ type: 'AVOID', entry: null, targets: [], stopLoss: null }))).toEqual([])
  })

  it('lasts to its outcome, else to its end, else to where a newer house call took its place', () => {
    const ended = call({
      outcome: { status: 'STOPPED', at: '2026-01-03T00:00:00.000Z', rMultiple: -1, returnNetPct: -5 },
    })
    expect(zonesOf(ended, null)[0]!.to).toBe(at('2026-01-03T00:00:00.000Z'))
    expect(zonesOf(call({}), null)[0]!.to).toBe(at('2026-01-09T00:00:00.000Z'))
    const newer = call({ id: 'b', issuedAt: '2026-01-05T00:00:00.000Z' })
    const asked = call({ id: 'c', issuedAt: '2026-01-04T00:00:00.000Z', house: false })
    expect(supersededAt([newer, asked, call({})], 2)).toBe(at('2026-01-05T00:00:00.000Z'))
    expect(supersededAt([newer], 0)).toBeNull()
  })

  it('is the current one while it is followed and its horizon lasts', () => {
    const now = at('2026-01-04T00:00:00.000Z')
    expect(currentOf([call({ house: false, id: 'x' }), call({})], now)?.id).toBe('a')
    expect(currentOf([call({})], at('2026-01-10T00:00:00.000Z'))).toBeNull()
    expect(levelsOf(call({})).map(({ label, price: of }) => `${label} ${of}`)).toEqual([
      'Entry from 10',
      'Entry to 11',
      'Target 1 13',
      'Target 2 15',
      'Stop 9',
    ])
  })

  it('does not press the candles flat for levels that are far away, unless all are wished for', () => {
    const bars = [{ low: p('10'), high: p('11') }]
    const levels = [{ price: p('9') }, { price: p('30') }]
    expect(fitted(bars, levels, 'near')).toEqual({ low: 9, high: 11 })
    expect(fitted(bars, levels)).toEqual({ low: 9, high: 30 })
    expect(fitted([], [])).toBeNull()
  })
})

const reading = (id: string, lean: number) => ({
  id,
  kind: 'technical',
  value: 1,
  unit: '',
  lean,
  cites: ['x'],
  label: id,
  observedAt: null,
})
const analysis = (score: number): TokenAnalysis =>
  ({
    token: { id: 'bitcoin:native', chain: 'bitcoin', address: 'native' },
    readings: [reading('tech.rsi14', 0.4), reading('tech.macd', -0.2)],
    coverage: { technical: 0.5 },
    kinds: { technical: { score, quality: 1, coverage: 1 } },
  }) as unknown as TokenAnalysis

describe('what adds up to a view', () => {
  const told = stepsOf(analysis(0), 'technical')

  it('is not drawn where it does not end in the score that was told', () => {
    expect(told).toBeNull()
  })

  it('begins where the one before ended and ends in the score', () => {
    // Whatever the weights of the two are, their score lies between their leans; the one that fits is found, and only that.
    const scores = Array.from({ length: 6_001 }, (_, i) => -0.2 + i / 10_000)
    const fitting = scores.map((score) => stepsOf(analysis(score), 'technical')).filter((steps) => steps !== null)
    expect(fitting.length).toBeGreaterThan(0)
    expect(fitting.length).toBeLessThan(20)
    const [first, second] = fitting[0]!
    expect([first!.from, second!.from]).toEqual([0, first!.to])
    expect(Math.abs(first!.adds)).toBeGreaterThanOrEqual(Math.abs(second!.adds))
  })

  it('is told by its largest, and the rest together', () => {
    const steps = Array.from({ length: 8 }, (_, i) => ({ id: String(i), label: '', adds: 1, from: i, to: i + 1 }))
    expect(summed(steps, 5).rest).toHaveLength(3)
    expect(summed(steps.slice(0, 6), 5).rest).toEqual([])
  })
})

it('each source is told once, with all it told and how old the newest of it is', () => {
  const figure = (source: string, name: string, observedAt: string) => ({
    what: 'figure',
    source,
    token: null,
    observedAt,
    fetchedAt: observedAt,
    name,
    value: 1,
  })
  const told = {
    figures: [
      figure('goplus', 'holders', '2026-01-01T00:00:00.000Z'),
      figure('goplus', 'supply', '2026-01-02T00:00:00.000Z'),
    ],
    hazards: [
      {
        what: 'hazard',
        source: 'goplus',
        token: null,
        observedAt: '2026-01-01T00:00:00.000Z',
        fetchedAt: '',
        danger: 'honeypot',
        present: false,
      },
    ],
    stories: [{ id: 'coindesk:1', at: '2026-01-03T00:00:00.000Z' }],
    price: { value: p('1'), source: 'kraken+okx', ageMs: 1_000 },
    at: '2026-01-04T00:00:00.000Z',
  } as unknown as TokenAnalysis
  const by = toldBy(told)
  expect(by.map(({ source }) => source)).toEqual(['goplus', 'coindesk', 'kraken', 'okx'])
  expect(by[0]!.newestAt).toBe(Date.parse('2026-01-02T00:00:00.000Z'))
  expect(by[2]!.newestAt).toBe(Date.parse('2026-01-03T23:59:59.000Z'))
  expect(seenAt('goplus:honeypot', told)).toBe(Date.parse('2026-01-01T00:00:00.000Z'))
  expect(seenAt('goplus:mintable', told)).toBeNull()
})
