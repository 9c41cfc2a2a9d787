import type { BaselineResult } from './baselines.ts'

/** What one baseline, or the calls themselves, made of every window: NaN where it ended without a result. */
export type Column = {
  readonly token: Uint32Array
  readonly at: Float64Array
  readonly net: Float64Array
  readonly r: Float64Array
  readonly length: number
}

const FIRST = 64

/** Columns that double when they are full. */
export function createColumns(count: number) {
  let length = 0
  let token: Uint32Array = new Uint32Array(FIRST)
  let at: Float64Array = new Float64Array(FIRST)
  let figures: { net: Float64Array; r: Float64Array }[] = Array.from({ length: count }, () => ({
    net: new Float64Array(FIRST),
    r: new Float64Array(FIRST),
  }))
  const longer = <T extends Float64Array | Uint32Array>(from: T, to: T): T => {
    to.set(from)
    return to
  }
  const doubled = (column: Float64Array) => longer(column, new Float64Array(length * 2))
  return {
    get length() {
      return length
    },
    add(of: number, issuedAt: number, results: readonly (BaselineResult | null)[]): void {
      if (length === at.length) {
        token = longer(token, new Uint32Array(length * 2))
        at = doubled(at)
        figures = figures.map(({ net, r }) => ({ net: doubled(net), r: doubled(r) }))
      }
      token[length] = of
      at[length] = issuedAt
      for (const [k, result] of results.entries()) {
        figures[k]!.net[length] = result?.returnNetRatio ?? Number.NaN
        figures[k]!.r[length] = result?.rMultiple ?? Number.NaN
      }
      length++
    },
    of: (k: number): Column => ({ token, at, ...figures[k]!, length }),
  }
}
