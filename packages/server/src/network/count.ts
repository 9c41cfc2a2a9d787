import { hours } from '@pumpiq/domain'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { Clock } from '../platform/clock.ts'
import { createKeptCount, type KeptQuotas } from './kept-count.ts'

/** How much a vendor allows us: so many calls in a window of so many ms. */
export type Budget = { calls: number; perMs: number }

/** What a budget was spent on. No window of its length has more calls than it allows, wherever the window begins. */
export type Count = {
  /** 0 when one more call may go, and is counted; else the ms until it is worth asking again. */
  take(): Promise<number>
  /** Calls that may go at once, as far as this process knows; `most` of them where none was made for long. */
  left(): number
  readonly most: number
}

/** What this process counts for itself; `note` is a call that went out by another count. */
export type OwnCount = Count & { note(): void }

type Needs = {
  source: string
  budget: Budget
  clock: Clock
  shared: Redis | null
  /** Where what was spent outlives the process; null where nothing does, or Redis does it. */
  kept: KeptQuotas | null
}

/** Shorter windows are over before a process is back. */
const keptFromMs = hours(1)

/** Beyond so many calls their instants are not remembered one by one. */
const loggedAtMost = 10_000

export function createCount(needs: Needs): Count {
  const { budget, shared, kept } = needs
  const isLarge = budget.calls > loggedAtMost
  if (kept && !shared && budget.perMs >= keptFromMs)
    return createKeptCount({ ...needs, kept, own: isLarge ? createWindows(needs) : createOwnLog(needs) })
  if (isLarge) return createWindows(needs)
  const own = createOwnLog(needs)
  return shared ? createSharedLog(needs, shared, own) : own
}

/** The instants of the calls of this process. */
function createOwnLog({ budget: { calls, perMs }, clock }: Needs): OwnCount {
  const sentAt: number[] = []
  const forget = () => {
    while (sentAt.length > 0 && sentAt[0]! <= clock.monotonic() - perMs) sentAt.shift()
  }
  return {
    async take() {
      forget()
      if (sentAt.length >= calls) return sentAt[0]! + perMs - clock.monotonic()
      sentAt.push(clock.monotonic())
      return 0
    },
    left() {
      forget()
      return Math.max(0, calls - sentAt.length)
    },
    most: calls,
    note: () => void sentAt.push(clock.monotonic()),
  }
}

/** The instants, newest first, by the clock of Redis. Answers the wait, and the calls that are left. */
const takeOne = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local calls, perMs = tonumber(ARGV[1]), tonumber(ARGV[2])
local oldest = tonumber(redis.call('LINDEX', KEYS[1], -1))
while oldest and oldest <= now - perMs do
  redis.call('RPOP', KEYS[1])
  oldest = tonumber(redis.call('LINDEX', KEYS[1], -1))
end
local sent = redis.call('LLEN', KEYS[1])
if sent >= calls then return { math.min(oldest + perMs - now, perMs), 0 } end
redis.call('LPUSH', KEYS[1], string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], perMs)
return { 0, calls - sent - 1 }`

/** The calls of all processes together; while Redis is away each counts for itself, and goes on from what it sent. */
function createSharedLog({ source, budget, clock }: Needs, redis: Redis, own: OwnCount): Count {
  let seen = { left: budget.calls, until: -Infinity }
  return {
    async take() {
      if (redis.status !== 'ready') return own.take()
      const said = await redis.eval(takeOne, 1, `pumpiq:calls:${source}`, budget.calls, budget.perMs).catch(() => null)
      if (said === null) return own.take()
      const [waitMs, left] = said as [number, number]
      seen = { left, until: clock.monotonic() + (waitMs || budget.perMs) }
      if (waitMs === 0) own.note()
      return waitMs
    },
    left: () => Math.min(own.left(), clock.monotonic() < seen.until ? seen.left : budget.calls),
    most: budget.calls,
  }
}

/**
 * Large quotas are counted in fixed windows, a tenth of the calls in a ninth of the time: a stretch of the quota's length touches ten of them
 * at most, so that it never has more calls than the quota, which whole windows would let through twice at their border.
 */
function createWindows({ source, budget, clock, shared }: Needs): OwnCount {
  const points = Math.floor(budget.calls / 10)
  const duration = budget.perMs / 9 / 1_000
  const own = new RateLimiterMemory({ keyPrefix: 'ninths', points, duration })
  const windows = shared
    ? new RateLimiterRedis({
        storeClient: shared,
        keyPrefix: 'pumpiq:ninths',
        points,
        duration,
        insuranceLimiter: own,
        rejectIfRedisNotReady: true,
      })
    : own
  let seen = { left: points, until: -Infinity }
  return {
    async take() {
      const result = await windows.consume(source).catch((thrown: unknown) => {
        if (thrown instanceof RateLimiterRes) return thrown
        throw thrown
      })
      seen = { left: result.remainingPoints, until: clock.monotonic() + result.msBeforeNext }
      return result.consumedPoints > points ? Math.max(1, result.msBeforeNext) : 0
    },
    left: () => (clock.monotonic() < seen.until ? seen.left : points),
    most: points,
    note: () => void own.penalty(source, 1),
  }
}
