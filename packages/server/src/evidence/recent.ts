/** Told whether what was asked for was known. */
export type Looked = (isKnown: boolean) => void

/** The values that were set or asked for last, so many of them. */
export function createRecent<T>(atMost: number, looked: Looked = () => {}) {
  const known = new Map<string, T>()
  function set(key: string, value: T): void {
    // Put in anew, so that what was not asked for the longest goes first.
    known.delete(key)
    known.set(key, value)
    if (known.size > atMost) known.delete(known.keys().next().value!)
  }
  function get(key: string): T | undefined {
    const value = known.get(key)
    looked(value !== undefined)
    if (value !== undefined) set(key, value)
    return value
  }
  return {
    get,
    set,
    /** What is known under the key, else what is made now. */
    remember(key: string, make: () => T): T {
      const value = get(key) ?? make()
      set(key, value)
      return value
    },
  }
}
