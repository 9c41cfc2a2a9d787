export type Lanes = ReturnType<typeof createLanes>

/** Work on one source is done one after the other, on several side by side. */
export function createLanes() {
  const ends = new Map<string, Promise<void>>()

  return {
    run(source: string, work: () => Promise<void>): Promise<void> {
      const done = (ends.get(source) ?? Promise.resolve()).then(work)
      ends.set(
        source,
        done.catch(() => {}),
      )
      return done
    },
    /** When all that was asked for is done. */
    idle: async (): Promise<void> => void (await Promise.all(ends.values())),
  }
}
