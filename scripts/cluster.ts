// Starts the split of deploy/Procfile on this machine: `npm run cluster [-- FILE]`. Ends with ctrl-C.
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { keepRunning, readProcfile } from './processes.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const file = process.argv[2] === undefined ? join(root, 'deploy/Procfile') : resolve(process.argv[2])
const missing = ['DATABASE_URL', 'REDIS_URL'].filter((name) => !process.env[name])
if (missing.length > 0) {
  process.stderr.write(
    `npm run cluster: ${missing.join(' and ')} must be set: several processes share one PostgreSQL and one Redis\n`,
  )
  process.exit(2)
}

const main = join(root, 'packages/server/src/main.ts')
const running = keepRunning({
  lines: readProcfile(readFileSync(file, 'utf8')),
  command: [process.execPath, '--enable-source-maps', main],
  env: process.env,
  say: (line) => void process.stdout.write(`${line}\n`),
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void running.stop('SIGTERM').then(() => process.exit(0)))
}
