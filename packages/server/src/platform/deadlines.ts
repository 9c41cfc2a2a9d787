type Entry = { readonly at: number; fire: (() => void) | null }

export type Deadlines = ReturnType<typeof createDeadlines>

/**
 * Times after which something is given up, thousands of them by one timer for each length: what ends in time, as nearly all does, costs a
 * line in a list. They keep no process alive.
 */
export function createDeadlines(now: () => number) {
  const lists = new Map<number, Entry[]>()

  function forget(list: Entry[]): void {
    let ended = 0
    while (ended < list.length && list[ended]!.fire === null) ended++
    if (ended > 0) list.splice(0, ended)
  }

  function wake(ms: number, list: Entry[], waitMs: number): void {
    setTimeout(() => {
      const due = now()
      for (const entry of list) {
        if (entry.at > due) break
        const { fire } = entry
        entry.fire = null
        fire?.()
      }
      forget(list)
      if (list.length > 0) wake(ms, list, Math.max(1, list[0]!.at - now()))
      else lists.delete(ms)
    }, waitMs).unref()
  }

  return {
    /** Calls `fire` after so long unless what is returned is called before. */
    after(ms: number, fire: () => void): () => void {
      const entry: Entry = { at: now() + ms, fire }
      const list = lists.get(ms)
      if (list) {
        forget(list)
        list.push(entry)
      } else {
        const made = [entry]
        lists.set(ms, made)
        wake(ms, made, ms)
      }
      return () => void (entry.fire = null)
    },
  }
}

/** Those of this process. */
export const deadlines = createDeadlines(() => performance.now())
