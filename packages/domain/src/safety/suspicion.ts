import { clamp } from '../words/numbers.ts'

/** What can be known of a token on its first day; null is what nobody tells. Shares are fractions. */
export type LaunchFeatures = {
  /** Of the pool's tokens: what its maker holds unlocked, and what is locked or burnt. */
  lpCreatorRatio: number | null
  lpLockedRatio: number | null
  /** Of the supply: what its maker and the ten largest holders have, pools and burnt tokens apart. */
  developerRatio: number | null
  top10Ratio: number | null
  mintable: boolean | null
}

/** Round numbers of our own, fitted on nothing: a pool that can be pulled is most of what a rug pull needs. */
const weights = { pull: 0.7, developer: 0.1, top10: 0.1, mint: 0.1 } as const

/**
 * How much a token looks like one that will be pulled, 0 to 1; null where nothing is known. It orders tokens and is no probability. What
 * nobody tells is left out, and the rest weighs the more.
 */
export function suspicion(features: LaunchFeatures): number | null {
  const { developerRatio, top10Ratio, mintable } = features
  const told = [
    [weights.pull, pullable(features)],
    [weights.developer, share(developerRatio)],
    [weights.top10, share(top10Ratio)],
    [weights.mint, mintable === null ? null : Number(mintable)],
  ].filter((one): one is [number, number] => one[1] !== null)
  const weight = told.reduce((sum, [each]) => sum + each, 0)
  return weight === 0 ? null : told.reduce((sum, [each, value]) => sum + (each / weight) * value, 0)
}

/** What its maker holds can be pulled, what is locked cannot; of the rest nobody knows whose other wallets hold it, so half of it counts. */
function pullable({ lpCreatorRatio, lpLockedRatio }: LaunchFeatures): number | null {
  const makers = share(lpCreatorRatio)
  const locked = share(lpLockedRatio)
  if (makers === null && locked === null) return null
  const rest = clamp(1 - (makers ?? 0) - (locked ?? 0), 0, 1)
  return clamp((makers ?? 0) + rest / 2, 0, 1)
}

const share = (value: number | null): number | null => (value === null ? null : clamp(value, 0, 1))
