import { kinds, type Kind, type Weights } from '@pumpiq/domain'

/** One kind alone is a mode of its own: of the sum of 100 another one keeps at least this. */
const most = 99

/**
 * One weight is moved, the others make room in proportion, in whole percents that sum to 100 with at least two above 0. Where the others are
 * all 0 they share alike.
 */
export function rebalanced(weights: Weights, moved: Kind, wished: number): Weights {
  const value = Math.min(most, Math.max(0, Math.round(wished)))
  const others = kinds.filter((kind) => kind !== moved)
  const before = others.reduce((sum, kind) => sum + weights[kind], 0)
  const rest = 100 - value
  const exact = others.map((kind) => ({
    kind,
    share: before === 0 ? rest / others.length : (weights[kind] / before) * rest,
  }))
  const floors = exact.map(({ kind, share }) => ({ kind, whole: Math.floor(share), part: share - Math.floor(share) }))
  let left = rest - floors.reduce((sum, { whole }) => sum + whole, 0)
  const next = { ...weights, [moved]: value }
  // What is left over by rounding goes to whoever lost most by it.
  for (const { kind, whole } of floors.toSorted((a, b) => b.part - a.part)) next[kind] = whole + (left-- > 0 ? 1 : 0)
  return heardByTwo(next, moved)
}

/** Moved down to nothing, with all the rest on one other: the moved one keeps a percent. */
function heardByTwo(weights: Weights, moved: Kind): Weights {
  const used = kinds.filter((kind) => weights[kind] > 0)
  if (used.length > 1) return weights
  return { ...weights, [used[0]!]: most, [moved]: 100 - most }
}
