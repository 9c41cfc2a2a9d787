import { seconds } from '@pumpiq/domain'
import { Redis } from 'ioredis'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'

/**
 * A connection for what may be missing: while Redis is away every command fails at once, and who asks has another way. Says once when it goes
 * and once when it is back. `disconnect()` ends it.
 */
export function openRedis({ url, log }: { url: Secret; log: Log }): Redis {
  const redis = new Redis(url.reveal(), {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: seconds(5),
    commandTimeout: seconds(1),
    retryStrategy: (times) => Math.min(2_000, 100 * times),
  })
  let away = false
  redis.on('error', (error: Error) => {
    if (!away) log.warn('Redis cannot be reached: each process counts the vendors’ budgets for itself', { error })
    away = true
  })
  redis.on('ready', () => {
    if (away) log.info('Redis is back')
    away = false
  })
  return redis
}
