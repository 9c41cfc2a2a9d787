import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

export type Line = { readonly name: string; readonly args: readonly string[] }

/** The lines of a Procfile: `name: arguments`, blank lines and comments left out. */
export function readProcfile(text: string): Line[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim())
  return lines.flatMap((line, i) => {
    if (line === '') return []
    const [, name, rest] = /^([a-z0-9-]+):\s*(.+)$/.exec(line) ?? []
    if (name === undefined || rest === undefined) throw new Error(`line ${i + 1} is not "name: arguments": ${line}`)
    return [{ name, args: rest.split(/\s+/) }]
  })
}

type Needs = {
  readonly lines: readonly Line[]
  /** Program and first arguments of each process. */
  readonly command: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly say: (line: string) => void
  /** Before one that died is started again, ms; doubled up to 30 s while it dies within 10 s. */
  readonly pauseMs?: number
}

const healthyMs = 10_000
const longestPauseMs = 30_000

/** Keeps one process a line running: who dies is started again. `stop` passes the signal on and resolves when all have ended. */
export function keepRunning({ lines, command: [program, ...first], env, say, pauseMs = 1_000 }: Needs) {
  let stopping = false
  const children = new Map<string, ChildProcess>()
  const timers = new Set<NodeJS.Timeout>()
  const ended: Promise<void>[] = []

  function start(line: Line, lastPauseMs: number): void {
    const { name, args } = line
    const startedAt = performance.now()
    const child = spawn(program, [...first, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    children.set(name, child)
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (text) => say(`${name.padEnd(12)} | ${text}`))
    }
    ended.push(
      new Promise((resolve) =>
        child.once('close', (code, signal) => {
          resolve()
          if (stopping) return
          const nextMs =
            performance.now() - startedAt > healthyMs ? pauseMs : Math.min(longestPauseMs, 2 * lastPauseMs || pauseMs)
          say(`${name.padEnd(12)} | ended with ${signal ?? `exit code ${code}`}; started again in ${nextMs} ms`)
          const timer = setTimeout(() => {
            timers.delete(timer)
            start(line, nextMs)
          }, nextMs)
          timers.add(timer)
        }),
      ),
    )
  }

  for (const line of lines) start(line, 0)
  return {
    pidOf: (name: string) => children.get(name)?.pid,
    async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
      stopping = true
      for (const timer of timers) clearTimeout(timer)
      for (const child of children.values()) child.kill(signal)
      await Promise.all(ended)
    },
  }
}
