import ipaddr from 'ipaddr.js'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import { Failure } from '@pumpiq/domain'
import { credentialHash } from './credential-hash.ts'

type Limit = { readonly most: number; readonly perSeconds: number; readonly what: string }

const quarterHour = 900
const hour = 3_600

/** How often something may be tried before it costs us a hash or somebody a mail. `...From` is an address, `...To` an account. */
const limits = {
  signInFrom: { most: 30, perSeconds: quarterHour, what: 'sign-ins from this address' },
  signInTo: { most: 10, perSeconds: quarterHour, what: 'sign-ins to this account' },
  registerFrom: { most: 10, perSeconds: hour, what: 'registrations from this address' },
  mailFrom: { most: 10, perSeconds: hour, what: 'mails asked for from this address' },
  mailTo: { most: 3, perSeconds: hour, what: 'mails to this account' },
  tokenFrom: { most: 30, perSeconds: hour, what: 'tokens shown from this address' },
  passwordTo: { most: 10, perSeconds: quarterHour, what: 'passwords and codes for this account' },
} as const satisfies Record<string, Limit>

export type Attempt = keyof typeof limits
export type AttemptLimits = Partial<Record<Attempt, number>>

export type Attempts = {
  /** Counts one; tooMany, with the time to wait, when it is one too many. */
  take(attempt: Attempt, whose: string): Promise<void>
  /** Forgets what was counted. */
  forget(attempt: Attempt, whose: string): Promise<void>
}

type Needs = {
  /** Where the processes of a cluster count together; null: each for itself. */
  readonly redis: Redis | null
  /** Other numbers than the usual. */
  readonly most?: AttemptLimits
}

/** While Redis is away each process counts for itself: guesses are bounded all the same. */
export function createAttempts({ redis, most = {} }: Needs): Attempts {
  const limiters = new Map<Attempt, { counting: RateLimiterAbstract; alone: RateLimiterMemory }>()
  for (const name of Object.keys(limits) as Attempt[]) {
    const options = {
      keyPrefix: `attempt:${name}`,
      points: most[name] ?? limits[name].most,
      duration: limits[name].perSeconds,
    }
    const alone = new RateLimiterMemory(options)
    const shared = redis && { ...options, storeClient: redis, insuranceLimiter: alone, rejectIfRedisNotReady: true }
    limiters.set(name, { counting: shared ? new RateLimiterRedis(shared) : alone, alone })
  }
  // Addresses of people do not go to Redis.
  const keyOf = (attempt: Attempt, whose: string) =>
    credentialHash(attempt.endsWith('From') ? networkOf(whose) : whose.toLowerCase())
  return {
    async take(attempt, whose) {
      try {
        await limiters.get(attempt)!.counting.consume(keyOf(attempt, whose))
      } catch (thrown) {
        if (!(thrown instanceof RateLimiterRes)) throw thrown
        const retryAfterMs = thrown.msBeforeNext
        throw new Failure('tooMany', `too many ${limits[attempt].what}: try again later`, { retryAfterMs })
      }
    },
    async forget(attempt, whose) {
      const { counting, alone } = limiters.get(attempt)!
      const key = keyOf(attempt, whose)
      // What was counted while Redis was away would else count again when it goes the next time.
      await Promise.all([counting.delete(key), alone.delete(key)])
    },
  }
}

/** An IPv6 subscriber has a whole /64 of addresses. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return `${(parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}
