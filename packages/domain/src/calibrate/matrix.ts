/** Small square matrices, row by row. */
export type Matrix = Float64Array[]

export const zeros = (size: number): Matrix => Array.from({ length: size }, () => new Float64Array(size))

/** The lower Cholesky factor of a symmetric positive matrix; what rounding makes too small to divide by is held above zero. */
function factorOf(matrix: Matrix): Matrix {
  const lower = zeros(matrix.length)
  for (let i = 0; i < matrix.length; i++) {
    for (let k = 0; k <= i; k++) {
      let sum = matrix[i]![k]!
      for (let m = 0; m < k; m++) sum -= lower[i]![m]! * lower[k]![m]!
      lower[i]![k] = i === k ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[k]![k]!
    }
  }
  return lower
}

/** x with matrix x = right, the matrix symmetric and positive. */
export function solve(matrix: Matrix, right: ArrayLike<number>): Float64Array {
  const lower = factorOf(matrix)
  const size = matrix.length
  const x = Float64Array.from(right)
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!
    x[i]! /= lower[i]![i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= lower[k]![i]! * x[k]!
    x[i]! /= lower[i]![i]!
  }
  return x
}

/** Of a symmetric positive matrix. */
export function inverse(matrix: Matrix): Matrix {
  return matrix.map((_, i) =>
    solve(
      matrix,
      Float64Array.from(matrix, (__, k) => (i === k ? 1 : 0)),
    ),
  )
}

export function product(a: Matrix, b: Matrix): Matrix {
  const out = zeros(a.length)
  for (let i = 0; i < a.length; i++)
    for (let k = 0; k < a.length; k++) for (let m = 0; m < a.length; m++) out[i]![k]! += a[i]![m]! * b[m]![k]!
  return out
}

/** a + share x b. */
export const plus = (a: Matrix, b: Matrix, share = 1): Matrix =>
  a.map((row, i) => row.map((value, k) => value + share * b[i]![k]!))
