import type { PGlite } from '@electric-sql/pglite'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import type { Backend } from './backend.ts'
import { openPgliteBackend } from './bull-pglite.ts'
import { openPostgresBackend } from './bull-postgres.ts'
import { openRedisBackend } from './bull-redis.ts'
import { createInProcessBackend } from './in-process.ts'

/** How long a job belongs to a worker that no longer says that it lives. */
const systemLockMs = 10_000

type Needs = {
  redisUrl?: Secret | null
  databaseUrl?: Secret | null
  pglite?: PGlite | null
  clock: Clock
  log: Log
  lockMs?: number
}

/** The queue of this installation: Redis where there is one, else the database; in memory alone only where there is neither. */
export async function createBackend({ redisUrl, databaseUrl, pglite, ...rest }: Needs): Promise<Backend> {
  const needs = { lockMs: systemLockMs, ...rest }
  if (redisUrl) return openRedisBackend({ url: redisUrl, ...needs })
  if (databaseUrl) return openPostgresBackend({ url: databaseUrl, ...needs })
  if (pglite) return openPgliteBackend({ pglite, ...needs })
  return createInProcessBackend(needs)
}
