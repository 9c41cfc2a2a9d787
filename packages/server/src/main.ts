import { readFileSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { OutputClosed, runCli } from './cli/index.ts'
import { systemClock } from './platform/clock.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

/** Writes and waits while the reader is slow; rejects with OutputClosed once nobody reads. */
function createOutput(stream: Writable): (text: string) => Promise<void> {
  let closed: Error | null = null
  stream.on('error', (fault: NodeJS.ErrnoException) => {
    closed = fault.code === 'EPIPE' ? new OutputClosed() : fault
  })
  return (text) =>
    new Promise((written, failed) => {
      if (closed) return failed(closed)
      stream.write(text, (fault) => {
        if (!fault) return written()
        return failed((fault as NodeJS.ErrnoException).code === 'EPIPE' ? new OutputClosed() : fault)
      })
    })
}

/**
 * The first signal asks to stop, the second ends at once. A terminal and a launcher above us both pass one ctrl-C on, so what follows
 * within a second is the same one.
 */
function stopOnSignals(stop: AbortController): { code: number | null } {
  const asked: { code: number | null } = { code: null }
  let firstAt = 0
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => {
      const now = systemClock.monotonic()
      if (asked.code === null) {
        firstAt = now
        asked.code = code
        stop.abort(new DOMException(`stopped by ${signal}`, 'AbortError'))
      } else if (now - firstAt > 1_000) {
        process.exit(code)
      }
    })
  }
  return asked
}

/** Begun before what it watches is loaded, and only when somebody has said where to. Figures are at /metrics and logs on stderr: of these it sends none. */
async function telemetry(env: NodeJS.ProcessEnv) {
  if (!env['OTEL_EXPORTER_OTLP_ENDPOINT'] && !env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']) return null
  env['OTEL_METRICS_EXPORTER'] ??= 'none'
  env['OTEL_LOGS_EXPORTER'] ??= 'none'
  const { startTelemetry } = await import('./platform/telemetry.ts')
  return startTelemetry({ version, serviceName: env['OTEL_SERVICE_NAME'] ?? 'pumpiq' })
}

const stop = new AbortController()
const stdout = createOutput(process.stdout)
process.stderr.on('error', () => {}) // nobody listens: there is nowhere left to complain
const asked = stopOnSignals(stop)

const tracing = await telemetry(process.env)
const code = await runCli(process.argv.slice(2), {
  env: process.env,
  version,
  clock: systemClock,
  ...(tracing && { trace: tracing }),
  abort: stop.signal,
  stdout,
  stderr: (text) => void process.stderr.write(text),
})
await stdout('').catch(() => {})
// A collector that is away keeps nobody from ending.
await tracing?.stop().catch(() => {})
// A command that was stopped in the middle of its work did not fail: it was told to.
process.exit(code === 1 ? (asked.code ?? 1) : code)
