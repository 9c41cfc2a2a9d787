/** NaN in the first `count` places of a column, never beyond `length`. A plain loop: for so few places `fill` costs more. */
export function blank(out: Float64Array, count: number, length: number): void {
  const end = count < length ? count : length
  for (let i = 0; i < end; i++) out[i] = Number.NaN
}
