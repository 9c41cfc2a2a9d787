import { systemClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import { createSecret } from '../platform/secret.ts'
import { createBackend } from './create-backend.ts'

/** A process that takes one job, says so, and never ends it: for tests that kill it. */
process.on('message', (asked: { redisUrl?: string; databaseUrl?: string; lockMs: number }) => void work(asked))

async function work({ redisUrl, databaseUrl, lockMs }: { redisUrl?: string; databaseUrl?: string; lockMs: number }) {
  const backend = await createBackend({
    redisUrl: redisUrl === undefined ? null : createSecret(redisUrl),
    databaseUrl: databaseUrl === undefined ? null : createSecret(databaseUrl),
    lockMs,
    clock: systemClock,
    log: silentLog,
  })
  backend.work('tracker', 1, () => {
    process.send!('taken')
    return new Promise(() => {})
  })
}
