import { Redis, type RedisOptions } from 'ioredis'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import type { Backend } from './backend.ts'
import { createBullBackend } from './bull.ts'
import { createConnectionWatch } from './connection-watch.ts'

type Needs = { url: Secret; clock: Clock; log: Log; lockMs: number; prefix?: string }

/** Redis may be emptied or come back empty: whoever has timed work looks often whether it is still there. */
const lookEveryMs = 5_000

/** How long what shows that the queue takes writes is left there. */
const answersMs = 10_000

const comeBackMs = (tries: number): number => Math.min(100 * 2 ** Math.min(tries, 5), 2_000)

/** The queue of a cluster. It opens also while Redis is away, and works as soon as it is there. */
export function openRedisBackend({ url, clock, log, lockMs, prefix = 'pumpiq' }: Needs): Backend {
  const open = (options: RedisOptions) =>
    new Redis(url.reveal(), { retryStrategy: comeBackMs, connectTimeout: 2_000, ...options })
  // BullMQ asks the version once, and a queue whose question failed is of no use any more: here nothing is tried again.
  const unasked = { skipVersionCheck: true } as RedisOptions
  const placing = open({ maxRetriesPerRequest: 1, commandTimeout: 1_500, enableOfflineQueue: false, ...unasked })
  // One for all workers' commands; each makes a second of its own from it, which blocks.
  const working = open({ maxRetriesPerRequest: null })
  // A write: a Redis that is full or only a copy answers to everything else, and no job could be placed in it.
  const ping = () => placing.set(`${prefix}:answers`, '1', 'PX', answersMs)
  const watch = createConnectionWatch({ what: 'Redis', ping, clock, log })
  for (const connection of [placing, working]) connection.setMaxListeners(0).on('error', watch.tell)
  return createBullBackend({
    store: {
      kind: 'redis',
      what: 'Redis',
      factory: null,
      placing,
      working: () => working,
      prefix,
      lookEveryMs,
      drainDelay: 5,
      watch,
      ping,
      async cut() {
        placing.disconnect()
        working.disconnect()
      },
    },
    clock,
    lockMs,
  })
}
