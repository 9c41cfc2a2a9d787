import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FigureName } from '../words/figure.ts'
import type { Figure } from '../words/observation.ts'
import { createFigureBook } from './figure-book.ts'

const figure = (source: string, name: FigureName, value: number, hour = 12): Figure => ({
  what: 'figure',
  source,
  token: 'solana:x',
  name,
  value,
  observedAt: `2026-03-01T${String(hour).padStart(2, '0')}:00:00.000Z`,
  fetchedAt: `2026-03-01T${String(hour).padStart(2, '0')}:00:01.000Z`,
})

describe('a book of figures', () => {
  it('takes the middle of what sources say, of each its newest word, and cites them', () => {
    const told = [figure('a', 'liquidityUsd', 90), figure('b', 'liquidityUsd', 100), figure('c', 'liquidityUsd', 120)]
    const book = createFigureBook([...told, figure('a', 'liquidityUsd', 1, 9)], [])
    expect(book.now('liquidityUsd')).toEqual({
      value: 100,
      cites: ['a:liquidityUsd', 'b:liquidityUsd', 'c:liquidityUsd'],
    })
    expect(createFigureBook(told.slice(0, 2), []).now('liquidityUsd')!.value).toBe(95)
    expect(book.now('holders')).toBeNull()
  })

  it.each([
    ['priceUsd', 1, 10],
    ['liquidityUsd', 1e6, 1e7],
    ['liquidityUsd', 1e6, 0],
    ['holders', 500, 5_000],
  ] as const)('believes nobody about %s where one says %d and another %d', (name, one, other) => {
    const book = createFigureBook([figure('a', name, one), figure('b', name, other)], [])
    expect(book.now(name)).toBeNull()
    expect(book.change(name)).toBeNull()
    expect(book.doubts).toMatchObject([{ name, sources: ['a', 'b'] }])
  })

  it('lets sources differ about what each counts for itself', () => {
    const book = createFigureBook([figure('a', 'openInterestUsd', 1e6), figure('b', 'openInterestUsd', 1e9)], [])
    expect(book.doubts).toEqual([])
  })

  it.each([10, 0.1])('does not believe one source alone whose liquidity is %d times that of yesterday', (factor) => {
    const yesterday = [figure('a', 'liquidityUsd', 1e6, 0)]
    const book = createFigureBook([figure('a', 'liquidityUsd', 1e6 * factor)], yesterday)
    expect(book.now('liquidityUsd')).toBeNull()
    expect(book.doubts[0]!.why).toContain('nobody else tells it')
    const two = [figure('a', 'liquidityUsd', 1e6 * factor), figure('b', 'liquidityUsd', 1e6 * factor)]
    expect(createFigureBook(two, yesterday).now('liquidityUsd')!.value).toBeCloseTo(1e6 * factor)
  })

  it('keeps what a source tells of the token apart from what it tells of the market under the same name', () => {
    const ofMarket = (value: number, hour?: number) => ({ ...figure('a', 'chainTvlUsd', value, hour), token: null })
    const now = [ofMarket(1e11, 13), figure('a', 'chainTvlUsd', 5e9)]
    for (const told of [now, now.toReversed()]) {
      const book = createFigureBook(told, [ofMarket(9e10, 1), figure('a', 'chainTvlUsd', 4e9, 0)])
      expect([book.now('chainTvlUsd')!.value, book.doubts]).toEqual([5e9, []])
      expect(book.change('chainTvlUsd')!.value).toBeCloseTo(0.25)
    }
    const young = createFigureBook(now, [ofMarket(9e10, 1)])
    expect([young.now('chainTvlUsd')!.value, young.change('chainTvlUsd'), young.doubts]).toEqual([5e9, null, []])
  })

  it('compares each source with itself, and takes the middle change', () => {
    const before = [figure('a', 'openInterestUsd', 100, 0), figure('b', 'openInterestUsd', 1_000, 0)]
    const now = [
      figure('a', 'openInterestUsd', 110),
      figure('b', 'openInterestUsd', 1_300),
      figure('c', 'openInterestUsd', 5),
    ]
    expect(createFigureBook(now, before).change('openInterestUsd')).toEqual({
      value: expect.closeTo(0.2, 12) as number,
      cites: ['a:openInterestUsd', 'b:openInterestUsd'],
    })
    expect(createFigureBook(now, [figure('a', 'openInterestUsd', 0, 0)]).change('openInterestUsd')).toBeNull()
  })

  it('is the same in whatever order it was told, and never beyond what was told', () => {
    const values = fc.array(fc.double({ min: 1, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(values, (said) => {
        const figures = said.map((value, i) => figure(`s${i}`, 'volume24hUsd', value))
        const value = createFigureBook(figures, []).now('volume24hUsd')!.value
        expect(createFigureBook(figures.toReversed(), []).now('volume24hUsd')!.value).toBe(value)
        expect(value).toBeGreaterThanOrEqual(Math.min(...said))
        expect(value).toBeLessThanOrEqual(Math.max(...said))
      }),
    )
  })
})
