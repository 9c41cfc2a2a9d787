import { PGlite } from '@electric-sql/pglite'
import { systemClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import type { Backend } from './backend.ts'
import { openPgliteBackend } from './bull-pglite.ts'
import { createInProcessBackend } from './in-process.ts'
import { testBackend } from './test-backend.ts'

const needs = { clock: systemClock, log: silentLog, lockMs: 1_000 }

testBackend('nothing but memory', async () => {
  const backend = createInProcessBackend(needs)
  return {
    connect: () => Promise.resolve(partOf(backend)),
    close: () => backend.close(),
    dies: 'what a process holds in memory dies with it',
  }
})

testBackend('PGlite', async () => {
  const pglite = await PGlite.create()
  return { connect: () => openPgliteBackend({ pglite, ...needs }), close: () => pglite.close() }
})

/** What one of several would have who share the one queue of the process. */
function partOf(backend: Backend): Backend {
  const working: ReturnType<Backend['work']>[] = []
  return {
    ...backend,
    work(...asked) {
      const worker = backend.work(...asked)
      working.push(worker)
      return worker
    },
    close: () => Promise.resolve(working.forEach((worker) => void worker.stop())),
  }
}
