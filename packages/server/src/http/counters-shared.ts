import type { Redis } from 'ioredis'
import type { Clock } from '../platform/clock.ts'
import { countOne, type Counter } from './counters.ts'

/**
 * Counts one request in all its windows, or in none of them when one is full; time is Redis' own. A window that Redis has lost begins with
 * what the asking process knows of it. Told of each window: what is counted, and ms until it is empty.
 */
const script = `
local now = redis.call('TIME')
local full = false
local told = {}
for i, key in ipairs(KEYS) do
  local limit, known, rest = tonumber(ARGV[4 * i - 3]), tonumber(ARGV[4 * i - 1]), tonumber(ARGV[4 * i])
  local count = tonumber(redis.call('GET', key))
  local ttl = count and redis.call('PTTL', key) or -2
  if not count or ttl < 0 then
    count = 0
    ttl = -2
    if rest > 0 and known > 0 then
      redis.call('SET', key, known, 'PX', rest)
      count = known
      ttl = rest
    end
  end
  if count >= limit then full = true end
  told[2 * i - 1] = count
  told[2 * i] = ttl
end
for i, key in ipairs(KEYS) do
  local duration = tonumber(ARGV[4 * i - 2])
  if not full then
    if told[2 * i] < 0 then
      redis.call('SET', key, 1, 'PX', duration)
      told[2 * i] = duration
      told[2 * i - 1] = 1
    else
      told[2 * i - 1] = redis.call('INCR', key)
    end
  elseif told[2 * i] < 0 then
    told[2 * i] = 0
  end
end
told[#told + 1] = full and 1 or 0
return told
`

/** So long Redis is not asked again after it did not answer; then one request tries whether it does. */
const pauseMs = 1_000

type CommandOf = (keys: number, ...rest: (string | number)[]) => Promise<number[]>

/** Counts where all processes do; while that is away, each for itself from what it knows. */
export function createSharedCount({ redis, clock }: { redis: Redis; clock: Pick<Clock, 'monotonic'> }) {
  redis.defineCommand('pumpiqCount', { lua: script })
  const command = (redis as unknown as { pumpiqCount: CommandOf }).pumpiqCount.bind(redis)
  let awayUntil = 0
  let isTrying = false

  async function ask(counters: readonly Counter[]): Promise<boolean> {
    const now = clock.monotonic()
    const args: (string | number)[] = counters.map(({ key }) => key)
    for (const { limit, durationMs, count, resetAt } of counters) {
      const restMs = Math.max(0, Math.floor(resetAt - now))
      args.push(limit, durationMs, restMs > 0 ? count : 0, restMs)
    }
    const told = await command(counters.length, ...args)
    const at = clock.monotonic()
    counters.forEach((counter, i) => {
      counter.count = told[2 * i]!
      counter.resetAt = at + told[2 * i + 1]!
    })
    return told.at(-1) === 0
  }

  /** Whether one more was counted; the counters then say what is known. */
  return async function count(counters: readonly Counter[]): Promise<boolean> {
    const away = awayUntil > 0
    if (away && (isTrying || clock.monotonic() < awayUntil)) return here(counters)
    isTrying = away
    try {
      const counted = await ask(counters)
      awayUntil = 0
      return counted
    } catch {
      awayUntil = clock.monotonic() + pauseMs
      return here(counters)
    } finally {
      if (away) isTrying = false
    }
  }

  function here(counters: readonly Counter[]): boolean {
    const now = clock.monotonic()
    if (counters.some(({ count: counted, limit, resetAt }) => now < resetAt && counted >= limit)) return false
    countOne(counters, now)
    return true
  }
}
