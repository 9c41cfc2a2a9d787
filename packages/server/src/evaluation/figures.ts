import { days, Failure, figureFault, hours, toIso, type Figure, type FigureName, type TokenId } from '@pumpiq/domain'
import { dayOf, knownAtOf } from './arrival.ts'
import type { Constant, FigureSeries } from './plan.ts'
import { cellOf, type Table } from './tables.ts'

/** One figure of one source, oldest first; instants are epoch ms. */
type Line = {
  readonly source: string
  readonly token: TokenId | null
  readonly name: FigureName
  readonly freshMs: number
  readonly points: { readonly observedAt: number; readonly knownAt: number; readonly value: number }[]
}

export type FigureLines = readonly Line[]

type Reading = {
  readonly series: FigureSeries
  readonly table: Table
  readonly tokens: ReadonlyMap<string, TokenId>
}

/** A table of days to figures in our units, true at the end of their day. Empty cells are not known; a day that stands twice counts once, as first told. */
export function figuresIn({ series, table, tokens }: Reading): FigureLines {
  const token = series.token === null ? null : tokens.get(series.token)!
  const entries = table.rows
    .map((entry) => {
      const at = (column: string, field: string) => ({
        cell: cellOf(table, entry, column, `${series.id}.${field}`),
        where: `${table.file}, line ${entry.line}, ${column}`,
      })
      const date = at(series.date, 'date')
      const arrival = at(series.arrival.of, 'arrival.of')
      const observedAt = dayOf(date.cell, date.where) + days(1)
      const knownAt = knownAtOf(series.arrival, arrival.cell, arrival.where)
      if (knownAt < observedAt)
        throw new Failure(
          'invalid',
          `${arrival.where}: the plan says that it was known at ${toIso(knownAt)}, before its day had ended at ${toIso(observedAt)}`,
        )
      return { entry, observedAt, knownAt }
    })
    .toSorted((a, b) => a.observedAt - b.observedAt)
    .filter((one, i, all) => i === 0 || one.observedAt !== all[i - 1]!.observedAt)
  return Object.entries(series.columns).map(([column, { figure, factor }]) => ({
    source: series.source,
    token,
    name: figure,
    freshMs: series.freshFor,
    points: entries.flatMap(({ entry, observedAt, knownAt }) => {
      const cell = cellOf(table, entry, column, `${series.id}.columns`)
      if (cell === '' || cell === null) return []
      const value = Number(cell) * factor
      const fault = figureFault(figure, value)
      if (fault)
        throw new Failure('invalid', `${table.file}, line ${entry.line}, ${column}: ${JSON.stringify(cell)}: ${fault}`)
      return [{ observedAt, knownAt, value }]
    }),
  }))
}

/** What a rule makes, known since it was so. */
export const constantLine = ({ id, figure, value, from }: Constant, token: TokenId): Line => ({
  source: id,
  token,
  name: figure,
  freshMs: Number.POSITIVE_INFINITY,
  points: [{ observedAt: Date.parse(from), knownAt: Date.parse(from), value }],
})

/** A figure of about a day before is one that was true so long before the newest. */
const dayBefore = { least: hours(18), most: hours(30) } as const

/** What had arrived of a token and of the market by an instant and was still fresh, and the same figures as they stood a day before. */
export function figuresAt(lines: FigureLines, token: TokenId, at: number): { figures: Figure[]; earlier: Figure[] } {
  const figures: Figure[] = []
  const earlier: Figure[] = []
  for (const line of lines) {
    if (line.token !== null && line.token !== token) continue
    const known = line.points.slice(0, countKnown(line.points, at)).filter(({ knownAt }) => knownAt <= at)
    const newest = known.at(-1)
    if (!newest || at - newest.knownAt > line.freshMs) continue
    figures.push(figureOf(line, newest))
    const before = known.findLast(({ observedAt }) => {
      const ago = newest.observedAt - observedAt
      return ago >= dayBefore.least && ago <= dayBefore.most
    })
    if (before) earlier.push(figureOf(line, before))
  }
  return { figures, earlier }
}

/** Nothing is known before it was true: behind this many points none can have arrived. */
function countKnown(points: Line['points'], at: number): number {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (points[middle]!.observedAt <= at) low = middle + 1
    else high = middle
  }
  return low
}

const figureOf = ({ source, token, name }: Line, { observedAt, knownAt, value }: Line['points'][number]): Figure => ({
  what: 'figure',
  source,
  token,
  name,
  value,
  observedAt: toIso(observedAt),
  fetchedAt: toIso(knownAt),
})
