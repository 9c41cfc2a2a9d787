/** Rows of equal forecast, or of one bin: how many, the sum of forecasts, how many happened. */
export type Counted = { readonly n: number; readonly said: number; readonly came: number }

/** Murphy's three parts (1973): with forecasts of a bin taken as their mean, Brier = reliability - resolution + uncertainty. */
export type Murphy = {
  /** Mean square distance between what was said and what came; 0 is honest. */
  readonly reliability: number
  /** Mean square distance of the bins' frequencies from the base rate; 0 tells nothing apart. */
  readonly resolution: number
  /** p (1 - p) of the base rate. */
  readonly uncertainty: number
  /** Resolution less what bins of so few independent outcomes show by chance alone (Ferro and Fricker 2012). */
  readonly resolutionOverChance: number
  /** Whether the resolution is more than chance shows in 19 cases of 20. */
  readonly tellsApart: boolean
}

/** `worth` is how many independent outcomes a row stands for, 1 or less. Null of nothing. */
export function murphyOf(bins: readonly Counted[], worth: number): Murphy | null {
  const filled = bins.filter(({ n }) => n > 0)
  const n = filled.reduce((sum, bin) => sum + bin.n, 0)
  if (n === 0) return null
  const rate = filled.reduce((sum, { came }) => sum + came, 0) / n
  const uncertainty = rate * (1 - rate)
  let [reliability, resolution, chance] = [0, 0, 0]
  for (const bin of filled) {
    const came = bin.came / bin.n
    const share = bin.n / n
    reliability += share * (bin.said / bin.n - came) ** 2
    resolution += share * (came - rate) ** 2
    chance += (share * came * (1 - came)) / Math.max(1, bin.n * worth - 1)
  }
  const independent = n * worth
  const resolutionOverChance = resolution - chance + uncertainty / Math.max(1, independent - 1)
  const free = filled.length - 1
  const tellsApart = free > 0 && uncertainty > 0 && (independent * resolution) / uncertainty > chiSquare95(free)
  return { reliability, resolution, uncertainty, resolutionOverChance, tellsApart }
}

/** The 95 % point of chi square (Wilson and Hilferty 1931). */
function chiSquare95(degrees: number): number {
  const part = 2 / (9 * degrees)
  return degrees * (1 - part + 1.6448536269514722 * Math.sqrt(part)) ** 3
}

/** In words, for who reads the figures. */
export const skillWords = (murphy: Murphy | null): string =>
  murphy === null
    ? 'no skill: there is nothing to tell apart'
    : murphy.tellsApart
      ? 'what came more often was given a higher probability, beyond chance'
      : 'no skill: the forecasts tell apart what came from what did not no better than chance'
