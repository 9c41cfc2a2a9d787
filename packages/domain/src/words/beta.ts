/** The value below which a share `p` of the Beta distribution lies, for whole `a` and `b` of 1 or more; to about 1e-12. */
export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0
  let high = 1
  for (let step = 0; step < 42; step++) {
    const middle = (low + high) / 2
    if (betaCdf(middle, a, b) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/**
 * For whole parameters it is the chance of at least `a` successes in a + b - 1 trials (DLMF 8.17.5). Summed over the smaller tail, from its
 * largest term outwards, so that nothing underflows that matters.
 */
function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1
  const trials = a + b - 1
  const odds = x / (1 - x)
  const isUpper = x < a / (a + b)
  let successes = isUpper ? a : a - 1
  let term = Math.exp(logChoose(trials, successes) + successes * Math.log(x) + (trials - successes) * Math.log1p(-x))
  let sum = 0
  while (successes >= 0 && successes <= trials && term > 1e-18 * sum) {
    sum += term
    if (isUpper) term *= ((trials - successes++) / successes) * odds
    else term *= successes-- / (trials - successes) / odds
  }
  return isUpper ? sum : 1 - sum
}

function logChoose(n: number, k: number): number {
  let sum = 0
  for (let i = 1; i <= Math.min(k, n - k); i++) sum += Math.log((n - Math.min(k, n - k) + i) / i)
  return sum
}
