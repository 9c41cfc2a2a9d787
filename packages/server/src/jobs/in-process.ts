import type { Clock } from '../platform/clock.ts'
import type { Role } from '../platform/roles.ts'
import { HandBack, type Backend, type Schedule, type Taken } from './backend.ts'
import { after, isDone } from './within.ts'

type Run = (taken: Taken) => Promise<void>
type Entry = Taken & { readonly retries: number; readonly dueAt: number }
type Worker = { concurrency: number; run: Run; running: Set<Promise<void>> }
type Line = {
  waiting: Entry[]
  active: Set<Entry>
  delayed: Set<Entry>
  failed: number
  workers: Set<Worker>
  schedules: Map<string, { everyMs: number; end: AbortController }>
}

const firstPauseMs = 1_000
const keptFailures = 100

/**
 * A queue that lives and dies with the process, on the clock it is given: for tests whose time stands still, and for commands that do one
 * thing. It keeps what the others keep (one job an id, one a slot, retries with growing pauses) but what it holds is lost at the end.
 */
export function createInProcessBackend({ clock }: { clock: Clock }): Backend {
  const lines = new Map<Role, Line>()
  const closed = new AbortController()
  let count = 0

  function lineOf(role: Role): Line {
    const known = lines.get(role)
    if (known) return known
    const line: Line = {
      waiting: [],
      active: new Set(),
      delayed: new Set(),
      failed: 0,
      workers: new Set(),
      schedules: new Map(),
    }
    lines.set(role, line)
    return line
  }

  function pump(line: Line): void {
    for (const worker of line.workers) {
      while (worker.running.size < worker.concurrency && line.waiting.length > 0) {
        const run = runOne(line, line.waiting.shift()!, worker).finally(() => {
          worker.running.delete(run)
          pump(line)
        })
        worker.running.add(run)
      }
    }
  }

  async function runOne(line: Line, entry: Entry, worker: Worker): Promise<void> {
    line.active.add(entry)
    try {
      await worker.run(entry)
      line.active.delete(entry)
    } catch (thrown) {
      line.active.delete(entry)
      if (thrown instanceof HandBack) line.waiting.unshift(entry)
      else if (entry.attempt < entry.retries)
        later(line, { ...entry, attempt: entry.attempt + 1 }, pauseMs(entry.attempt))
      else line.failed = Math.min(line.failed + 1, keptFailures)
    }
  }

  function later(line: Line, entry: Entry, ms: number): void {
    const due = { ...entry, dueAt: clock.now() + ms }
    line.delayed.add(due)
    void after(clock, ms, closed.signal, () => {
      line.delayed.delete(due)
      line.waiting.push(due)
      pump(line)
    })
  }

  async function keepTime(line: Line, { name, everyMs, retries }: Schedule, end: AbortSignal): Promise<void> {
    while (!end.aborted) {
      const slot = (Math.floor(clock.now() / everyMs) + 1) * everyMs
      const entry = { name, payload: {}, key: `${name}@${slot}`, slot, attempt: 0, retries, dueAt: slot }
      line.delayed.add(entry)
      const isDue = await isDone(clock.sleep(slot - clock.now(), end))
      line.delayed.delete(entry)
      if (isDue) line.waiting.push(entry)
      pump(line)
    }
  }

  return {
    kind: 'in-process',
    lookEveryMs: null,
    async place(role, { name, payload, id, retries }) {
      const line = lineOf(role)
      const key = id === null ? `${name}#${++count}` : `${name}/${id}`
      if ([line.waiting, line.active, line.delayed].some((entries) => has(entries, key))) return
      line.waiting.push({ name, payload: payload ?? {}, key, slot: null, attempt: 0, retries, dueAt: clock.now() })
      pump(line)
    },
    work(role, concurrency, run) {
      const line = lineOf(role)
      const worker: Worker = { concurrency, run, running: new Set() }
      line.workers.add(worker)
      pump(line)
      return {
        async stop() {
          line.workers.delete(worker)
          await Promise.all(worker.running)
        },
      }
    },
    async schedule(role, schedules) {
      const line = lineOf(role)
      for (const schedule of schedules) {
        const before = line.schedules.get(schedule.name)
        if (before?.everyMs === schedule.everyMs) continue
        before?.end.abort(new Error('another interval'))
        const end = new AbortController()
        line.schedules.set(schedule.name, { everyMs: schedule.everyMs, end })
        void keepTime(line, schedule, AbortSignal.any([closed.signal, end.signal]))
      }
    },
    async unschedule(role, name) {
      const { schedules } = lineOf(role)
      schedules.get(name)?.end.abort(new Error('taken away'))
      schedules.delete(name)
    },
    async counts(role) {
      const { waiting, active, delayed, failed } = lineOf(role)
      return {
        waiting: waiting.length,
        active: active.size,
        delayed: delayed.size,
        failed,
        oldestWaitingMs: waiting.length === 0 ? null : clock.now() - Math.min(...waiting.map(({ dueAt }) => dueAt)),
      }
    },
    answers: async () => !closed.signal.aborted,
    async close() {
      closed.abort(new Error('closed'))
      for (const line of lines.values()) line.workers.clear()
    },
  }
}

/** 1, 2, 4, ... seconds: nobody else comes back at the same time, so nothing is shortened by chance. */
const pauseMs = (attempt: number): number => firstPauseMs * 2 ** attempt

function has(entries: Iterable<Entry>, key: string): boolean {
  for (const entry of entries) if (entry.key === key) return true
  return false
}
