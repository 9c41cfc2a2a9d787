import { fromLogit, logit, type Model, type Trials } from '@pumpiq/domain'

/** Trees of two questions; the same data give the same trees. */
type Settings = {
  readonly trees: number
  /** How much of each tree is added. */
  readonly pace: number
  /** A leaf holds at least this share of the rows. */
  readonly leafShare: number
  /** Added to the curvature of a leaf, in rows of p = 1/2: it shrinks what few rows say. */
  readonly penaltyShare: number
}

const settings: Settings = { trees: 40, pace: 0.1, leafShare: 0.02, penaltyShare: 0.01 }
const bins = 32
const mostRows = 15_000

type Split = { readonly column: number; readonly bin: number }
type Tree = { readonly first: Split; readonly below: Split; readonly above: Split; readonly leaves: readonly number[] }

/**
 * Gradient boosting on the log odds of the level below (Friedman 2001, with Newton's leaves): what a model that may bend can find in every
 * lean and regime. For comparison only; nothing that ships is made by it.
 */
export const boostModel: Model = {
  id: 'boost',
  what: `gradient boosting of ${settings.trees} trees of two questions on every lean, the prior and the regime`,
  train(trials, known) {
    const rows = thinned(known)
    const columns = columnsOf(trials)
    const edges = columns.map((column) => edgesOf(column, rows))
    const binned = columns.map((column, k) => Uint8Array.from(rows, (i) => binOf(column[i]!, edges[k]!)))
    const odds = Float64Array.from(rows, (i) => logit(trials.below[i]!))
    const hit = Uint8Array.from(rows, (i) => trials.hit[i]!)
    const trees: Tree[] = []
    for (let k = 0; k < settings.trees; k++) trees.push(grow(binned, odds, hit))
    return (asked, out) =>
      asked.forEach((i) => {
        const read = (column: number) => binOf(columns[column]![i]!, edges[column]!)
        out[i] = fromLogit(trees.reduce((sum, tree) => sum + valueOf(tree, read), logit(trials.below[i]!)))
      })
  },
}

/** Windows overlap many times, so one row in so many tells nearly as much as all. */
function thinned(rows: Uint32Array): Uint32Array {
  const every = Math.ceil(rows.length / mostRows)
  return every === 1 ? rows : rows.filter((_, n) => n % every === 0)
}

const columnsOf = ({ input, extra }: Trials): Float64Array[] => [
  input.below,
  input.lean,
  input.side,
  input.busy,
  input.wild,
  ...extra,
]

function edgesOf(column: Float64Array, rows: Uint32Array): Float64Array {
  const sorted = Float64Array.from(rows, (i) => zeroed(column[i]!)).toSorted()
  return Float64Array.from({ length: bins - 1 }, (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / bins)]!)
}

const zeroed = (value: number): number => (Number.isNaN(value) ? 0 : value)

function binOf(value: number, edges: Float64Array): number {
  let [low, high] = [0, edges.length]
  const wanted = zeroed(value)
  while (low < high) {
    const middle = (low + high) >> 1
    if (wanted > edges[middle]!) low = middle + 1
    else high = middle
  }
  return low
}

const leafOf = ({ first, below, above }: Tree | Omit<Tree, 'leaves'>, read: (column: number) => number): number => {
  const isAbove = read(first.column) > first.bin
  const { column, bin } = isAbove ? above : below
  return (isAbove ? 2 : 0) + (read(column) > bin ? 1 : 0)
}

const valueOf = (tree: Tree, read: (column: number) => number): number => tree.leaves[leafOf(tree, read)]!

/** One tree on the slopes as they stand; adds it to the odds. */
function grow(binned: readonly Uint8Array[], odds: Float64Array, hit: Uint8Array): Tree {
  const n = odds.length
  const slope = new Float64Array(n)
  const curve = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const p = 1 / (1 + Math.exp(-odds[i]!))
    slope[i] = hit[i]! - p
    curve[i] = p * (1 - p)
  }
  const all = new Uint8Array(n)
  const first = bestSplit(binned, { slope, curve, group: all, wanted: 0 })
  for (let i = 0; i < n; i++) all[i] = binned[first.column]![i]! > first.bin ? 1 : 0
  const below = bestSplit(binned, { slope, curve, group: all, wanted: 0 })
  const above = bestSplit(binned, { slope, curve, group: all, wanted: 1 })
  const sums = [0, 0, 0, 0]
  const curves = [0, 0, 0, 0]
  const leaf = new Uint8Array(n)
  for (let i = 0; i < n; i++) {
    leaf[i] = leafOf({ first, below, above }, (column) => binned[column]![i]!)
    sums[leaf[i]!]! += slope[i]!
    curves[leaf[i]!]! += curve[i]!
  }
  const penalty = (settings.penaltyShare * n) / 4
  const leaves = sums.map((sum, k) => (settings.pace * sum) / (curves[k]! + penalty))
  for (let i = 0; i < n; i++) odds[i]! += leaves[leaf[i]!]!
  return { first, below, above, leaves }
}

type Slopes = { slope: Float64Array; curve: Float64Array; group: Uint8Array; wanted: number }

/** The question that lowers the loss most, of those that leave enough rows on both sides; the first of equals. */
function bestSplit(binned: readonly Uint8Array[], { slope, curve, group, wanted }: Slopes): Split {
  const n = slope.length
  const penalty = (settings.penaltyShare * n) / 4
  const least = (settings.leafShare * n) / 4
  let best = { column: 0, bin: bins, gain: 0 }
  const sums = new Float64Array(bins)
  const curves = new Float64Array(bins)
  for (let column = 0; column < binned.length; column++) {
    sums.fill(0)
    curves.fill(0)
    const own = binned[column]!
    for (let i = 0; i < n; i++) {
      if (group[i] !== wanted) continue
      sums[own[i]!]! += slope[i]!
      curves[own[i]!]! += curve[i]!
    }
    const [sum, whole] = [sums.reduce((a, b) => a + b, 0), curves.reduce((a, b) => a + b, 0)]
    let [left, leftCurve] = [0, 0]
    for (let bin = 0; bin < bins - 1; bin++) {
      left += sums[bin]!
      leftCurve += curves[bin]!
      if (leftCurve < least || whole - leftCurve < least) continue
      const gain =
        left ** 2 / (leftCurve + penalty) +
        (sum - left) ** 2 / (whole - leftCurve + penalty) -
        sum ** 2 / (whole + penalty)
      if (gain > best.gain + 1e-12) best = { column, bin, gain }
    }
  }
  return { column: best.column, bin: best.bin }
}
