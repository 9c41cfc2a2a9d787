const units = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const

/** "$1.29 T", "$8.35 M", "$312": three figures are enough to compare by. */
export function usdShort(value: number): string {
  const [of, unit] = units.find(([least]) => value >= least) ?? [1, '']
  const short = value / of
  const text = short.toFixed(short >= 100 || unit === '' ? 0 : short >= 10 ? 1 : 2)
  return `$${text}${unit === '' ? '' : ` ${unit}`}`
}
