/** Keeps what was made last, at most `limit` entries: what is forgotten is made again, alike. */
export function createRecent<Made>(limit: number) {
  const kept = new Map<number, Made>()
  return function recent(key: number, make: () => Made): Made {
    const found = kept.get(key)
    if (found !== undefined) return found
    const made = make()
    if (kept.size >= limit) kept.delete(kept.keys().next().value!)
    kept.set(key, made)
    return made
  }
}
