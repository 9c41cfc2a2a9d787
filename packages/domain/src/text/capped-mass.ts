/** No single voice has more than this share of all mass. */
const LARGEST = 1 / 3

/**
 * How much of each voice's mass counts, so that none has more than a third of all that counts, the prior included. With one voice alone
 * the prior carries the other two thirds.
 */
export function cappedMass(masses: ReadonlyMap<string, number>, prior: number): ReadonlyMap<string, number> {
  const sorted = [...masses.values()].toSorted((a, b) => b - a)
  let rest = prior + sorted.reduce((sum, mass) => sum + mass, 0)
  let cap = Number.POSITIVE_INFINITY
  // With the k largest at the cap: cap = (k cap + rest) / 3.
  for (let k = 0; k < 1 / LARGEST; k++) {
    cap = (rest * LARGEST) / (1 - k * LARGEST)
    const next = sorted[k] ?? 0
    if (next <= cap) break
    rest -= next
  }
  return new Map([...masses].map(([voice, mass]) => [voice, Math.min(mass, cap)]))
}
