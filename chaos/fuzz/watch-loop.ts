import { AsyncLocalStorage } from 'node:async_hooks'
import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import { PGlite } from '../../packages/server/src/db/pglite.ts'
import type { Backend } from '../../packages/server/src/jobs/backend.ts'

export type LoopFigures = {
  readonly p99Ms: number
  readonly worstMs: number
  /** The same without the time that this thread waited for a processor, or for the disk. */
  readonly p99OnCpuMs: number
  /** Of the longest hold, what this thread worked; the rest it waited for a processor. */
  readonly worstOnCpuMs: number
  /** Of the time on the processor, the share that the database had, by who asked it. */
  readonly cpuMs: number
  readonly sqlMs: Readonly<Record<'requests' | 'jobs', number>>
  /** Statements of which one step held the loop for longer than `slowMs`, with the longest. */
  readonly slow: readonly (readonly [text: string, ms: number])[]
}

const slowMs = 50
const ms = (ns: number) => Math.round(ns / 1e4) / 100

/** Who holds the event loop: the embedded database answers in its thread, by statement and by who asked; the rest is work of our own. */
export function watchLoop() {
  const job = new AsyncLocalStorage<string>()
  const delay = monitorEventLoopDelay({ resolution: 10 })
  const sqlMs = { requests: 0, jobs: 0 }
  const slow = new Map<string, number>()
  const begun = { cpuMs: 0 }
  const onCpu = createHistogram()
  const worst = { ms: 0, onCpuMs: 0 }
  let text = ''

  const send = PGlite.prototype.execProtocolRawSync
  PGlite.prototype.execProtocolRawSync = function (message) {
    text = textOf(message) ?? text
    const startedAt = threadMs()
    try {
      return send.call(this, message)
    } finally {
      const tookMs = threadMs() - startedAt
      sqlMs[job.getStore() === undefined ? 'requests' : 'jobs'] += tookMs
      if (tookMs > slowMs) slow.set(text, Math.max(tookMs, slow.get(text) ?? 0))
    }
  }

  function look(): void {
    let [at, cpuMs] = [performance.now(), threadMs()]
    setInterval(() => {
      const [nowAt, nowCpuMs] = [performance.now(), threadMs()]
      if (nowAt - at > worst.ms) Object.assign(worst, { ms: nowAt - at, onCpuMs: nowCpuMs - cpuMs })
      onCpu.record(Math.max(1, Math.round((nowCpuMs - cpuMs) * 1_000)))
      ;[at, cpuMs] = [nowAt, nowCpuMs]
    }, 10).unref()
  }

  return {
    /** The same queue, whose jobs are told from requests. */
    watched: (queue: Backend): Backend => ({
      ...queue,
      work: (role, concurrency, run) => queue.work(role, concurrency, (taken) => job.run(taken.name, () => run(taken))),
    }),
    begin(): void {
      Object.assign(sqlMs, { requests: 0, jobs: 0 })
      slow.clear()
      begun.cpuMs = threadMs()
      delay.enable()
      look()
    },
    figures: (): LoopFigures => ({
      p99Ms: ms(delay.percentile(99)),
      worstMs: ms(delay.max),
      p99OnCpuMs: onCpu.percentile(99) / 1_000,
      worstOnCpuMs: Math.round(Math.min(worst.onCpuMs, worst.ms)),
      cpuMs: threadMs() - begun.cpuMs,
      sqlMs,
      slow: [...slow].toSorted((a, b) => b[1] - a[1]).slice(0, 8),
    }),
  }
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

const [parse, query] = [0x50, 0x51]

/** The statement that a message of the protocol names; null where it names none. */
function textOf(message: Uint8Array): string | null {
  if (message[0] !== parse && message[0] !== query) return null
  const from = message[0] === query ? 5 : message.indexOf(0, 5) + 1
  const words = Buffer.from(message.subarray(from, message.indexOf(0, from))).toString()
  return words.replaceAll(/\s+/g, ' ').trim().slice(0, 160)
}
