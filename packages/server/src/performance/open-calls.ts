import { anything, createLevelIndex, type Levels, type Shown } from '@pumpiq/domain'
import type { Following } from './following.ts'

/** The calls of one series; none where only a late correction of what has ended is waited for. */
export type Group = {
  readonly key: string
  readonly token: Following['token']
  readonly source: string
  readonly symbol: string
  /** Epoch ms of the oldest issue whose candles are needed. */
  readonly since: number
}

export type OpenCalls = ReturnType<typeof createOpenCalls>

type Held = {
  key: string
  token: Following['token']
  source: string
  symbol: string
  calls: Map<string, number>
  since: number
}

export const keyOf = ({ token, source }: { token: string; source: string }): string => `${source} ${token}`

/** What is open, by series, under the levels that would change it: new ones are touched by any candle. All of it can be read again. */
export function createOpenCalls() {
  let index = createLevelIndex()
  /** By entry of the index. */
  const byEntry: (Following | undefined)[] = []
  const entries = new Map<string, number>()
  const groups = new Map<string, Held>()
  const numbers = new Map<string, number>()

  const sinceOf = ({ calls }: Held): number => {
    let since = Infinity
    for (const entry of calls.values()) since = Math.min(since, byEntry[entry]!.plan.issuedAt)
    return since
  }

  return {
    has: (id: string): boolean => entries.has(id),
    ids: (): Iterable<string> => entries.keys(),
    groups: (): Iterable<Group> => groups.values(),
    group: (key: string): Group | null => groups.get(key) ?? null,

    add(call: Following): void {
      if (entries.has(call.id)) return
      const { token, source, symbol } = call
      const key = keyOf(call)
      const group = groups.get(key) ?? { key, token, source, symbol, calls: new Map(), since: Infinity }
      groups.set(key, group)
      const series = numbers.get(key) ?? numbers.size
      numbers.set(key, series)
      const entry = index.add(series, anything)
      byEntry[entry] = call
      entries.set(call.id, entry)
      group.calls.set(call.id, entry)
      group.since = Math.min(group.since, call.plan.issuedAt)
    },

    drop(id: string): void {
      const entry = entries.get(id)
      if (entry === undefined) return
      const call = byEntry[entry]!
      const group = groups.get(keyOf(call))!
      index.remove(entry)
      byEntry[entry] = undefined
      entries.delete(id)
      group.calls.delete(id)
      if (group.calls.size === 0) groups.delete(group.key)
      else if (call.plan.issuedAt === group.since) group.since = sinceOf(group)
    },

    /** Those of a series that what was shown touches; all of them where it may concern any. */
    touched(key: string, shown: Shown | 'all'): Following[] {
      const group = groups.get(key)
      if (!group) return []
      const found: number[] = shown === 'all' ? [...group.calls.values()] : []
      if (shown !== 'all') index.touched(numbers.get(key)!, shown, found)
      return found.map((entry) => byEntry[entry]!)
    },

    /** What would change one now. */
    move(id: string, levels: Levels): void {
      const entry = entries.get(id)
      if (entry !== undefined) index.move(entry, levels)
    },

    clear(): void {
      index = createLevelIndex()
      byEntry.length = 0
      for (const map of [entries, groups, numbers]) map.clear()
    },
  }
}
