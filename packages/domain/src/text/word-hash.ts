/** FNV-1a over UTF-16 units that are already folded. Zero means "no word" in a table, so that no word has it. */
export function wordHash(word: string): number {
  let hash = hashSeed
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), hashPrime)
  return hash === 0 ? 1 : hash
}

export const hashSeed = 0x811c9dc5 | 0
export const hashPrime = 0x01000193

/** The hash of a phrase from that of its beginning and of its next word: order counts. */
export function phraseHash(before: number, next: number): number {
  const mixed = Math.imul(before ^ (before >>> 15), 0x2c1b3c6d) ^ Math.imul(next, 0x297a2d39)
  const hash = mixed ^ (mixed >>> 13)
  return hash === 0 ? 1 : hash
}
