/** Where a price went as a path of an SVG, so wide and so high; what is not known is left out, and no line is drawn over it. */
export function sparkPath(closes: readonly (number | null)[], width: number, height: number): string {
  const known = closes.filter((close) => close !== null)
  const low = Math.min(...known)
  const range = Math.max(...known) - low
  const step = width / Math.max(1, closes.length - 1)
  let isBroken = true
  let path = ''
  for (const [i, close] of closes.entries()) {
    if (close !== null) {
      // A price that stood still is a line in the middle.
      const y = range === 0 ? height / 2 : height - ((close - low) / range) * height
      path += `${isBroken ? 'M' : 'L'}${(i * step).toFixed(1)} ${y.toFixed(1)}`
    }
    isBroken = close === null
  }
  return path
}
