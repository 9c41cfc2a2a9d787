#!/usr/bin/env node
// Plain JavaScript: it must run on whatever Node called it, and hand over to Node 24, which runs TypeScript as it is.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(main)
} else {
  const node24 = createRequire(import.meta.url).resolve('node/bin/node')
  const { status, signal } = spawnSync(node24, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(status ?? (signal ? 130 : 1))
}
