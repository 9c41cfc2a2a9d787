import { days, fromIso, hours, tokenId } from '@pumpiq/domain'
import { expect, it } from 'vitest'
import { knownAtOf } from './arrival.ts'
import { figuresAt, figuresIn } from './figures.ts'
import { Plan } from './plan.ts'
import { madeUpPlan } from './testing.ts'

const day = '2023-04-12'
const midnight = fromIso(day)

it('what is known at the end of a day is not known during it', () => {
  const arrival = { at: 'end-of-day', of: 'date', lag: 0 } as const
  expect(knownAtOf(arrival, day, 'here')).toBe(midnight + days(1))
  expect(knownAtOf(arrival, `${day}T23:59:59Z`, 'here')).toBe(midnight + days(1))
  expect(knownAtOf({ ...arrival, lag: hours(24) }, day, 'here')).toBe(midnight + days(2))
})

it('an instant counts as it is, but a stamp of a day from the end of that day', () => {
  const arrival = { at: 'instant', of: 'ts', lag: hours(1), dayStamps: true } as const
  expect(knownAtOf(arrival, `${day}T10:00:00Z`, 'here')).toBe(midnight + hours(11))
  expect(knownAtOf(arrival, `${day}T00:00:00Z`, 'here')).toBe(midnight + days(1) + hours(1))
  expect(knownAtOf({ ...arrival, dayStamps: false }, `${day}T00:00:00Z`, 'here')).toBe(midnight + hours(1))
  expect(knownAtOf(arrival, String(midnight + 5), 'here')).toBe(midnight + 5 + hours(1))
})

it('refuses what is no day and no instant, by place and value', () => {
  expect(() => knownAtOf({ at: 'end-of-day', of: 'date', lag: 0 }, 'yesterday', 'x.csv, line 3, date')).toThrow(
    'x.csv, line 3, date: "yesterday" is no day',
  )
  expect(() => knownAtOf({ at: 'instant', of: 'ts', lag: 0, dayStamps: false }, 'noon', 'x.csv, line 3, ts')).toThrow(
    'x.csv, line 3, ts must be an ISO 8601 instant',
  )
})

const series = { ...Plan.parse(madeUpPlan).figures[0]! }
const token = tokenId('madechain:native')
const linesOf = (rows: Record<string, string>[]) =>
  figuresIn({
    series,
    table: { file: 'chain.csv', sha256: '', bytes: 0, rows: rows.map((row, i) => ({ line: i + 2, row })) },
    tokens: new Map([['MADE', token]]),
  })

it('a figure is told from its arrival until it is stale, with the one of the day before', () => {
  const lines = linesOf([
    { date: '2023-04-11', used: '100' },
    { date: day, used: '130' },
  ])
  const arrives = midnight + days(1) + hours(6)
  const at = (instant: number) => figuresAt(lines, token, instant)
  expect(at(arrives - 1).figures.map(({ value }) => value)).toEqual([100])
  expect(at(arrives).figures.map(({ value }) => value)).toEqual([130])
  expect(at(arrives).earlier.map(({ value }) => value)).toEqual([100])
  expect(at(arrives).figures[0]).toMatchObject({
    observedAt: '2023-04-13T00:00:00.000Z',
    fetchedAt: '2023-04-13T06:00:00.000Z',
  })
  expect(at(arrives + hours(26)).figures).toHaveLength(1)
  expect(at(arrives + hours(26) + 1).figures).toHaveLength(0)
  expect(figuresAt(lines, tokenId('other:native'), arrives).figures).toEqual([])
})

it('a hole of days leaves no day before, and a row that stands twice counts once', () => {
  const lines = linesOf([
    { date: '2023-04-09', used: '100' },
    { date: day, used: '130' },
    { date: day, used: '999' },
    { date: '2023-04-10', used: '' },
  ])
  const { figures, earlier } = figuresAt(lines, token, midnight + days(1) + hours(6))
  expect(figures.map(({ value }) => value)).toEqual([130])
  expect(earlier).toEqual([])
})

it('refuses a figure that cannot be, by file, line and column', () => {
  expect(() => linesOf([{ date: day, used: '-5' }])).toThrow('chain.csv, line 2, used: "-5"')
  expect(() => linesOf([{ date: day, used: 'many' }])).toThrow('chain.csv, line 2, used: "many"')
})
