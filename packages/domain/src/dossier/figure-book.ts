import type { FigureName } from '../words/figure.ts'
import { round } from '../words/numbers.ts'
import type { Figure } from '../words/observation.ts'
import type { Agreed } from '../signals/gathered.ts'

/** Figures of one thing that every source must see alike, and by which factor their answers may differ. What sources each count for themselves may. */
const alike: Partial<Record<FigureName, number>> = {
  priceUsd: 1.25,
  marketCapUsd: 2.5,
  liquidityUsd: 3,
  holders: 2,
  supply: 1.5,
  circulatingSupply: 2,
}

/** Within a day a figure that nobody else confirms does not move by this factor: whoever says so is not believed. */
const leap = 5
const leaping: ReadonlySet<FigureName> = new Set([
  'liquidityUsd',
  'holders',
  'marketCapUsd',
  'openInterestUsd',
  'tvlUsd',
  'chainTvlUsd',
  'supply',
])

/** Told by one source of one thing: of the token, or of the whole market. */
const isSame = (one: Figure, other: Figure): boolean => one.source === other.source && one.token === other.token
/** What a source tells of the token counts, not what it tells of the market under the same name; else the newer one. */
const isNearer = (one: Figure, other: Figure): boolean =>
  one.token === other.token ? one.observedAt > other.observedAt : other.token === null

const citeOf = ({ source, name }: Figure): string => `${source}:${name}`

/** What figures come to where several sources tell them. `doubts` says what was not believed, and of whom. */
export type FigureBook = {
  now(name: FigureName): Agreed | null
  change(name: FigureName): Agreed | null
  readonly doubts: readonly { readonly name: FigureName; readonly sources: readonly string[]; readonly why: string }[]
}

/** `current` is what the sources tell, `earlier` the same as it stood about a day before; of one source and name the newest counts. */
export function createFigureBook(current: readonly Figure[], earlier: readonly Figure[]): FigureBook {
  const told = byName(current)
  const before = byName(earlier)
  const doubts: FigureBook['doubts'][number][] = []
  const believed = new Map<FigureName, readonly Figure[]>()
  for (const [name, figures] of told) {
    const why = doubtIn(name, figures, before.get(name) ?? [])
    if (why) doubts.push({ name, sources: figures.map(({ source }) => source), why })
    else believed.set(name, figures)
  }
  return {
    doubts,
    now(name) {
      const figures = believed.get(name)
      return figures ? { value: middle(figures.map(({ value }) => value)), cites: figures.map(citeOf) } : null
    },
    change(name) {
      const pairs = (believed.get(name) ?? []).flatMap((figure) => {
        const then = before.get(name)?.find((one) => isSame(one, figure))
        return then && then.value > 0 ? [{ figure, ratio: figure.value / then.value - 1 }] : []
      })
      if (pairs.length === 0) return null
      return { value: middle(pairs.map(({ ratio }) => ratio)), cites: pairs.map(({ figure }) => citeOf(figure)) }
    },
  }
}

function byName(figures: readonly Figure[]): Map<FigureName, Figure[]> {
  const names = new Map<FigureName, Figure[]>()
  for (const figure of figures) {
    const known = names.get(figure.name) ?? []
    const i = known.findIndex(({ source }) => source === figure.source)
    if (i < 0) known.push(figure)
    else if (isNearer(figure, known[i]!)) known[i] = figure
    names.set(figure.name, known)
  }
  return names
}

function doubtIn(name: FigureName, figures: readonly Figure[], before: readonly Figure[]): string | null {
  const values = figures.map(({ value }) => value)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const factor = alike[name]
  if (factor !== undefined && high > low * factor) {
    const said = figures.map(({ source, value }) => `${source} ${shown(value)}`).join(', ')
    return `${name} differs by more than a factor of ${factor}: ${said}`
  }
  const [only] = figures
  const then = before.find((one) => only && isSame(one, only))
  if (figures.length > 1 || !leaping.has(name) || !only || !then || then.value <= 0) return null
  const ratio = only.value / then.value
  if (ratio <= leap && ratio >= 1 / leap) return null
  return `${name} of ${only.source} went from ${shown(then.value)} to ${shown(only.value)} within a day, and nobody else tells it`
}

const shown = (value: number): string => String(round(value, 6))

/** The middle value; of an even number the mean of the two in the middle. */
function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}
