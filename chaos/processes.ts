import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Everything we started and that may still run: nothing outlives the harness, a frozen process neither. */
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

export type Started = ReturnType<typeof start>

type Wish = {
  name: string
  file?: string
  args: readonly string[]
  env?: Readonly<Record<string, string>>
  uid?: { uid: number; gid: number } | null
}

const keptCharacters = 20_000

/** A real process of its own. What it says is kept, the newest part only. */
export function start({ name, file = process.execPath, args, env = {}, uid = null }: Wish) {
  const child = spawn(file, args, {
    cwd: root,
    env: { ...plain(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...uid,
  })
  running.add(child)
  let out = ''
  let err = ''
  let ended: Exit | null = null
  const listeners = new Set<() => void>()
  const heard = () => {
    for (const listener of listeners) listener()
  }
  child.stdout.on('data', (bytes: Buffer) => {
    out = (out + bytes.toString()).slice(-keptCharacters)
    heard()
  })
  child.stderr.on('data', (bytes: Buffer) => {
    err = (err + bytes.toString()).slice(-keptCharacters)
    heard()
  })
  const exit = new Promise<Exit>((done) => {
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      running.delete(child)
      ended ??= { code, signal }
      heard()
      done(ended)
    }
    child.once('close', end)
    child.once('error', (fault) => {
      err += fault.message
      end(null, null)
    })
  })
  return {
    name,
    pid: child.pid ?? -1,
    exit,
    ended: () => ended,
    stdout: () => out,
    stderr: () => err,
    /** Resolves with what the expression found in its output; rejects when it ends or takes too long before. */
    async says(wanted: RegExp, withinMs = 60_000): Promise<RegExpExecArray> {
      const limit = AbortSignal.timeout(withinMs)
      for (;;) {
        const found = wanted.exec(out) ?? wanted.exec(err)
        if (found) return found
        if (ended) throw new Error(`${name} ended with ${ended.code ?? ended.signal} before it said ${wanted}: ${err}`)
        if (limit.aborted) throw new Error(`${name} did not say ${wanted} within ${withinMs} ms: ${err}`)
        await new Promise<void>((resolve) => {
          const once = () => {
            listeners.delete(once)
            limit.removeEventListener('abort', once)
            resolve()
          }
          listeners.add(once)
          limit.addEventListener('abort', once)
        })
      }
    },
    /** kill -9, and waits until it is gone. */
    async kill(): Promise<void> {
      child.kill('SIGKILL')
      await exit
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    /** Asks it to end as an operator would; what does not end within the time is killed and says so. */
    async stop(withinMs = 20_000): Promise<Exit> {
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      const late = sleep(withinMs, null, { ref: false }).then(() => 'late' as const)
      if ((await Promise.race([exit, late])) !== 'late') return exit
      child.kill('SIGKILL')
      await exit
      throw new Error(`${name} did not end within ${withinMs} ms of SIGTERM: ${err}`)
    },
  }
}

/** What the machine needs of our own environment; none of the product's variables leak in. */
function plain(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'NODE_COMPILE_CACHE']
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

type Serve = { name: string; roles?: string; env: Readonly<Record<string, string>> }

/** The product's `serve`, on any free port. */
export function startServe({ name, roles, env }: Serve) {
  const args = ['packages/server/src/main.ts', 'serve', '--live', '--port', '0', ...(roles ? ['--roles', roles] : [])]
  const started = start({ name, args, env })
  return {
    ...started,
    /** Where it answers, once it does. */
    url: async (withinMs?: number): Promise<string> => (await started.says(/http:\/\/[\d.]+:\d+/, withinMs))[0],
  }
}
export type Serving = ReturnType<typeof startServe>

/** Looks until it is so; rejects with the sentence when it takes longer. */
export async function until(what: string, withinMs: number, isSo: () => Promise<boolean> | boolean): Promise<number> {
  const startedAt = performance.now()
  for (;;) {
    if (await isSo()) return performance.now() - startedAt
    if (performance.now() - startedAt > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`)
    await sleep(100)
  }
}
