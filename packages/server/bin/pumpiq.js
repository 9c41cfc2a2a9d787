#!/usr/bin/env node
// Plain JavaScript: it must run on whatever Node called it, and hand over to Node 24, which runs TypeScript as it is.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(main)
} else {
  const node24 = createRequire(import.meta.url).resolve('node/bin/node')
  const child = spawn(node24, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal tells both of ctrl-C; a signal to this process alone is passed on, and the child says when it has ended.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (fault) => {
    process.stderr.write(`pumpiq: Node 24 cannot be started: ${fault.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}
